import { tmpdir } from 'node:os';
import type { Chunk } from '../store/chunk';
import type { Database } from '../store/database';
import { longRowRanges } from '../store/row-ranges';
import { PendingLines } from './pending-lines';
import { rangeChunks, rowsWhere } from './range-chunks';
import { SpillFile } from './spill-file';

/** The lines of events to read, and their order. */
interface LinesInOrder {
  /** A condition on `event_rows`. */
  where: string;
  /** The query of the row ids in their order. */
  order: string;
  /**
   * The query of the lines of some rows, in any order: the row id, the line as a BLOB, and more columns for `finish`.
   * Rows whose id the other query does not return are skipped.
   * @param rows the columns of `event_rows`, with `rowid`, as in a FROM clause
   */
  lines: (rows: string) => string;
  /** Finishes a line of a chunk. By default it is finished. */
  finish?: (chunk: Chunk) => (line: Uint8Array, row: number) => Uint8Array;
}

/** Lines of records up to this number of bytes fit into the engine's usual memory, in any number. */
const longBytes = 4 * 1024;

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

/** Memory of the engine while it makes lines of usual length. It would fill more with the parts of the file that it read. */
const scanMemory = 64_000_000;

/**
 * Yields the chunks of all lines, from one thread of the engine: it is as fast as Node, and each thread has the parts of
 * 2,048 lines in memory.
 */
async function* lineChunks(database: Database, { where, lines }: LinesInOrder): AsyncGenerator<Chunk, void> {
  const ranges = await longRowRanges(database, { where, longBytes });
  const [before] = await database.rows<{ threads: string; memory: string }>(
    "SELECT current_setting('threads')::VARCHAR AS threads, current_setting('memory_limit') AS memory",
  );
  try {
    await database.run('SET threads = 1');
    if (ranges !== undefined) return yield* rangeChunks(database, { where, lines, ranges });
    await database.run(`SET memory_limit = '${scanMemory}B'`);
    yield* database.chunks(lines(rowsWhere(where)));
  } finally {
    // Also when the last lines end the reading.
    await database.run(`SET threads = ${before?.threads}; SET memory_limit = '${before?.memory}'`);
  }
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
