import { columns } from '../columns';
import type { Database, ResultRow } from '../database/database';
import { type ExportFilter, eventCondition, eventOrder } from './filter';

/**
 * The rows of the view `events`, in the order of time and id; those without a time come last.
 *
 * @example
 * ```ts
 * await readArchive('ses-events.duckdb', {}, async (database) => {
 *   for await (const row of eventRows(database, { kinds: ['Bounce'] })) console.log(eventJson(row));
 * });
 * ```
 */
async function* eventRows(database: Database, filter: ExportFilter = {}): AsyncGenerator<ResultRow, void> {
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const query = `SELECT ${names} FROM events WHERE ${eventCondition(filter)} ORDER BY ${eventOrder}`;
  for await (const rows of database.stream(query)) yield* rows;
}

export { eventRows };
