import type { DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api';
import type { DuckDBBlobVector } from '@duckdb/node-api/lib/vectors/DuckDBBlobVector.js';

/** Some thousand rows of a result. A few columns are read faster from their vectors than as rows of values. */
class Chunk {
  constructor(private readonly chunk: DuckDBDataChunk) {}

  get rows(): number {
    return this.chunk.rowCount;
  }

  /** Returns the function for the value of a column in a row, as the client returns it. */
  values(column: number): (row: number) => unknown {
    const vector = this.chunk.getColumnVector(column);
    return (row) => vector.getItem(row);
  }

  /** Returns the function for the bytes of a BLOB column in a row, which are empty where it is NULL. */
  blobs(column: number): (row: number) => Uint8Array {
    const vector = this.chunk.getColumnVector(column) as DuckDBBlobVector; // the caller knows its query
    const none = new Uint8Array();
    return (row) => vector.getItemBytes(row) ?? none;
  }
}

/** Yields the chunks of a result. The engine works on the next one while the caller works on the last. */
async function* chunksOf(result: DuckDBResult): AsyncGenerator<Chunk, void> {
  const fetch = () => {
    const fetched = result.fetchChunk();
    fetched.catch(() => {}); // it is awaited later
    return fetched;
  };
  let next = fetch();
  try {
    for (;;) {
      const chunk = await next;
      if (chunk === null || chunk.rowCount === 0) return;
      next = fetch();
      yield new Chunk(chunk);
    }
  } finally {
    await next.catch(() => {}); // no other statement can run before
  }
}

export { Chunk, chunksOf };
