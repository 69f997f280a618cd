import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import { ArchiveError } from './archive-error';
import { type Chunk, chunksOf } from './chunk';
import { Reading, type Values } from './reading';

/**
 * Makes DuckDB's client keep a U+FEFF at the beginning of a text. The client decodes every text with one `TextDecoder`,
 * which drops the character as the byte order mark of a file. A subject that begins with it would change when it is
 * read, and `forget` would write the change back. The client has no option for this, and its connections share the
 * decoder.
 */
function keepByteOrderMarks(): void {
  const accessors: typeof import('@duckdb/node-api/lib/vectors/dataAccessors.js') = require('@duckdb/node-api/lib/vectors/dataAccessors.js');
  const { textDecoder } = accessors;
  const keeping = new TextDecoder('utf-8', { ignoreBOM: true });
  textDecoder.decode = keeping.decode.bind(keeping);
}

/**
 * Loads the engine. Not with `import()`: Node would first search each of its files for the names of its exports, which takes
 * as long as running them.
 *
 * @throws {ArchiveError} when its package, or its binary for this platform, is not installed
 */
function loadEngine(): typeof import('@duckdb/node-api') {
  try {
    return require('@duckdb/node-api');
  } catch (cause) {
    const platform = `${process.platform}-${process.arch}`;
    throw new ArchiveError(
      `archives require @duckdb/node-api, which cannot be loaded on ${platform} (${(cause as Error).message.split('\n')[0]}): ` +
        'run npm install @duckdb/node-api, with optional dependencies; reading events works without it',
      { cause },
    );
  }
}

/** Values of a statement's parameters, by position. */
type Parameters = readonly DuckDBValue[];

/** Values of a statement's parameters `$name`, by name; each is a text. */
type TextParameters = Readonly<Record<string, string>>;

/** Returns the values as the client takes them. */
function valuesOf(parameters: Parameters | TextParameters): Values {
  // Array.isArray does not know readonly arrays.
  return Array.isArray(parameters) ? [...parameters] : { ...(parameters as TextParameters) };
}

/** A row of a result, by column. */
type ResultRow = Readonly<Record<string, unknown>>;

/** The result of a query: its columns at once, its rows as they arrive, each in the order of the columns. */
interface OpenResult {
  columns: readonly { name: string; type: string }[];
  /** Some thousand rows at a time. Timestamps and dates are Dates, big integers are bigints. */
  rows: AsyncIterable<readonly (readonly unknown[])[]>;
}

/** The properties of an SQL text that are known without running it. */
interface Statements {
  count: number;
  /** The type of the first statement, in the engine's spelling: `SELECT`, `INSERT`. */
  type: string;
  /** The parameter names of the first statement, in their order. Parameters without a name are numbered. */
  parameters: readonly string[];
}

/** An open database file. */
class Database {
  /** A reader's folder for temporary files, which only their owner can read. It is removed when the reader closes. */
  temporaryFolder: string | undefined;
  private readonly closed: (() => void)[] = [];
  private explain = (error: unknown): unknown => error;
  private allowedMemory = 0;
  private readonly reading: Reading;

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {
    this.reading = new Reading(connection);
  }

  /** Opens an engine in memory, to which you attach a file. */
  static async create(settings: Record<string, string>): Promise<Database> {
    // The engine's allocator keeps freed memory for ten seconds by default, which is most of the memory of an ingest,
    // in several arenas, which is a tenth of that of an export. The engine reads this variable once, when it is loaded.
    process.env.DUCKDB_JE_MALLOC_CONF ??= 'dirty_decay_ms:500,muzzy_decay_ms:0,narenas:1';
    // Loaded only when an archive is opened: the engine takes a tenth of a second and 70 MB.
    const { DuckDBInstance: Instance } = loadEngine();
    keepByteOrderMarks();
    const instance = await Instance.create(':memory:', settings);
    return new Database(instance, await instance.connect());
  }

  /** Runs a statement, or several without parameters. */
  async run(sql: string, parameters: Parameters | TextParameters = []): Promise<void> {
    await this.attempt(() => this.connection.run(sql, valuesOf(parameters)));
  }

  /** Runs a statement and returns the number of rows that it changed. */
  async change(sql: string, parameters: Parameters = []): Promise<number> {
    return (await this.attempt(() => this.connection.run(sql, [...parameters]))).rowsChanged;
  }

