import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { recordColumns, selected } from '../ingest/explicit-schema';

/** Runs a question with DuckDB alone, which reads the gzip objects with a hand-written schema. Prints the seconds. */
async function main([glob = '', viewsFile = '', sqlFile = '']: readonly string[]): Promise<void> {
  const columns = Object.entries(recordColumns).map(([name, type]) => `${name}: '${type}'`);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const started = process.hrtime.bigint();
  await connection.run(`
    CREATE VIEW event_rows AS
      SELECT uuid() AS event_id, 'event-publishing' AS origin, eventType AS record_type, NULL::VARCHAR AS extra,
        NULL::BLOB AS raw, filename, ${selected}
      FROM read_json('${glob}', format = 'newline_delimited', ignore_errors = true, filename = true,
        columns = {${columns.join(', ')}});
    CREATE VIEW objects AS SELECT file AS object, 1 AS bytes, NULL::BIGINT AS object_number FROM glob('${glob}');
    CREATE TABLE occurrences (event_id UUID, object_number BIGINT, byte_offset BIGINT, byte_length BIGINT,
      record_index BIGINT, envelopes VARCHAR[], firehose_error VARCHAR);
    ${readFileSync(viewsFile, 'utf8')}
    CREATE OR REPLACE TEMP VIEW arrivals AS
      SELECT event_id::VARCHAR AS event_id, event_type, event_time, configuration_set, message_id, 1 AS occurrences,
        try_strptime(regexp_extract(filename, '-(\\d{4}-\\d\\d-\\d\\d-\\d\\d-\\d\\d-\\d\\d)-[0-9a-f]{8}-', 1), '%Y-%m-%d-%H-%M-%S') AS delivered_at
      FROM event_rows;`);
  await (await connection.runAndReadAll(readFileSync(sqlFile, 'utf8'))).getRows();
  process.stdout.write(JSON.stringify({ seconds: Number(process.hrtime.bigint() - started) / 1e9 }));
}

void main(process.argv.slice(2));
