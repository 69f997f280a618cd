import { DuckDBInstance } from '@duckdb/node-api';
import { recordColumns, selected } from './explicit-schema';

/** Loads gzip objects with DuckDB alone, with a hand-written schema. */
async function main([glob = '', file = '']: readonly string[]): Promise<void> {
  const connection = await (await DuckDBInstance.create(file)).connect();
  const columns = Object.entries(recordColumns).map(([name, type]) => `${name}: '${type}'`);
  // Without ignore_errors, the first broken record stops the statement.
  const read = `read_json('${glob}', format = 'newline_delimited', ignore_errors = true, columns = {${columns.join(', ')}})`;
  await connection.run(`CREATE TABLE events AS SELECT ${selected} FROM ${read} LIMIT 0`);
  await connection.run(`INSERT INTO events SELECT ${selected} FROM ${read}`);
  await connection.run('CHECKPOINT');
  connection.closeSync();
}

void main(process.argv.slice(2));
