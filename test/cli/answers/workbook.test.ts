import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { columns } from '../../../consumer/archive/store/columns';
import { type AnswerType, questions } from '../../../consumer/queries/questions/question';
import { headerText } from '../../../consumer/texts/header-text';
import { packageFolder } from '../compiled-command';
import { cellFormats, type ReadSheet, readWorkbook } from '../formats/xlsx/read-workbook';
import { sendText } from '../records';
import { run } from '../run-command';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');
let files = 0;

beforeAll(async () => {
  const hostile = ['=1+1', '+1', '@x', '\u0001_x0001_'].map((subject, index) =>
    sendText(`hostile${index}`, { commonHeaders: { subject }, destination: ['=a@x.example', 'b@x.example'] }),
  );
  const object = scratch.write('objects/a', hostile.join('\n'));
  await ingest([object, `${packageFolder}/examples/sample-archive`], { archive, workers: 0 });
});

/** Runs a command of the archive that writes a workbook. */
async function write(...args: string[]) {
  const path = scratch.at(`${files++}.xlsx`);
  const result = await run([...args, '--archive', archive, '--format', 'xlsx', '--output', path]);
  return { ...result, path };
}

async function json(...args: string[]): Promise<readonly Record<string, unknown>[]> {
  return JSON.parse((await run([...args, '--archive', archive, '--format', 'json'])).stdout);
}

/** Returns the value that a cell has for a value in JSON; an empty text is read as null. */
function expected(value: unknown, type?: AnswerType): unknown {
  if (value === '' || value === null) return null;
  if (typeof value === 'object') return JSON.stringify(value);
  if (typeof value !== 'string') return value;
  if (type === 'time' || type === 'day') return new Date(value);
  return type === 'header' ? headerText(value) : value;
}

/** Checks rows below the head. The reader returns times up to a millisecond too early, because it rounds down. */
function expectRows(sheet: ReadSheet, rows: readonly (readonly unknown[])[]): void {
  const read = sheet.rows.slice(1).map((row, index) =>
    row.map((value, column) => {
      const wanted = rows[index]?.[column];
      const isSame =
        value instanceof Date && wanted instanceof Date && +wanted - +value <= 1 && wanted >= value;
      return isSame ? wanted : value;
    }),
  );
  expect(read).toEqual(rows);
}

describe('ask --format xlsx', () => {
  it.each(questions().map(({ name, columns: of }) => ({ name, of })))(
    'has the values of JSON: $name',
    async ({ name, of }) => {
      const { code, path, stdout } = await write('ask', name);
      const answers = await json('ask', name);
      const sheet = await readWorkbook(path);
      expect(sheet.name).toBe(name);
      expect(sheet.rows[0]).toEqual(of.map((column) => column.name));
      expectRows(
        sheet,
        answers.map((row) => of.map((column) => expected(row[column.name], column.type))),
      );
      expect([code, stdout]).toEqual([0, '']);
    },
  );

  it('formats shares, counts and days', async () => {
    const { path } = await write('ask', 'trend');
    expect(cellFormats(path, 2)).toMatchObject({ A: 'yyyy-mm-dd', B: '#,##0', C: '0.000%', D: '@' });
  });

  it('reports the rows and the file', async () => {
    const { path, stderr } = await write('ask', 'suppression', '--limit', '3');
    expect((await readWorkbook(path)).rows).toHaveLength(4);
    expect(stderr).toMatch(/^3 rows in \S+\.xlsx, \d+ more with --limit all; archive: 2,007 events/);
  });

  it('replaces a file only with --overwrite', async () => {
    const { path } = await write('ask', 'health');
    chmodSync(path, 0o640);
    const before = readFileSync(path);
    const again = ['ask', 'kinds', '-a', archive, '-f', 'xlsx', '-o', path];
    expect((await run(again)).stderr).toContain('already exists: choose another file, or add --overwrite');
    expect(readFileSync(path)).toEqual(before);
    expect((await run([...again, '--overwrite'])).code).toBe(0);
    expect((await readWorkbook(path)).name).toBe('kinds');
  });
});

describe('query --format xlsx', () => {
  it('has days and times as dates, booleans, and large integers as text', async () => {
    const sql =
      "SELECT DATE '2026-03-01' AS d, TIMESTAMP '2026-03-01 12:00:00' AS t, true AS b, 9007199254740993 AS i, NULL AS n";
    const { path } = await write('query', sql);
    expect(await readWorkbook(path)).toEqual({
      name: 'query',
      rows: [
        ['d', 't', 'b', 'i', 'n'],
        [new Date('2026-03-01'), new Date('2026-03-01T12:00Z'), true, '9007199254740993', null],
      ],
    });
    expect(cellFormats(path, 2)).toMatchObject({ A: 'yyyy-mm-dd', B: 'yyyy-mm-dd hh:mm:ss' });
  });

  it('has no file after an error', async () => {
    const { code, stderr } = await write('query', "SELECT CAST('x' || range AS INTEGER) FROM range(9)");
    expect([code, stderr]).toEqual([1, expect.stringContaining('a value cannot be converted')]);
    expect(readdirSync(scratch.path).filter((name) => name.includes(`${files - 1}.xlsx`))).toEqual([]);
  });

  it.each([
    [[], 'views', 'view'],
    [['--columns', 'messages'], 'columns', 'column'],
  ])('has the lists of query %j', async (args, name, first) => {
    const { path } = await write('query', ...args);
    const sheet = await readWorkbook(path);
    expect([sheet.name, sheet.rows[0]?.[0]]).toEqual([name, first]);
    expect(sheet.rows.length).toBeGreaterThan(5);
  });
});

describe('trace --format xlsx', () => {
  it('has the steps of a message', async () => {
    const { path } = await write('trace', 'hostile0');
    const sheet = await readWorkbook(path);
    expect(sheet.name).toBe('trace');
    expect(sheet.rows[1]).toEqual(
      expect.arrayContaining(['Send', '["=a@x.example","b@x.example"]', 'hostile0', '=1+1']),
    );
  });
});

describe('export --format xlsx', () => {
  it('has all columns and values of JSON', async () => {
    const { code, stderr, path } = await write('export');
    const ndjson = await run(['export', '--archive', archive, '--format', 'ndjson']);
    const events = ndjson.stdout.trimEnd().split('\n');
    const sheet = await readWorkbook(path);
    expect(sheet.name).toBe('events');
    expect(sheet.rows[0]).toEqual(columns.map(({ name }) => name));
    const values = events.map((line) => {
      const event: Record<string, unknown> = JSON.parse(line);
      return columns.map(({ name, type }) => {
        const value = event[name];
        if (type === 'json') return value === null ? null : JSON.stringify(value);
        return expected(value, type === 'timestamp' ? 'time' : 'text');
      });
    });
    expectRows(sheet, values);
    expect([code, stderr]).toEqual([0, `2,007 events in ${path}\n`]);
  });

  it('has the same bytes again', async () => {
    const [one, other] = [await write('export'), await write('export')];
    expect(readFileSync(one.path)).toEqual(readFileSync(other.path));
  });

  it('filters events', async () => {
    const { path } = await write('export', '--kind', 'Complaint');
    const { rows } = await readWorkbook(path);
    expect(new Set(rows.slice(1).map((row) => row[1]))).toEqual(new Set(['Complaint']));
  });
});
