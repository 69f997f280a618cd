import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';

/** Values of a statement's parameters, by position. */
type Parameters = readonly DuckDBValue[];

/** Something that a statement gave back, by column. */
type ResultRow = Readonly<Record<string, unknown>>;

/** An open database file. */
class Database {
  private closed = (): void => {};
  private explain = (error: unknown): unknown => error;

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

  /** The rows of a query, some thousand at a time. */
  async *stream<Row extends ResultRow = ResultRow>(
    sql: string,
    parameters: Parameters = [],
  ): AsyncGenerator<Row[], void> {
    const result = await this.connection.stream(sql, [...parameters]);
    for await (const rows of result.yieldRowObjectJs()) yield rows as unknown as Row[]; // as above
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

  /** Calls something once the file is closed. */
  onClose(closed: () => void): void {
    this.closed = closed;
  }

  /** Closes the file and lets others open it. */
  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
    this.closed();
  }
}

/** Files as a list for `read_csv` and its like, which would take `*` and `?` in a name for a pattern. */
function sqlFiles(paths: readonly string[]): string {
  const names = paths.map((path) => sqlText(path.replaceAll(/[*?[]/g, '[$&]')));
  return `[${names.join(', ')}]`;
}

/** A text as an SQL literal. */
function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export { Database, type Parameters, type ResultRow, sqlFiles, sqlText };
