import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';

/**
 * Makes DuckDB's client keep a U+FEFF at the beginning of a text. The client decodes every text with one `TextDecoder`,
 * which takes the character for the byte order mark of a file and drops it: a subject that begins with it would come
 * out changed, and `forget` would write the change back. The client has no option for this, and its connections share
 * the decoder.
 */
async function keepByteOrderMarks(): Promise<void> {
  const { textDecoder } = await import('@duckdb/node-api/lib/vectors/dataAccessors.js');
  const keeping = new TextDecoder('utf-8', { ignoreBOM: true });
  textDecoder.decode = keeping.decode.bind(keeping);
}

/** Values of a statement's parameters, by position. */
type Parameters = readonly DuckDBValue[];

/** Values of a statement's parameters `$name`, by name; each is a text. */
type TextParameters = Readonly<Record<string, string>>;

/** Something that a statement gave back, by column. */
type ResultRow = Readonly<Record<string, unknown>>;

/** What a query gives back: its columns at once, its rows as they come, each in the order of the columns. */
interface OpenResult {
  columns: readonly { name: string; type: string }[];
  /** Some thousand rows at a time. Timestamps and dates are Dates, big integers bigints. */
  rows: AsyncIterable<readonly (readonly unknown[])[]>;
}

/** What a text of SQL is, as far as it can be told without running it. */
interface Statements {
  count: number;
  /** Of the first one, as the engine calls it: `SELECT`, `INSERT`. */
  type: string;
  /** The names of the first one's parameters, in their order; those without one are numbered. */
  parameters: readonly string[];
}

/** An open database file. */
class Database {
  private readonly closed: (() => void)[] = [];
  private explain = (error: unknown): unknown => error;
  private allowedMemory = 0;

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  /** Opens an engine in memory, to which a file is attached. */
  static async create(settings: Record<string, string>): Promise<Database> {
    // The engine's allocator keeps freed memory for ten seconds, which is most of what an ingest would take.
    // It reads this once, when it is loaded.
    process.env.DUCKDB_JE_MALLOC_CONF ??= 'dirty_decay_ms:500,muzzy_decay_ms:0';
    // Loaded only where an archive is opened: the engine takes a tenth of a second and 70 MB.
    const { DuckDBInstance: Instance } = await import('@duckdb/node-api');
    await keepByteOrderMarks();
    const instance = await Instance.create(':memory:', settings);
    return new Database(instance, await instance.connect());
  }

  /** Runs a statement, or several without parameters. */
  async run(sql: string, parameters: Parameters = []): Promise<void> {
    await this.attempt(() => this.connection.run(sql, [...parameters]));
  }

  /** How many rows a statement has changed. */
  async change(sql: string, parameters: Parameters = []): Promise<number> {
    return (await this.attempt(() => this.connection.run(sql, [...parameters]))).rowsChanged;
  }

  /** All rows of a query; for few. Timestamps are Dates, big integers bigints. */
  async rows<Row extends ResultRow = ResultRow>(sql: string, parameters: Parameters = []): Promise<Row[]> {
    const reader = await this.attempt(() => this.connection.runAndReadAll(sql, [...parameters]));
    return reader.getRowObjectsJS() as unknown as Row[]; // the query's shape is its caller's to know
  }

  /** How many rows a table or a subquery has. */
  async count(from: string): Promise<number> {
    const [row] = await this.rows<{ count: bigint }>(`SELECT count(*) AS count FROM ${from}`);
    return Number(row?.count ?? 0);
  }

  /** The rows of a query, some thousand at a time. */
  async *stream<Row extends ResultRow = ResultRow>(
    sql: string,
    parameters: Parameters = [],
  ): AsyncGenerator<Row[], void> {
    const result = await this.connection.stream(sql, [...parameters]);
    for await (const rows of result.yieldRowObjectJs()) yield rows as unknown as Row[]; // as above
  }

  /**
   * A query's columns, and its rows as they are asked for.
   * @throws whatever the engine throws, in its words
   */
  async query(sql: string, parameters: TextParameters = {}): Promise<OpenResult> {
    const result = await this.connection.stream(sql, { ...parameters });
    const types = result.columnTypes();
    // Two columns of one name are told apart, as in a table.
    const names = result.deduplicatedColumnNames();
    return {
      columns: names.map((name, index) => ({ name, type: String(types[index]) })),
      rows: result.yieldRowsJs(),
    };
  }

  /**
   * Looks at statements without running them.
   * @throws whatever the engine throws, in its words
   */
  async examine(sql: string): Promise<Statements> {
    const { StatementType } = await import('@duckdb/node-api');
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
    await this.run('BEGIN TRANSACTION');
    try {
      const result = await work();
      await this.run('COMMIT');
      return result;
    } catch (error) {
      await this.run('ROLLBACK').catch(() => {}); // a failed COMMIT has rolled back already
      throw error;
    }
  }

  /** Lets the engine take so many bytes of memory; it keeps what it was allowed before, if that is more. */
  async allowMemory(bytes: number): Promise<void> {
    if (bytes <= this.allowedMemory) return;
    await this.run(`SET memory_limit = '${bytes}B'`);
    this.allowedMemory = bytes;
  }

  /** Ends the statement under way, which fails then. */
  interrupt(): void {
    this.connection.interrupt();
  }

  /** Gives what the engine throws to be put into words. */
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

  /** Calls something once the file is closed, behind what is called already. */
  onClose(closed: () => void): void {
    this.closed.push(closed);
  }

  /** Closes the file and lets others open it. */
  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
    for (const closed of this.closed) closed();
  }
}

export { Database, type ResultRow, type TextParameters };
