import { checkMaskedQuery } from '../../../consumer/mcp/masking/query-guard';
import { AskedArchive, type Row, rowsOf } from '../../queries/asked-archive';
import { MaskedArchive } from './masked-archive';

const masked = new MaskedArchive(new AskedArchive());

/** Checks a query and runs it with masked views, as the tool does. */
async function runMasked(sql: string): Promise<Row[]> {
  await checkMaskedQuery(masked.database, sql);
  return rowsOf(masked.engine, sql);
}

describe('a query over masked views', () => {
  it.each([
    'SELECT status, count(*) AS n FROM messages GROUP BY status ORDER BY n DESC',
    'FROM recipients LIMIT 3',
    'WITH sent AS (SELECT * FROM sends) SELECT count(*) AS n FROM sent JOIN messages USING (message_id)',
    'WITH messages AS (SELECT * FROM messages) SELECT count(*) AS n FROM messages',
    'WITH RECURSIVE steps(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM steps WHERE n < 3) FROM steps',
    "PIVOT recipients ON outcome IN ('sent', 'delivered') USING count(*) GROUP BY domain",
    'SELECT * FROM (VALUES (1), (2)) numbers(n), range(2) more(m)',
    'SELECT domain, row_number() OVER (ORDER BY count(*) DESC) AS place FROM emails GROUP BY domain',
    'SELECT name, list(DISTINCT value) AS found FROM event_tags GROUP BY name',
    'SELECT list_transform(destination, lambda one: upper(one)) AS upper FROM sends LIMIT 1',
  ])('runs: %s', async (sql) => {
    expect((await runMasked(sql)).length).toBeGreaterThan(0);
  });

  it.each([
    ['a table of the archive', 'SELECT raw FROM rejects'],
    ['the events below the views', 'SELECT subject FROM event_rows'],
    ['an unmasked view by its schema', 'SELECT address FROM ses_events.main.recipients'],
    ['an unmasked view of the session', 'SELECT address FROM memory.unmasked.recipients'],
    ['a schema alone', 'SELECT address FROM unmasked.recipients'],
    ['the salt', 'SELECT salt FROM archive'],
    ['the hashes of erased people', 'FROM tombstones'],
    ['the definitions of views', 'SELECT sql FROM duckdb_views()'],
    ['the definitions of views, as a table', 'SELECT sql FROM sqlite_master'],
    ['the definitions of views, by a schema', 'SELECT view_definition FROM information_schema.views'],
    ['the definition of a view, by a function', 'SELECT pg_get_viewdef(1)'],
    [
      'a table behind a name of WITH',
      'SELECT (WITH rejects AS (SELECT 1 AS one) SELECT one FROM rejects), raw FROM rejects',
    ],
    [
      'the catalog behind a name of WITH',
      'SELECT (WITH sqlite_master AS (SELECT 1 AS one) SELECT one FROM sqlite_master), sql FROM sqlite_master',
    ],
    [
      'a table of the session behind a name of WITH',
      'SELECT (WITH twins AS (SELECT 1 AS one) SELECT one FROM twins), event_id FROM twins',
    ],
    ['a table by its name as text', "FROM query_table(['rejects'])"],
    ['a table by a query as text', "FROM query('FROM rejects')"],
    ['a file', "FROM '/etc/passwd'"],
    ['a file, by a function', "FROM read_text('/etc/passwd')"],
    ['a subquery of an expression', 'SELECT 1 AS one WHERE EXISTS (FROM ses_events.rejects)'],
    ['a plan, which contains the masking', "SELECT json_serialize_plan('FROM recipients') AS plan"],
    ['a query as JSON', "FROM json_execute_serialized_sql(json_serialize_sql('FROM rejects'))"],
    ['a log of the engine', 'FROM duckdb_logs()'],
    ['a function with an effect', "SELECT write_log('x')"],
    ['a long wait', 'SELECT sleep_ms(100000)'],
    ['statistics of the engine', 'SELECT stats(address) FROM recipients'],
    ['a method as a function', "SELECT 'x'.getvariable() AS value"],
    ['a macro of the masking', "SELECT memory.unmasked.mask_address('ana@example.com') AS person"],
    ['a description', 'DESCRIBE recipients'],
    ['a summary', 'FROM (SUMMARIZE recipients)'],
    ['all tables', 'SHOW ALL TABLES'],
    ['a plan', 'EXPLAIN SELECT 1'],
    ['a setting', "SELECT current_setting('search_path')"],
    ['a change', 'DELETE FROM messages'],
    ['a change of a setting', "SET search_path = 'ses_events'"],
    ['another statement', 'SELECT 1; SELECT 2'],
  ])('is refused for %s', async (_, sql) => {
    await expect(runMasked(sql)).rejects.toThrow();
    await expect(runMasked(sql)).rejects.not.toThrow(/passwd:|CREATE VIEW|CREATE MACRO/);
  });

  it('reports the allowed views and the option', async () => {
    await expect(runMasked('FROM rejects')).rejects.toThrow(
      /^while personal data is masked, a query cannot read the table "rejects": the views are events, .*, or start the server with --with-personal-data$/,
    );
  });

  it('leaves errors of syntax to the engine', async () => {
    await expect(runMasked('SELEC 1')).rejects.toThrow(/syntax error at or near "SELEC"/);
  });
});
