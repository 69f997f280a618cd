import { existsSync, readFileSync } from 'node:fs';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { Database } from '../../../consumer/archive/store/database';
import { storedViews } from '../../../consumer/archive/views/stored-views';
import { columnMeaning } from '../../../consumer/queries/views/column-meaning';
import { csvRecords } from '../csv-records';
import { sendText } from '../records';
import { run } from '../run-command';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');
const hostile = '=1+1 \u001b[2J';

beforeAll(async () => {
  scratch.write('objects/a', `${sendText('a', { source: hostile })}\n${sendText('b', { source: 'b' })}\n`);
  await ingest(scratch.at('objects'), { archive, workers: 0 });
});

const query = (...args: string[]) => run(['query', '--archive', archive, ...args]);
const sources = 'SELECT message_id, source FROM events ORDER BY message_id';
const below = 'archive: 2 events, newest 2026-03-04 05:06:07 UTC\n';

describe('query', () => {
  it.each([
    ['ndjson', `{"message_id":"a","source":${JSON.stringify(hostile)}}\n{"message_id":"b","source":"b"}\n`],
    [
      'json',
      `[\n{"message_id":"a","source":${JSON.stringify(hostile)}},\n{"message_id":"b","source":"b"}\n]\n`,
    ],
    ['csv', `message_id,source\r\na,'${hostile}\r\nb,b\r\n`],
  ])('writes rows as %s', async (format, expected) => {
    const { code, stdout, stderr } = await query(sources, '--format', format);
    expect([code, stdout, stderr]).toEqual([0, expected, `2 rows; ${below}`]);
  });

  it('escapes control characters in a table', async () => {
    const { stdout } = await query(sources, '-f', 'table');
    expect(stdout).toMatch(/│ message_id │ source/);
    expect(stdout).toContain('=1+1 \\u001b[2J');
  });

  it('reads the query from standard input and from a file', async () => {
    const file = scratch.write('query.sql', `${sources} -- from a file\n;\n`);
    const [argument, stdin, fromFile] = await Promise.all([
      query(sources),
      run(['query', '-a', archive, '-'], { stdin: sources }),
      query('--file', file),
    ]);
    expect(stdin.stdout).toBe(argument.stdout);
    expect(fromFile.stdout).toBe(argument.stdout);
  });

  it('binds parameters as text', async () => {
    const { stdout } = await query(
      'SELECT $a AS a, $n::INTEGER + 1 AS n, typeof($a) AS type',
      ...['-p', "a=x'; DROP TABLE a; --=y", '-p', 'n=41'],
    );
    expect(JSON.parse(stdout)).toEqual({ a: "x'; DROP TABLE a; --=y", n: 42, type: 'VARCHAR' });
  });

  it.each(['csv', 'json', 'ndjson'])('writes the same %s to a file as to a pipe', async (format) => {
    const output = scratch.at(`same.${format}`);
    // The second has a type that only JavaScript can format.
    for (const sql of [
      sources,
      "SELECT {'a': message_id} AS a FROM events",
      'FROM events WHERE false',
      'EXPLAIN SELECT 1',
    ]) {
      const [piped, filed] = await Promise.all([
        query(sql, '--format', format),
        query(sql, '--format', format, '--output', output, '--overwrite'),
      ]);
      expect([filed.code, readFileSync(output, 'utf8')]).toEqual([0, piped.stdout]);
      expect(filed.stderr).toContain(` in ${output}; `);
    }
  });

  it('writes the columns of an empty answer', async () => {
    const { stdout } = await query('SELECT event_id, destination FROM events WHERE false', '-f', 'csv');
    expect(stdout).toBe('event_id,destination\r\n');
  });

  describe('with --limit', () => {
    // The second has a type that only JavaScript can format.
    const numbers = 'SELECT range AS n FROM range(50000) ORDER BY n DESC';
    const structs = "SELECT {'n': range} AS n FROM range(50000) ORDER BY range DESC";

    it.each(['csv', 'json', 'ndjson', 'markdown', 'table'])('writes the first rows as %s', async (format) => {
      for (const sql of [numbers, structs]) {
        const { stdout, stderr } = await query(sql, '--format', format, '--limit', '3');
        for (const shown of ['49999', '49998', '49997']) expect(stdout).toContain(shown);
        expect(stdout).not.toContain('49996');
        expect(stderr).toMatch(/^3 rows; there may be more: raise --limit; /);
      }
    });

    it.each(['csv', 'json', 'ndjson'])(
      'writes the same rows to a file as to a pipe, as %s',
      async (format) => {
        const output = scratch.at(`limited.${format}`);
        for (const sql of [numbers, structs, `${numbers} -- a comment`]) {
          const args = [sql, '--format', format, '--limit', '3'];
          const [piped, filed] = await Promise.all([
            query(...args),
            query(...args, '--output', output, '--overwrite'),
          ]);
          expect([filed.code, readFileSync(output, 'utf8')]).toEqual([0, piped.stdout]);
          expect(filed.stderr).toMatch(/^3 rows in .*; there may be more: raise --limit; /);
        }
      },
    );

    it('writes no more rows to a Parquet file', async () => {
      const output = scratch.at('limited.parquet');
      const { stderr } = await query(numbers, '--limit', '3', '--output', output);
      expect(stderr).toContain('3 rows in ');
      const database = await Database.create({});
      expect(await database.rows(`FROM '${output}'`)).toEqual([
        { n: 49_999n },
        { n: 49_998n },
        { n: 49_997n },
      ]);
      database.close();
    });

    it.each([
      ['0', 0],
      ['5', 5],
      ['6', 5],
      ['all', 5],
    ])('%s, writes %d of 5 rows', async (limit, rows) => {
      for (const format of ['ndjson', 'markdown']) {
        const { stdout, stderr } = await query('FROM range(5)', '--format', format, '--limit', limit);
        expect(stdout.match(/\d/g) ?? []).toHaveLength(rows);
        expect(stderr).toMatch(
          new RegExp(`^${rows} rows${Number(limit) === rows ? '; there may' : '; archive'}`),
        );
      }
    });

    it('shows all rows of a longer table with --limit all', async () => {
      const { stdout } = await query('FROM range(2000)', '-f', 'table', '--limit', 'all');
      expect(stdout).toContain('1999');
    });

    it('ends a query that never ends by itself', async () => {
      const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) FROM n';
      const { stdout } = await query(endless, '--format', 'csv', '--limit', '2');
      expect(stdout).toBe('i\r\n1\r\n2\r\n');
    });
  });

  it('shows the first 1,000 rows in a table, and reports it', async () => {
    const { stdout, stderr } = await query('FROM range(2000)', '-f', 'table');
    expect(stdout.trimEnd().split('\n')).toHaveLength(1000 + 4);
    expect(stderr).toContain('first 1,000 rows, more with --limit all; ');
  });
});

