import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { exactForm } from '../../../consumer/archive/rows/exact-form';
import { columns } from '../../../consumer/archive/store/columns';
import { readParquet } from '../../archive/parquet/read-parquet';
import { packageFolder } from '../compiled-command';
import { csvRecords } from '../csv-records';
import { sendText } from '../records';
import { run } from '../run-command';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');
const hostile = ['=cmd|1', '+1', '-1', '@x', '\t=1', 'a,"b"', 'two\r\nlines', '\u001b[2J', ''];
const objects = scratch.at('objects');
/** A record whose bytes the archive stores. */
const kept = `${sendText('kept', { timestamp: '2026-03-04T05:06:09.000Z' }).slice(0, -1)},"x":1e400}`;
scratch.write(
  'objects/a',
  [
    ...hostile.map((subject, index) =>
      sendText(`m${index}`, {
        timestamp: `2026-03-04T05:06:0${index}.000Z`,
        commonHeaders: { subject },
        destination: ['=a@x.example', 'b@x.example'],
      }),
    ),
    kept,
  ].join('\n'),
);
const odd = Buffer.from(sendText('?').replace('2026', '2027'));
odd[odd.indexOf('?')] = 0xff;
scratch.write('objects/b', odd);

beforeAll(() => ingest([objects, `${packageFolder}/examples/sample-archive`], { archive, workers: 0 }));

const total = 2_003 + 11;
const runExport = (...args: string[]) => run(['export', '--archive', archive, ...args]);
const marchOnly = ['--until', '2026-04-01'];
const names = columns.map(({ name }) => name);

/** Returns the values of NDJSON. */
const lines = (stdout: string): Record<string, unknown>[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('export --format ndjson', () => {
  it('writes one object per line with all columns, in the order of time', async () => {
    const { code, stdout, stderr } = await runExport('--format', 'ndjson');
    const rows = lines(stdout);
    expect(rows).toHaveLength(total);
    for (const row of rows) expect(Object.keys(row)).toEqual(names);
    expect(rows.slice(0, 9).map(({ message_id }) => message_id)).toEqual(
      hostile.map((_, index) => `m${index}`),
    );
    expect(rows[0]).toMatchObject({ destination: ['=a@x.example', 'b@x.example'], raw: null });
    expect([code, stderr]).toEqual([0, '2,014 events\n']);
  });

  it('writes records with --raw', async () => {
    const { stdout: written } = await runExport('-f', 'ndjson', '--raw', ...marchOnly);
    const texts = readFileSync(`${objects}/a`, 'utf8').split('\n');
    const records = written.split('\n');
    expect(records.map((record) => record && exactForm(record))).toEqual([...texts.map(exactForm), '']);
    expect(records.at(-2)).toBe(kept);
  });

  it('writes bytes that are not UTF-8 unchanged with --raw', async () => {
    const output = scratch.at('odd.ndjson');
    await runExport('-f', 'ndjson', '--raw', '--since', '2027-01-01', '--output', output);
    expect(readFileSync(output)).toEqual(Buffer.concat([odd, Buffer.from('\n')]));
  });
});

describe('export --format csv', () => {
  it('has the values of NDJSON, with an apostrophe before formulas', async () => {
    const [csv, ndjson] = await Promise.all([runExport('-f', 'csv'), runExport('-f', 'ndjson')]);
    const [header, ...records] = csvRecords(csv.stdout);
    expect(header).toEqual(names);
    const expected = lines(ndjson.stdout).map((row) =>
      Object.values(row).map((value) => {
        if (value === null) return '';
        const cell = typeof value === 'string' ? value : JSON.stringify(value);
        return typeof value === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
      }),
    );
    // A text in a JSON column is JSON in the cell, and the text itself in NDJSON.
    const isJson = columns.map(({ type }) => type === 'json');
    expect(records.map((cells) => cells.filter((_, index) => !isJson[index]))).toEqual(
      expected.map((cells) => cells.filter((_, index) => !isJson[index])),
    );
    const parsed = (cell: string | undefined) =>
      cell === '' || cell === undefined ? null : JSON.parse(cell);
    expect(
      records.map((cells) => names.map((_, index) => (isJson[index] ? parsed(cells[index]) : null))),
    ).toEqual(
      lines(ndjson.stdout).map((row) => names.map((name, index) => (isJson[index] ? row[name] : null))),
    );
  });

  it('neutralizes formulas, and no other cells', async () => {
    const { stdout } = await runExport('-f', 'csv', ...marchOnly);
    const subject = names.indexOf('subject');
    const [, ...records] = csvRecords(stdout);
    expect(records.map((cells) => cells[subject])).toEqual([
      "'=cmd|1",
      "'+1",
      "'-1",
      "'@x",
      "'\t=1",
      'a,"b"',
      'two\r\nlines',
      '\u001b[2J',
      '',
      '',
    ]);
  });
});

describe('export --format parquet', () => {
  it('creates a folder with a partition per day', async () => {
    const output = scratch.at('parquet');
    const { code, stdout, stderr } = await runExport('-f', 'parquet', '--output', output);
    expect([code, stdout, stderr]).toEqual([0, '', `2,014 events in ${output}\n`]);
    expect(readdirSync(output)).toEqual(
      expect.arrayContaining(['event_date=2026-03-04', 'event_date=__HIVE_DEFAULT_PARTITION__']),
    );
    for (const { codecs } of readParquet(output, 'codecs')) expect(codecs).toEqual(['ZSTD']);
  });

  it('replaces an earlier export completely, and only with --overwrite', async () => {
    const output = scratch.at('again');
    mkdirSync(output);
    expect((await runExport('-f', 'parquet', '-o', output)).code).toBe(0);
    const first = readdirSync(output);
    const refused = await runExport('-f', 'parquet', '-o', output, ...marchOnly);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('is not empty: choose another folder, or add --overwrite');
    expect(readdirSync(output)).toEqual(first);
    const link = scratch.at('link');
    symlinkSync(output, link);
    expect((await runExport('-f', 'parquet', '-o', link, '--overwrite', ...marchOnly)).code).toBe(0);
    expect(readdirSync(output)).toEqual(['event_date=2026-03-04']);
    expect(readdirSync(link)).toEqual(['event_date=2026-03-04']);
  });

  it('does not replace a folder with other files', async () => {
    scratch.write('mine/event_date=2026-03-04/data_0.parquet', '');
    scratch.write('mine/thesis.txt', 'years');
    const output = scratch.at('mine');
    const { code, stderr } = await runExport('-f', 'parquet', '-o', output, '--overwrite');
    expect(stderr).toContain('contains thesis.txt, which is not part of an export');
    expect(code).toBe(2);
    expect(readdirSync(output).sort()).toEqual(['event_date=2026-03-04', 'thesis.txt']);
  });
});

describe('export filters', () => {
  it.each([
    ['kinds in any spelling', ['--kind', 'rendering-failure,BOUNCE'], ['Bounce', 'Rendering Failure']],
    ['a time range', ['--since', '2026-03-04', '--until', '2026-03-04T05:06:02Z'], ['Send']],
  ])('%s', async (_, args, kinds) => {
    const rows = lines((await runExport('-f', 'ndjson', ...args)).stdout);
    expect([...new Set(rows.map(({ event_type }) => event_type))].sort()).toEqual(kinds);
  });

  it.each([
    ['csv', `${names.join(',')}\r\n`],
    ['ndjson', ''],
  ])('all events, and %s is complete', async (format, expected) => {
    const { code, stdout, stderr } = await runExport('-f', format, '--since', '2100-01-01');
    expect([code, stdout, stderr]).toEqual([0, expected, '0 events\n']);
  });
});

describe('export --output', () => {
  it('writes the same as to standard output, and no other file', async () => {
    const output = scratch.at('out/events.csv');
    mkdirSync(scratch.at('out'));
    const [piped, { code, stdout, stderr }] = await Promise.all([
      runExport('-f', 'csv'),
      runExport('-f', 'csv', '--output', output),
    ]);
    expect([code, stdout, stderr]).toEqual([0, '', `2,014 events in ${output}\n`]);
    expect(readFileSync(output, 'utf8')).toBe(piped.stdout);
    expect(readdirSync(scratch.at('out'))).toEqual(['events.csv']);
  });

  it('replaces a file only with --overwrite', async () => {
    const output = scratch.write('old.ndjson', 'old');
    const refused = await runExport('-f', 'ndjson', '-o', output);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('already exists')]);
    expect(readFileSync(output, 'utf8')).toBe('old');
    expect((await runExport('-f', 'ndjson', '-o', output, '--overwrite')).code).toBe(0);
    expect(lines(readFileSync(output, 'utf8'))).toHaveLength(total);
  });
});

