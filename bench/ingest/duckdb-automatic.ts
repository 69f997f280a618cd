import { DuckDBInstance } from '@duckdb/node-api';

/** Loads gzip objects with DuckDB alone, which detects the schema. */
async function main([glob = '', file = '']: readonly string[]): Promise<void> {
  const connection = await (await DuckDBInstance.create(file)).connect();
  await connection.run(
    `CREATE TABLE events AS SELECT * FROM read_json_auto('${glob}', format = 'newline_delimited', ignore_errors = true, union_by_name = true)`,
  );
  await connection.run('CHECKPOINT');
  connection.closeSync();
}

void main(process.argv.slice(2));