describe('query --dry-run', () => {
  it('prints the statement with its parameters, and opens no archive', async () => {
    const args = ['SELECT $a AS a', '-p', "a=it's\n\u202e", '--dry-run', '-a', scratch.at('none')];
    const { code, stdout, stderr } = await run(['query', ...args]);
    expect(stdout).toBe("-- $a = 'it''s\\u000a\\u202e'\nSELECT $a AS a\n");
    expect([code, stderr]).toEqual([0, '']);
  });

  it('prints a statement that query can run', async () => {
    const { stdout } = await query(`${sources} -- a comment`, '--dry-run');
    const [printed, direct] = await Promise.all([query(stdout), query(sources)]);
    expect(printed).toEqual(direct);
  });
});

describe('query without a query', () => {
  it('lists the views with their meanings', async () => {
    const { code, stdout } = await run(['query', '--format', 'csv', '-a', scratch.at('none')]);
    const [, ...views] = csvRecords(stdout);
    expect(views.map(([name]) => name)).toEqual(storedViews.map(({ name }) => name));
    for (const [, meaning] of views) expect(meaning).toMatch(/\w{3}/);
    expect(code).toBe(0);
  });

  it.each(storedViews.map(({ name }) => name))(
    'lists the columns of %s with their meanings',
    async (view) => {
      const { code, stdout } = await query('--columns', view, '-f', 'csv');
      const [head, ...columns] = csvRecords(stdout);
      expect(head).toEqual(['column', 'type', 'meaning']);
      expect(columns.length).toBeGreaterThan(1);
      for (const [name = ''] of columns)
        expect([name, columnMeaning(view, name)]).toEqual([name, expect.any(String)]);
      expect(code).toBe(0);
    },
  );
});

