import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

/** Runs a question on an archive. Prints the seconds from opening the archive to the last row. */
async function main([archive = '', viewsFile = '', sqlFile = '']: readonly string[]): Promise<void> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const started = process.hrtime.bigint();
  await connection.run(`ATTACH '${archive}' AS ses_events (READ_ONLY); USE ses_events`);
  await connection.run(readFileSync(viewsFile, 'utf8'));
  (await connection.runAndReadAll(readFileSync(sqlFile, 'utf8'))).getRows();
  process.stdout.write(JSON.stringify({ seconds: Number(process.hrtime.bigint() - started) / 1e9 }));
}

void main(process.argv.slice(2));