  /**
   * Runs a COPY of a query and returns the number of rows.
   * @param inner the query, to which errors refer
   * @throws the engine's errors, unchanged
   */
  async copy(sql: string, parameters: TextParameters, inner: string): Promise<number> {
    try {
      return (await this.connection.run(sql, { ...parameters })).rowsChanged;
    } catch (error) {
      await this.reading.failAlone(inner, { ...parameters });
      throw error;
    }
  }

  /** Returns all rows of a query with few rows. Timestamps are Dates, big integers are bigints. */
  async rows<Row extends ResultRow = ResultRow>(
    sql: string,
    parameters: Parameters | TextParameters = [],
  ): Promise<Row[]> {
    const reader = await this.attempt(() => this.connection.runAndReadAll(sql, valuesOf(parameters)));
    return reader.getRowObjectsJS() as unknown as Row[]; // the caller declares the shape of its query
  }

  /** Counts the rows of a table or a subquery. */
  async count(from: string): Promise<number> {
    const [row] = await this.rows<{ count: bigint }>(`SELECT count(*) AS count FROM ${from}`);
    return Number(row?.count ?? 0);
  }

  /**
   * Returns the rows of a query, some thousand at a time. Run no other statement before the last row.
   * @throws the engine's errors, unchanged
   */
  async *stream<Row extends ResultRow = ResultRow>(
    sql: string,
    parameters: Parameters = [],
  ): AsyncGenerator<Row[], void> {
    const { rows } = await this.reading.start(sql, [...parameters], (result) => result.yieldRowObjectJs());
    for await (const batch of rows) yield batch as unknown as Row[]; // as above
  }

  /**
   * Yields the chunks of a query. Run no other statement before the last one.
   * @param inner the query inside this one, to which errors refer
   * @throws the engine's errors, unchanged
   */
  async *chunks(sql: string, parameters: TextParameters = {}, inner = sql): AsyncGenerator<Chunk, void> {
    const { rows } = await this.reading.start(sql, { ...parameters }, chunksOf, inner);
    yield* rows;
  }

  /**
   * Returns the columns of a query, and its rows on demand. Run no other statement before the last row.
   * @throws the engine's errors, unchanged
   */
  async query(sql: string, parameters: TextParameters = {}): Promise<OpenResult> {
    const { result, rows } = await this.reading.start(sql, { ...parameters }, (started) =>
      started.yieldRowsJs(),
    );
    const types = result.columnTypes();
    // Columns with the same name get different names, as in a table.
    const names = result.deduplicatedColumnNames();
    return {
      columns: names.map((name, index) => ({ name, type: String(types[index]) })),
      rows,
    };
  }

  /**
   * Examines statements without running them.
   * @throws the engine's errors, unchanged
   */
  async examine(sql: string): Promise<Statements> {
    const { StatementType } = loadEngine();
    const extracted = await this.connection.extractStatements(sql);
    const first = await extracted.prepare(0);
    const parameters = Array.from({ length: first.parameterCount }, (_, index) =>
      first.parameterName(index + 1),
    );
    const type = StatementType[first.statementType] ?? 'INVALID';
    first.destroySync();
    return { count: extracted.count, type, parameters };
  }

  /** Runs statements in one transaction: all of them or none. */
  async transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.reading.end();
    await this.run('BEGIN TRANSACTION');
    this.reading.isWithinTransaction = true;
    try {
      const result = await work();
      await this.run('COMMIT');
      return result;
    } catch (error) {
      await this.run('ROLLBACK').catch(() => {}); // a failed COMMIT has already rolled back
      throw error;
    } finally {
      this.reading.isWithinTransaction = false;
    }
  }

  /** Raises the engine's memory limit to this number of bytes. A higher limit remains. */
  async allowMemory(bytes: number): Promise<void> {
    if (bytes <= this.allowedMemory) return;
    await this.run(`SET memory_limit = '${bytes}B'`);
    this.allowedMemory = bytes;
  }

  /** Interrupts the running statement, which then fails. */
  interrupt(): void {
    this.reading.isInterrupted = true;
    this.connection.interrupt();
  }

  /** Sets the function that turns the engine's errors into messages of this package. */
  explainWith(explain: (error: unknown) => unknown): void {
    this.explain = explain;
  }

  private async attempt<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw this.explain(error);
    }
  }

  /** Adds a function to call after the file is closed, after those added before. */
  onClose(closed: () => void): void {
    this.closed.push(closed);
  }

  /** Closes the file, so that other processes can open it. */
  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
    for (const closed of this.closed) closed();
  }
}

export { Database, type ResultRow, type TextParameters };