describe('query rejects', () => {
  it.each([
    ['a file', ["SELECT * FROM read_csv('/etc/passwd')"], 'can only read the archive', 1],
    ['COPY', [`COPY events TO '${scratch.at('x.csv')}'`], 'can only read the archive', 1],
    ['ATTACH', [`ATTACH '${scratch.at('x.duckdb')}'`], 'a query can only read, and ATTACH is not allowed', 1],
    ['DROP', ['DROP TABLE ses_events.event_rows'], 'DROP is not allowed: use SELECT', 1],
    ['a setting', ['SET enable_external_access = true'], 'SET is not allowed', 1],
    ['several statements', ['SELECT 1; SELECT 2'], 'a query must be one statement, but this one has 2', 1],
    ['invalid SQL', ['SELECT * FORM events'], '\nLINE 1: SELECT * FORM events\n', 1],
    ['a parameter without a value', ['SELECT $a'], 'the query has no value for $a: add -p a=VALUE', 1],
    ['a value without a parameter', ['SELECT 1', '-p', 'a=1'], 'has no parameter $a', 1],
    ['a parameter without =', ['SELECT $a', '-p', 'a'], 'Expected name=value, for $name in the query.', 2],
    ['two queries', ['SELECT 1', '--file', scratch.at('q')], 'a query cannot be combined with --file', 2],
    ['a missing file', ['--file', scratch.at('none.sql')], 'none.sql: no such file; --file requires', 2],
    [
      'an unknown view',
      ['--columns', 'mesages'],
      'unknown view "mesages"; did you mean messages? (ses-events query lists them)',
      2,
    ],
    [
      'columns of a query',
      ['SELECT 1', '--columns', 'messages'],
      '--columns cannot be combined with a query',
      2,
    ],
    ['a dry run without a query', ['--dry-run'], '--dry-run requires a query', 2],
    ['a limit without a query', ['--limit', '3'], '--limit requires a query', 2],
    [
      'Parquet without a query',
      ['-f', 'parquet', '-o', scratch.at('x.parquet')],
      '--format parquet requires a query',
      2,
    ],
  ])('%s', async (_, args, message, expected) => {
    const { code, stdout, stderr } = await query(...args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at /m);
    expect([code, stdout]).toEqual([expected, '']);
  });

  it.each(['csv', 'json', 'parquet'])(
    'a value that fails after the first rows, and leaves no %s',
    async (format) => {
      const late = "SELECT range, CASE WHEN range = 90000 THEN 'x'::INT END FROM range(100000)";
      const output = scratch.at('late.csv');
      const { code, stderr } = await query(late, '--format', format, '--output', output);
      expect([code, stderr]).toEqual([1, expect.stringContaining('a value cannot be converted')]);
      expect(existsSync(output)).toBe(false);
    },
  );

  it('a cast, without the value in the message', async () => {
    const { stderr } = await query('SELECT CAST(source AS INTEGER) FROM events');
    expect(stderr).toContain(
      'a value cannot be converted (Conversion Error): check the values of -p, or use TRY_CAST',
    );
    expect(stderr).toContain('LINE 1: SELECT CAST(source AS INTEGER) FROM events');
    expect(stderr).not.toContain('1+1');
  });
});
