import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { QueryError } from '../../../consumer/queries/engines/engine';
import { AskedArchive, rowsOf } from '../asked-archive';

const archive = new AskedArchive();

/** The error message of a query. */
async function refusal(sql: string, parameters: Record<string, string> = {}): Promise<string> {
  const error = await archive.rows(sql, parameters).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(QueryError);
  return (error as QueryError).message;
}

describe('the DuckDB engine returns', () => {
  it.each([
    ['a count as a number', 'count(*)', 'BIGINT', expect.any(Number)],
    ['an integer beyond the safe range as text', '9007199254740993', 'BIGINT', '9007199254740993'],
    ['a sum of integers as a number', 'sum(1)', 'HUGEINT', expect.any(Number)],
    [
      'a time as a Date',
      "TIMESTAMP '2026-03-01 12:00:00.5'",
      'TIMESTAMP',
      new Date('2026-03-01T12:00:00.500Z'),
    ],
    ['a day as text', "DATE '2026-03-01'", 'DATE', '2026-03-01'],
    ['a list with times as text', "[TIMESTAMP '2026-03-01']", 'TIMESTAMP[]', ['2026-03-01T00:00:00.000Z']],
    [
      'a struct as an object',
      "{'a': 1::BIGINT, 'b': NULL}",
      expect.stringContaining('STRUCT'),
      { a: 1, b: null },
    ],
    ['a UUID as text', "'00000000-0000-0000-0000-000000000001'::UUID", 'UUID', expect.stringMatching(/1$/)],
    ['bytes in base64', "'ab'::BLOB", 'BLOB', 'YWI='],
    ['NULL as null', 'NULL::VARCHAR', 'VARCHAR', null],
  ])('%s', async (_, expression, type, expected) => {
    await archive.ask(async (engine) => {
      const { columns, rows } = await engine.query(`SELECT ${expression} AS value FROM events LIMIT 1`);
      expect(columns).toEqual([{ name: 'value', type }]);
      for await (const batch of rows) expect(batch).toEqual([[expected]]);
    });
  });

  it('names and types of columns when there are no rows', async () => {
    await archive.ask(async (engine) => {
      const { columns, rows } = await engine.query(
        'SELECT event_id, event_time, destination, event_id FROM events WHERE false',
      );
      expect(columns).toEqual([
        { name: 'event_id', type: 'VARCHAR' },
        { name: 'event_time', type: 'TIMESTAMP' },
        { name: 'destination', type: 'VARCHAR[]' },
        { name: 'event_id:1', type: 'VARCHAR' },
      ]);
      for await (const batch of rows) expect(batch).toEqual([]);
    });
  });

  it('many rows in the order of the query', async () => {
    const rows = await archive.rows('SELECT range AS n FROM range(100_000) ORDER BY n DESC');
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 100_000 }, (_, n) => 99_999 - n));
  });

  it.each(['SELECT', 'FROM', 'WITH', 'VALUES', 'DESCRIBE', 'SHOW', 'SUMMARIZE', 'EXPLAIN'])(
    'the rows of a statement with %s',
    async (word) => {
      const statements: Record<string, string> = {
        SELECT: 'SELECT 1; -- end',
        FROM: 'FROM events LIMIT 1',
        WITH: 'WITH a AS (SELECT 1) SELECT * FROM a;',
        VALUES: 'VALUES (1)',
        DESCRIBE: 'DESCRIBE messages',
        SHOW: 'SHOW TABLES',
        SUMMARIZE: 'SUMMARIZE events',
        EXPLAIN: 'EXPLAIN SELECT 1',
      };
      expect((await archive.rows(statements[word] ?? '')).length).toBeGreaterThan(0);
    },
  );
});

describe('parameters', () => {
  it('are bound as text, whatever the content', async () => {
    const value = "'; DROP TABLE event_rows; --{limit}$1";
    expect(await archive.rows('SELECT $a AS a, typeof($a) AS type', { a: value })).toEqual([
      { a: value, type: 'VARCHAR' },
    ]);
  });

  it('that are missing or unused are in the error', async () => {
    expect(await refusal('SELECT $since')).toContain('the query has no value for $since');
    expect(await refusal('SELECT $since', { since: '', until: '' })).toContain('has no parameter $until');
  });
});

