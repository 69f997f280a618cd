import { DuckDBInstance } from '@duckdb/node-api';
import { columns } from '../../consumer/archive/store/columns';

/** Searches all text columns of an archive for a text as it is, with DuckDB alone. */
async function main([archive = '', text = '']: readonly string[]): Promise<void> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`ATTACH '${archive}' AS ses_events (READ_ONLY); USE ses_events`);
  const texts = columns.flatMap(({ name, type }) => {
    if (type === 'texts') return [`array_to_string("${name}", ' ')`];
    return type === 'text' || type === 'json' ? [`"${name}"`] : [];
  });
  // Added up, all columns are searched. With OR, each column after the first would be searched value by value.
  const found = texts.map((column) => `coalesce(contains(${column}, $text), false)::INTEGER`).join(' + ');
  await connection.runAndReadAll(`SELECT count(*) FROM event_rows WHERE ${found} > 0`, { text });
}

void main(process.argv.slice(2));
