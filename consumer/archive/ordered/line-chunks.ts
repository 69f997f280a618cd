import type { Chunk } from '../store/chunk';
import type { Database } from '../store/database';
import { isOutOfMemory, reserveMemoryForStoredRows } from '../store/engine-memory';
import { denseRanges, type LineRange, rangeBytes } from './dense-ranges';

/** Memory of the engine while it makes lines of usual length. It would fill more with the parts of the file that it read. */
const scanMemory = 128_000_000;

/** Memory for the lines of long records, beside the rows: those of a range as text and as bytes, and the next ones. */
const lineMemory = 96_000_000;

/**
 * Memory for the lines of a range with its bytes in text columns. The engine copies these texts at each step of a line:
 * 16 copies were enough for all forms of records, 14 were not.
 */
const textMemory = 20 * rangeBytes;

/** The lines to make. */
interface Lines {
  /** A condition on `event_rows`. */
  where: string;
  /**
   * The query of the lines of some rows.
   * @param rows the columns of `event_rows`, with `rowid`, as in a FROM clause
   */
  lines: (rows: string) => string;
}

/** Returns the condition of the rows of a range. */
function rowsBetween({ where }: Lines, first: bigint, last: bigint): string {
  return `${where} AND event_rows.rowid BETWEEN ${first} AND ${last}`;
}

let lastNumber = 0;

/**
 * A temporary table to which dense ranges are copied. The plan of a query of lines takes the engine up to a quarter of a
 * second, because it has some expressions for each column. So it is made once, for this table. The engine does not make it
 * again when the rows change, so it must not depend on their statistics: a column without values would remain NULL.
 */
class RangeTable {
  private readonly name = `range_rows_${++lastNumber}`;
  private readonly copied = 'event_rows.rowid AS found_row, *';
  private isCreated = false;

  constructor(
    private readonly database: Database,
    private readonly query: Lines,
  ) {}

  /**
   * Yields the chunks of the lines of a range, in the order of its rows. Few archives have long texts in columns, so it
   * raises the memory limit only when the lines do not fit, and continues after the last row that it yielded.
   */
  async *chunks(first: bigint, last: bigint): AsyncGenerator<Chunk, void> {
    let next = first;
    try {
      for await (const chunk of this.copiedChunks(first, last)) {
        next = BigInt(Number(chunk.values(0)(chunk.rows - 1))) + 1n;
        yield chunk;
      }
    } catch (error) {
      if (!isOutOfMemory(error)) throw error;
      await reserveMemoryForStoredRows(this.database, textMemory);
      yield* this.copiedChunks(next, last);
    }
  }

  async drop(): Promise<void> {
    if (!this.isCreated) return;
    await this.database.run(
      `DEALLOCATE ${this.name}; DROP TABLE temp.${this.name}; RESET disabled_optimizers`,
    );
  }

  private async *copiedChunks(first: bigint, last: bigint): AsyncGenerator<Chunk, void> {
    if (!this.isCreated) await this.create();
    await this.database.run(`TRUNCATE temp.${this.name}`);
    await this.database.run(
      `INSERT INTO temp.${this.name} SELECT ${this.copied} FROM event_rows WHERE ${rowsBetween(this.query, first, last)}`,
    );
    yield* this.database.chunks(`EXECUTE ${this.name}`);
  }

  private async create(): Promise<void> {
    await reserveMemoryForStoredRows(this.database, lineMemory);
    await this.database.run(
      `CREATE TEMP TABLE ${this.name} AS SELECT ${this.copied} FROM event_rows LIMIT 0`,
    );
    await this.database.run("SET disabled_optimizers = 'statistics_propagation'");
    const rows = `(SELECT found_row AS rowid, * EXCLUDE (found_row) FROM temp.${this.name}) event_rows`;
    await this.database.run(`PREPARE ${this.name} AS ${this.query.lines(rows)}`);
    this.isCreated = true;
  }
}

/** Yields the chunks of the lines of ranges, range by range. */
async function* rangeChunks(
  database: Database,
  query: Lines,
  ranges: readonly LineRange[],
): AsyncGenerator<Chunk, void> {
  const table = new RangeTable(database, query);
  try {
    for (const { first, last, isDense } of ranges) {
      const rows = `(SELECT event_rows.rowid, * FROM event_rows WHERE ${rowsBetween(query, first, last)}) event_rows`;
      yield* isDense ? table.chunks(first, last) : database.chunks(query.lines(rows));
    }
  } finally {
    await table.drop();
  }
}

/**
 * Yields the chunks of all lines, in the order in which the events are stored, from one thread of the engine: it is as
 * fast as Node, and each thread has the parts of 2,048 lines in memory. Many long records in one place are read some
 * megabytes at a time.
 */
async function* lineChunks(database: Database, query: Lines): AsyncGenerator<Chunk, void> {
  const ranges = await denseRanges(database, query.where);
  const [before] = await database.rows<{ threads: string; memory: string }>(
    "SELECT current_setting('threads')::VARCHAR AS threads, current_setting('memory_limit') AS memory",
  );
  const isDense = ranges.some((range) => range.isDense);
  try {
    await database.run('SET threads = 1');
    if (!isDense) await database.run(`SET memory_limit = '${scanMemory}B'`);
    yield* rangeChunks(database, query, ranges);
  } finally {
    // Also when the last lines end the reading.
    await database.run(`SET threads = ${before?.threads}`);
    if (!isDense) await database.run(`SET memory_limit = '${before?.memory}'`);
  }
}

export { type Lines, lineChunks, rangeChunks };
