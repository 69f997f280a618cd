import { DuckDBInstance } from '@duckdb/node-api';

/** Writes the result of a query over an archive to a file with DuckDB alone. */
async function main([archive = '', query = '', file = '', format = '']: readonly string[]): Promise<void> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`ATTACH '${archive}' AS ses_events (READ_ONLY); USE ses_events`);
  await connection.run(`COPY (${query}) TO '${file}' (FORMAT ${format})`);
}

void main(process.argv.slice(2));
