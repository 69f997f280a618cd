import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { csvCell } from '../../../consumer/archive/export/csv-cell';
import { Database } from '../../../consumer/archive/store/database';
import { type LineForm, lineSql } from '../../../consumer/queries/engines/line-sql';
import { type PlainValue, plainValue } from '../../../consumer/queries/engines/plain-value';
import { type LineFrame, writeQueryFile } from '../../../consumer/queries/engines/query-file';
import { queryLines } from '../../../consumer/queries/engines/query-lines';

let database: Database;
const folder = mkdtempSync(join(tmpdir(), 'ses-events-lines-'));
const file = join(folder, 'lines');
beforeAll(async () => {
  database = await Database.create({ threads: '2' });
});
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

/** A cell as JavaScript writes the value. */
function cellOf(value: PlainValue): string {
  if (value === null) return '';
  if (value instanceof Date) return csvCell(value.toISOString());
  if (typeof value === 'object') return csvCell(JSON.stringify(value));
  return typeof value === 'string' ? csvCell(value) : String(value);
}

/** The lines of a query as JavaScript writes its rows. */
async function expectedLines(sql: string, form: LineForm, parameters = {}): Promise<string[]> {
  const { columns, rows } = await database.query(sql, parameters);
  const lines: string[] = [];
  for await (const batch of rows) {
    for (const row of batch) {
      const values = row.map((value, index) => plainValue(value, columns[index]?.type ?? ''));
      const members = columns.map(
        ({ name }, index) => `${JSON.stringify(name)}:${JSON.stringify(values[index])}`,
      );
      lines.push(form === 'csv' ? values.map(cellOf).join(',') : `{${members.join(',')}}`);
    }
  }
  return lines;
}

async function linesOf(sql: string, form: LineForm, parameters = {}): Promise<string[] | undefined> {
  const found = await queryLines(database, { sql, parameters }, form);
  if (found === undefined) return undefined;
  const lines: string[] = [];
  for await (const batch of found.lines) lines.push(...batch.map((line) => Buffer.from(line).toString()));
  return lines;
}

/** Special values of each type, as SQL. */
const values: Readonly<Record<string, readonly string[]>> = {
  VARCHAR: [
    ...[
      "''",
      "'a'",
      "'=1'",
      "' =1'",
      "'a,b'",
      `'"'`,
      'chr(0)',
      "'a' || chr(0) || chr(27)",
      "chr(9) || 'a'",
      'chr(13)',
    ],
    ...[
      'chr(10)',
      "'é'",
      "'＝1'",
      '\'["x"]\'',
      "'\\u001B'",
      "'\\'",
      'chr(128512)',
      "chr(65279) || 'x'",
      "'-1'",
    ],
  ],
  JSON: [`'{"a": [1, "b"]}'`, "'null'", `'"x"'`, "'-1'"],
  BLOB: ["''", "'\\xFB\\xFF'", "'abc'"],
  'VARCHAR[]': ['[]', "['a', NULL]", '[NULL]', `['"', 'a,b']`, '[chr(27), NULL, chr(0)]', "['=1']"],
  BOOLEAN: ['true', 'false'],
  TINYINT: ['-128', '127'],
  UINTEGER: ['4294967295'],
  BIGINT: ['-9007199254740991', '-9007199254740992', '9007199254740991', '9007199254740992', '-1'],
  UBIGINT: ['18446744073709551615', '0'],
  HUGEINT: ['-170141183460469231731687303715884105727', '-5'],
  DOUBLE: [
    ...[
      '0',
      "'-0.0'",
      '1.5',
      '-2',
      '1e15',
      '1e16',
      '1e20',
      '1e21',
      '1e22',
      '123456789012345680000',
      '1e-6',
      '1e-7',
    ],
    ...[
      '1.25e-5',
      '-1.25e-5',
      '5e-324',
      '1.7976931348623157e308',
      "'nan'",
      "'inf'",
      "'-inf'",
      '9007199254740993',
    ],
    ...['4503599627370495.5', '0.1', '0.0001', '0.00001', '-1.5e18', '1e100'],
  ],
  FLOAT: ['0.1', '1e10', '16777217'],
  'DECIMAL(18,3)': ['0.1', '-123456789012345.678', '5'],
  DATE: [
    "'2026-03-04'",
    "'0001-01-01'",
    "'0001-01-01 (BC)'",
    "'0002-05-06 (BC)'",
    "'9999-12-31'",
    "'12345-06-07'",
  ],
  TIMESTAMP: [
    ...["'2026-03-04 05:06:07.891'", "'1969-12-31 23:59:59.9995'", "'1969-12-31 23:59:59.9'", "'0001-01-01'"],
    ...[
      "'0001-01-01 (BC)'",
      "'0099-01-01'",
      "'0002-05-06 (BC)'",
      "'9999-12-31 23:59:59.999999'",
      "'12345-06-07'",
    ],
  ],
  'TIMESTAMP WITH TIME ZONE': ["'2026-03-04 05:06:07+02'", "'12345-06-07 00:00:00+00'"],
  UUID: ["'00000000-0000-0000-0000-000000000001'"],
  "ENUM('=x', 'a,b')": ["'=x'", "'a,b'"],
};

