import type { QueryResult } from '../engines/engine';
import type { PlainValue } from '../engines/plain-value';

/**
 * The rows of an answer. Nothing runs before they are read. Each reading runs the query again.
 *
 * @typeParam Row an object with the columns
 * @example
 * ```ts
 * const rows = await ask('ses-events.duckdb', 'domains').all();
 * for await (const { address } of suppress('ses-events.duckdb')) console.log(address);
 * ```
 */
class Rows<out Row> implements AsyncIterable<Row> {
  constructor(private readonly read: () => AsyncGenerator<Row, void>) {}

  [Symbol.asyncIterator](): AsyncGenerator<Row, void> {
    return this.read();
  }

  /** Returns all rows as an array. Iterate instead if they may not fit into memory. */
  async all(): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const row of this) rows.push(row);
    return rows;
  }
}

/** Returns the rows of a result as objects with the columns. */
async function* objectRows({ columns, rows }: QueryResult): AsyncGenerator<Record<string, PlainValue>, void> {
  const names = columns.map(({ name }) => name);
  for await (const batch of rows) {
    for (const row of batch) yield Object.fromEntries(names.map((name, index) => [name, row[index] ?? null]));
  }
}

export { objectRows, Rows };
