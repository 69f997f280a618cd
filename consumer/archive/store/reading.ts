import type { DuckDBConnection, DuckDBResult, DuckDBValue } from '@duckdb/node-api';

/** Values of a statement's parameters, as the client takes them. */
type Values = DuckDBValue[] | Record<string, DuckDBValue>;

/** A started query. */
interface Started<Rows> {
  result: DuckDBResult;
  rows: AsyncGenerator<Rows, void>;
}

/**
 * Reads the rows of queries as they arrive.
 *
 * The client ends a query that fails while it is read like one without more rows: its binding does not return the
 * engine's error. But the failure has aborted the transaction. So each query runs in a transaction, and a statement
 * after its last row shows whether it is still good.
 */
class Reading {
  /** Whether a transaction has begun elsewhere. */
  isWithinTransaction = false;
  isInterrupted = false;
  private isOpen = false;
  private queries = 0;

  constructor(private readonly connection: DuckDBConnection) {}

  /**
   * Starts a query. Run no other statement before its last row.
   * @param rowsOf returns the rows of the result
   * @param inner the query inside this one, whose error is thrown if it fails alone too: it has the positions in its text
   * @throws the engine's errors, also while rows are read
   */
  async start<Rows>(
    sql: string,
    values: Values,
    rowsOf: (result: DuckDBResult) => AsyncIterable<Rows>,
    inner = sql,
  ): Promise<Started<Rows>> {
    await this.end(); // of a query that was not read to its end
    if (!this.isWithinTransaction) {
      await this.connection.run('BEGIN TRANSACTION');
      this.isOpen = true;
    }
    const number = ++this.queries;
    try {
      const result = await this.connection.stream(sql, values);
      return { result, rows: this.rows(rowsOf(result), { sql: inner, values, number }) };
    } catch (error) {
      await this.end();
      if (inner !== sql) await this.failAlone(inner, values);
      throw error;
    }
  }

  /** Starts a query that was inside a failed one. Its error has the positions in its own text. */
  async failAlone(sql: string, values: Values): Promise<void> {
    if (!this.isInterrupted) await this.connection.stream(sql, values);
  }

  /** Ends the transaction of a query. */
  async end(): Promise<void> {
    if (!this.isOpen) return;
    this.isOpen = false;
    await this.connection.run('COMMIT'); // also ends an aborted transaction
  }

  private async *rows<Rows>(
    rows: AsyncIterable<Rows>,
    { sql, values, number }: { sql: string; values: Values; number: number },
  ): AsyncGenerator<Rows, void> {
    const isCurrent = () => number === this.queries;
    try {
      yield* rows;
      if (!isCurrent()) throw new Error('another query began before the last row of this one');
      if (await this.isGood()) return;
      await this.end();
      throw await this.failure(sql, values);
    } finally {
      if (isCurrent()) await this.end();
    }
  }

  /** Checks that no failure has aborted the transaction. */
  private isGood(): Promise<boolean> {
    return this.connection.run('SELECT 1').then(
      () => true,
      () => false,
    );
  }

  /** Finds the error of a query that failed while it was read: runs it again, without keeping its rows. */
  private async failure(sql: string, values: Values): Promise<Error> {
    const unknown = new Error('the engine stopped before the last row');
    if (this.isInterrupted || this.isWithinTransaction) return unknown;
    return this.connection.run(`EXPLAIN ANALYZE ${sql}`, values).then(
      () => unknown,
      (error: Error) => error,
    );
  }
}

export { Reading, type Values };