const forms: readonly LineForm[] = ['csv', 'json'];

describe.each(forms)('the engine writes %s lines as JavaScript does', (form) => {
  it.each(Object.entries(values))('of %s', async (type, literals) => {
    const list = [...literals, 'NULL']
      .map((literal, index) => `(${index}, (${literal})::${type})`)
      .join(', ');
    const sql = `SELECT value, 1 AS one FROM (VALUES ${list}) t (number, value) ORDER BY number`;
    expect(await linesOf(sql, form)).toEqual(await expectedLines(sql, form));
  });

  it('of any number', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double(), { minLength: 1, maxLength: 100 }), async (numbers) => {
        const list = numbers.map((number, index) => `(${index}, '${number}'::DOUBLE)`).join(', ');
        const sql = `SELECT value FROM (VALUES ${list}) t (number, value) ORDER BY number`;
        expect(await linesOf(sql, form)).toEqual(await expectedLines(sql, form));
      }),
    );
  });

  it('of any time', async () => {
    const micros = fc.bigInt(-8_640_000_000_000_000_000n, 8_640_000_000_000_000_000n);
    await fc.assert(
      fc.asyncProperty(fc.array(micros, { minLength: 1, maxLength: 100 }), async (times) => {
        const list = times.map((time, index) => `(${index}, make_timestamp(${time}))`).join(', ');
        const sql = `SELECT value, value::DATE AS day FROM (VALUES ${list}) t (number, value) ORDER BY number`;
        expect(await linesOf(sql, form)).toEqual(await expectedLines(sql, form));
      }),
    );
  });

  it.each(['de', 'NOCASE', 'NOACCENT'])('of a text with the collation %s', async (collation) => {
    const list = (values.VARCHAR ?? []).map((literal, index) => `(${index}, ${literal})`).join(', ');
    const sql = `SELECT value COLLATE ${collation} AS value FROM (VALUES ${list}) t (number, value) ORDER BY number`;
    expect(await linesOf(sql, form)).toEqual(await expectedLines(sql, form));
  });

  it.each([
    ['a comment at the end', 'SELECT 1 AS a -- end'],
    ['semicolons', 'SELECT 1 AS a ; ;'],
    ['quotes and equal names', `SELECT 'it''s' AS "a""b", 2 AS v, 3 AS v, 4 AS "V", 5 AS v_1`],
    ['a name that looks like SQL', `SELECT 1 AS "') AS answer; DROP TABLE a; --"`],
    ['VALUES', "VALUES (1, 'a'), (NULL, NULL)"],
    ['WITH', 'WITH answer AS (SELECT 1 AS c0) FROM answer'],
    ['FROM first', 'FROM range(5)'],
    ['a query inside', "SELECT * FROM query('SELECT 1 AS a')"],
    ['no rows', 'SELECT 1 AS a WHERE false'],
  ])('of %s', async (_, sql) => {
    expect(await linesOf(sql, form)).toEqual(await expectedLines(sql, form));
  });

  it('of parameters with and without a name', async () => {
    for (const [sql, parameters] of [
      ['SELECT $a AS a, $b::INT + 1 AS b, typeof($a) AS type', { a: "'); --", b: '41' }],
      ['SELECT ? AS a, $1 AS b', { 1: 'x' }],
    ] as const)
      expect(await linesOf(sql, form, parameters)).toEqual(await expectedLines(sql, form, parameters));
  });

  it.each([
    ['sorted', 'SELECT hash(range) AS h FROM range(60_000) ORDER BY h'],
    ['unsorted', 'SELECT range AS i, range / 7 AS d FROM range(60_000)'],
    ['joined', 'SELECT range AS i FROM range(40_000) UNION ALL SELECT -range FROM range(40_000)'],
  ])('in the order of %s rows', async (_, sql) => {
    expect(await linesOf(sql, form)).toEqual(await expectedLines(sql, form));
  });
});