describe('the DuckDB engine rejects', () => {
  it.each([
    ['COPY', "COPY events TO '/tmp/x.csv'", 'can only read the archive'],
    ['ATTACH', "ATTACH '/tmp/x.duckdb'", 'ATTACH is not allowed'],
    ['INSERT', 'INSERT INTO ses_events.event_rows FROM ses_events.event_rows', 'INSERT is not allowed'],
    ['DELETE', 'DELETE FROM ses_events.event_rows', 'DELETE is not allowed'],
    ['UPDATE', 'UPDATE ses_events.event_rows SET subject = NULL', 'UPDATE is not allowed'],
    ['DROP', 'DROP TABLE ses_events.event_rows', 'DROP is not allowed'],
    ['CREATE', 'CREATE TEMP TABLE a AS SELECT 1', 'CREATE is not allowed'],
    ['SET', 'SET threads = 1', 'SET is not allowed'],
    ['RESET', 'RESET memory_limit', 'SET is not allowed'],
    ['USE', 'USE memory', 'SET is not allowed'],
    ['PRAGMA', '/* a */ -- b\n pragma database_size', 'PRAGMA is not allowed'],
    ['CALL', 'CALL pragma_version()', 'CALL is not allowed'],
    ['INSTALL', 'INSTALL httpfs', 'INSTALL is not allowed'],
    ['LOAD', "LOAD '/tmp/x.duckdb_extension'", 'LOAD is not allowed'],
    ['BEGIN', 'BEGIN', 'TRANSACTION is not allowed'],
    [
      'several statements',
      'SELECT 1; DROP TABLE ses_events.event_rows',
      'must be one statement, but this one has 2',
    ],
    ['a file by a function', "SELECT * FROM read_csv('/etc/passwd')", 'can only read the archive'],
    ['a file as text', "SELECT * FROM read_text('/etc/passwd')", 'can only read the archive'],
    ['a file by its name', "FROM '/etc/passwd'", 'does not exist'],
    ['a folder', "SELECT * FROM glob('/etc/*')", 'can only read the archive'],
    ['a URL', "FROM read_csv('https://example.com/a.csv')", 'can only read the archive'],
    ['a statement inside', "SELECT * FROM query('DROP TABLE event_rows')", 'single SELECT'],
    ['an empty query', ' -- only a comment', 'the query is empty'],
  ])('%s', async (_, sql, message) => {
    expect(await refusal(sql)).toContain(message);
  });

  it.each([
    ['deletes', 'DELETE FROM ses_events.event_rows', 'DELETE'],
    ['creates a table', 'CREATE TABLE ses_events.a AS SELECT 1', 'CREATE'],
    ['deletes after WITH', 'WITH a AS (SELECT 1) DELETE FROM ses_events.event_rows', 'DELETE', 'writing'],
  ])('a statement that %s, and the same explained', async (_, sql, name, explained = name) => {
    expect(await refusal(sql)).toBe(`a query can only read, and ${name} is not allowed: use SELECT`);
    expect(await refusal(`EXPLAIN ANALYZE ${sql}`)).toBe(
      `a query can only read, and ${explained} is not allowed: use SELECT`,
    );
  });

  it('PIVOT without the values, and shows how to name them', async () => {
    expect(await refusal('PIVOT events ON event_type USING count(*)')).toBe(
      'PIVOT without IN (…) is 2 statements: name the values with IN (…)',
    );
  });

  it('a setting in an explained statement', async () => {
    expect(await refusal("EXPLAIN ANALYZE COPY (SELECT 1) TO '/tmp/x.csv'")).toContain(
      'only read the archive',
    );
  });
});

