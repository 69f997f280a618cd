import { tmpdir } from 'node:os';
import type { Chunk } from '../store/chunk';
import type { Database } from '../store/database';
import { type Lines, lineChunks } from './line-chunks';
import { PendingLines } from './pending-lines';
import { SpillFile } from './spill-file';

/**
 * The lines of events to read, and their order. The query of lines returns the row id, the line as a BLOB, and more
 * columns for `finish`, in any order. Rows whose id the query of the order does not return are skipped.
 */
interface LinesInOrder extends Lines {
  /** The query of the row ids in their order. */
  order: string;
  /** Finishes a line of a chunk. By default it is finished. */
  finish?: (chunk: Chunk) => (line: Uint8Array, row: number) => Uint8Array;
}

/** Positions of rows in an order, by their ids. */
interface Positions {
  /** One more than the position; 0 for a row without one. */
  byRow: Uint32Array;
  count: number;
}

async function positionsOf(database: Database, { order }: LinesInOrder): Promise<Positions> {
  const [found] = await database.rows<{ size: bigint }>(
    `SELECT coalesce(max(rowid) + 1, 0)::BIGINT AS size FROM event_rows`,
  );
  const byRow = new Uint32Array(Number(found?.size ?? 0));
  let count = 0;
  for await (const chunk of database.chunks(`SELECT rowid::UINTEGER FROM (${order})`)) {
    const ids = chunk.values(0);
    for (let row = 0; row < chunk.rows; row++) byRow[Number(ids(row))] = ++count;
  }
  return { byRow, count };
}

async function spillFolder(database: Database): Promise<string> {
  const [found] = await database.rows<{ folder: string | null }>(
    `SELECT current_setting('temp_directory') AS folder`,
  );
  return found?.folder || tmpdir();
}

/**
 * Yields lines in an order, some at a time.
 *
 * The engine runs out of memory when it sorts some hundred megabytes of long values. So it sorts row ids, which takes
 * four bytes of memory for each row of the table. Then it makes the lines in the order in which they are stored, which
 * reads each value once. This is nearly the order of time, because objects are ingested in the order of their delivery.
 * Lines that come too early wait in memory, or in a file.
 *
 * @throws {ArchiveError} when the disk is full
 */
async function* orderedLines(
  database: Database,
  ordered: LinesInOrder,
): AsyncGenerator<readonly Uint8Array[], void> {
  const { byRow, count } = await positionsOf(database, ordered);
  if (count === 0) return;
  const file = new SpillFile(await spillFolder(database));
  const pending = new PendingLines(file);
  try {
    for await (const chunk of lineChunks(database, ordered)) {
      const [ids, blobs] = [chunk.values(0), chunk.blobs(1)];
      const finish = ordered.finish?.(chunk);
      for (let row = 0; row < chunk.rows; row++) {
        const position = (byRow[Number(ids(row))] ?? 0) - 1;
        if (position < 0) continue;
        const line = blobs(row);
        pending.add(position, finish === undefined ? line : finish(line, row));
      }
      yield* pending.take();
      if (pending.returned === count) return;
    }
    throw new Error(`${count - pending.returned} of ${count} rows were not found again`);
  } finally {
    file.close();
  }
}

export { type LinesInOrder, orderedLines };