describe('only JavaScript writes', () => {
  it.each([
    ['a struct', "SELECT {'a': 1} AS a"],
    ['a list of numbers', 'SELECT [1, 2] AS a'],
    ['an interval', 'SELECT INTERVAL 1 DAY AS a'],
    ['an explanation', 'EXPLAIN SELECT 1'],
  ])('%s', async (_, sql) => {
    for (const form of forms) expect(await linesOf(sql, form)).toBeUndefined();
  });

  it('a type of the table of types', () => {
    expect(lineSql([{ name: 'a', type: 'constructor' }], 'json')).toBeUndefined();
  });
});

it.each(["'infinity'::TIMESTAMP", "'infinity'::DATE", "'290000-01-01'::TIMESTAMP"])(
  'a time outside the range of dates is an error (%s)',
  async (value) => {
    await expect(expectedLines(`SELECT ${value} AS a`, 'csv')).rejects.toThrow('out of range');
    for (const form of forms)
      await expect(linesOf(`SELECT ${value} AS a`, form)).rejects.toThrow(
        'the query failed on a value in a row',
      );
  },
);

describe('a file', () => {
  const frame: LineFrame = { head: '[\n', between: ',\n', lineEnd: '', tail: '\n]\n' };
  const queries = [
    'SELECT hash(range) AS h FROM range(60_000) ORDER BY h',
    'SELECT range AS i FROM range(60_000)',
    'SELECT range AS i FROM range(40_000) UNION ALL SELECT -range FROM range(40_000)',
    "SELECT 1 AS a; -- ') TO 'x'",
    'SELECT 1 AS a WHERE false',
  ];
  it.each(queries)('has the lines of the query and the text around them (%s)', async (sql) => {
    const rows = await writeQueryFile(
      database,
      { file, sql, parameters: {} },
      { form: 'json', frame: () => frame },
    );
    const lines = await expectedLines(sql, 'json');
    expect(rows).toBe(lines.length);
    expect(readFileSync(file, 'utf8')).toBe(`[\n${lines.join(',\n')}\n]\n`);
  });

  it('of Parquet has the rows, names and types of the query, in its order', async () => {
    const sql =
      "SELECT hash(range) AS h, 1 AS v, NULL AS v, $a AS a, ['x'] AS l FROM range(60_000) ORDER BY h; -- end";
    const parameters = { a: 'x' };
    expect(await writeQueryFile(database, { file, sql, parameters }, 'parquet')).toBe(60_000);
    await database.run(`CREATE OR REPLACE TEMP TABLE expected AS ${sql}`, parameters);
    const read = `read_parquet('${file}')`;
    expect(await database.rows(`DESCRIBE FROM ${read}`)).toEqual(await database.rows('DESCRIBE expected'));
    expect(await linesOf(`FROM ${read}`, 'csv')).toEqual(await linesOf('FROM expected', 'csv'));
  });
});