describe('the error of a query', () => {
  it('shows the position', async () => {
    const message = await refusal('SELECT count(*)\nFORM events WHERE true');
    expect(message).toMatch(
      /^Parser Error: syntax error at or near "events"\n\nLINE 2: FORM events.*\n +\^$/,
    );
  });

  it('suggests names of columns and views', async () => {
    expect(await refusal('SELECT subjct FROM events')).toContain('"subject"');
    expect(await refusal('SELECT * FROM mesages')).toContain('messages');
  });

  it.each([
    ['a value that cannot be cast', 'SELECT CAST(subject AS INTEGER) FROM events', 'CAST'],
    ['a value in an error', 'SELECT error(subject) FROM events', undefined],
    [
      'a value that looks like a position',
      "SELECT error(subject || chr(10) || 'LINE 1: ' || subject || chr(10) || '^') FROM events",
      undefined,
    ],
    ['a value of a function', "SELECT strptime(subject, '%Y') FROM events", undefined],
    ['a time zone', 'SELECT timezone(subject, event_time) FROM events', undefined],
    [
      'a time zone after thousands of rows',
      `SELECT timezone(CASE WHEN i > 5000 THEN (SELECT max(subject) FROM events) ELSE 'UTC' END, now()::TIMESTAMP) FROM range(9000) r(i)`,
      undefined,
    ],
    ['a path in JSON', `SELECT json_extract('{}', '$.' || chr(34) || subject) FROM events`, undefined],
    [
      'a value in EXPLAIN ANALYZE',
      'EXPLAIN ANALYZE SELECT timezone(subject, event_time) FROM events',
      undefined,
    ],
  ])('never quotes %s', async (_, sql, place) => {
    const message = await refusal(sql);
    expect(message).toMatch(
      /^(the query failed on a value in a row|a value cannot be converted) \(\w+( \w+)? Error\): .*\bTRY_CAST\b/,
    );
    const subjects = await archive.rows('SELECT DISTINCT subject FROM events WHERE subject IS NOT NULL');
    for (const { subject } of subjects) expect(message).not.toContain(subject);
    if (place === undefined) expect(message).not.toContain('LINE');
    else expect(message).toContain(`LINE 1: SELECT ${place}`);
  });
});

describe('the error of a query with parameters', () => {
  it('has the message of the engine if the query causes it', async () => {
    const message = await refusal('SELECT count(*)\nFROM events WHERE event_time >= list_value($since)', {
      since: 'x',
    });
    expect(message).toMatch(/^Binder Error: Cannot compare values of type TIMESTAMP/);
    expect(message).toMatch(/\n\nLINE 2: FROM events WHERE event_time >= list_value\(\$since\)\n +\^$/);
  });

  it('never quotes a value of a row', async () => {
    const message = await refusal('SELECT timezone(subject, event_time), $a FROM events', { a: 'x' });
    expect(message).toMatch(/^the query failed on a value in a row \(Not implemented Error\)/);
    const parquet = archive.askAnew({ file: join(archive.folder, 'failed.parquet') }, (engine) =>
      engine.writeFile('SELECT timezone(subject, event_time), $a FROM events', 'parquet', { a: 'x' }),
    );
    await expect(parquet).rejects.toThrow(/^the query failed on a value in a row/);
  });
});

describe('Parquet', () => {
  it('is only written to the given file, with or without a semicolon', async () => {
    const file = join(archive.folder, 'answer.parquet');
    await archive.askAnew({ file }, async (engine) => {
      const sql = 'SELECT event_id FROM events WHERE event_type = $kind; -- done';
      const count = await engine.writeFile(sql, 'parquet', { kind: 'Bounce' });
      expect(count).toBe((await rowsOf(engine, "FROM events WHERE event_type = 'Bounce'")).length);
      await expect(engine.query(`COPY (SELECT 1) TO '${file}2'`)).rejects.toThrow('can only read');
      await expect(engine.writeFile('EXPLAIN SELECT 1', 'parquet')).rejects.toThrow('EXPLAIN is not allowed');
    });
    expect(readdirSync(archive.folder)).toEqual(expect.arrayContaining(['answer.parquet']));
    expect(existsSync(`${file}2`)).toBe(false);
  });
});