describe('export rejects', () => {
  it.each([
    ['no format', [], "required option '-f, --format <format>' not specified", 2],
    ['an unknown format', ['-f', 'xml'], 'Allowed choices are parquet, csv, ndjson', 2],
    ['an unknown kind', ['-f', 'csv', '-k', 'bonce'], 'Allowed kinds are Send, ', 2],
    ['an invalid time', ['-f', 'csv', '--since', 'noon'], 'Expected a day or time', 2],
    [
      'an empty time range',
      ['-f', 'csv', '--since', '2026-03-04', '--until', '2026-03-04'],
      '--since must be before --until',
      2,
    ],
    ['parquet on standard output', ['-f', 'parquet'], '--format parquet requires --output FOLDER', 2],
    ['raw CSV', ['-f', 'csv', '--raw'], '--raw requires --format ndjson, not csv', 2],
    ['--overwrite without a file', ['-f', 'csv', '--overwrite'], '--overwrite requires --output', 2],
    [
      'a file that is a folder',
      ['-f', 'csv', '-o', objects, '--overwrite'],
      'it is a folder; choose a file',
      2,
    ],
    ['a folder that is a file', ['-f', 'parquet', '-o', `${objects}/a`, '--overwrite'], 'is not a folder', 2],
    ['a file in no folder', ['-f', 'csv', '-o', scratch.at('no/x.csv')], '/no does not exist; create it', 2],
    [
      'a file in a file',
      ['-f', 'csv', '-o', `${objects}/a/x.csv`],
      '/a is not a folder; choose another path',
      2,
    ],
    [
      'a folder in no folder',
      ['-f', 'parquet', '-o', scratch.at('no/x')],
      '/no does not exist; create it',
      2,
    ],
    ['a missing archive', ['-f', 'csv', '-a', scratch.at('none')], 'there is no archive', 1],
  ])('%s', async (_, args, message, expected) => {
    const { code, stdout, stderr } = await runExport(...args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at /m);
    expect([code, stdout]).toEqual([expected, '']);
    expect(readdirSync(scratch.path).filter((name) => name.includes('partial'))).toEqual([]);
  });
});
