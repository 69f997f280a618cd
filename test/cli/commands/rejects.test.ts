import { readFile } from 'node:fs/promises';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { rejectedTexts, sendText } from '../records';
import { run } from '../run-command';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const objects = scratch.at('objects');
const deep = sendText('deep', { tags: { a: ['b'] } });
const hostile = '=SUM(1) \u001b[2J';
scratch.write('objects/one', [...rejectedTexts.map(([, text]) => text), sendText('a'), hostile].join('\n'));
scratch.write(
  'objects/two',
  Buffer.concat([Buffer.from(`${sendText('a')}\n${deep}\n`), Buffer.from([0xff])]),
);
const archive = scratch.at('archive.duckdb');

/** Ingests into a new archive with limits that reject deep records. */
async function shallow(name: string): Promise<string> {
  const file = scratch.at(name);
  await ingest(objects, { archive: file, workers: 0, limits: { maxDepth: 3 } });
  return file;
}

beforeAll(() => ingest(objects, { archive, workers: 0 }));

const rejects = (...args: string[]) => run(['rejects', '--archive', archive, ...args]);

/** Returns the values of NDJSON. */
const lines = (stdout: string): Record<string, unknown>[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const total = '5 rejects: 3 not-json, 1 invalid-event, 1 not-an-email-event';

describe('rejects', () => {
  it('writes one reject per line to a pipe, as read --rejects does', async () => {
    const { code, stdout, stderr } = await rejects();
    const file = scratch.at('read-rejects.ndjson');
    await run(['read', objects, '--rejects', file]);
    expect(stdout).toBe(await readFile(file, 'utf8'));
    expect(lines(stdout)[3]).toMatchObject({ reason: 'not-json', raw: hostile, envelopes: [], issues: [] });
    expect(lines(stdout)[4]).toMatchObject({ rawBase64: '/w==' });
    expect(lines(stdout)[4]).not.toHaveProperty('raw');
    expect([code, stderr]).toEqual([0, `${total}\n`]);
  });

  it('writes one JSON array of the same', async () => {
    const [json, ndjson] = await Promise.all([rejects('--format', 'json'), rejects()]);
    expect(JSON.parse(json.stdout)).toEqual(lines(ndjson.stdout));
  });

  it('writes CSV without the records', async () => {
    const { stdout } = await rejects('--format', 'csv', '--object', `${objects}/one`);
    const [header, first] = stdout.split('\r\n');
    expect(header).toBe(
      'object,byte_offset,byte_length,record_index,envelopes,reason,message,issues,firehose_error',
    );
    expect(first).toMatch(new RegExp(`^${objects}/one,0,\\d+,,,invalid-event,"?invalid Bounce event.*mail`));
    expect(stdout.match(/\r\n/g)).toHaveLength(5);
    expect(stdout).not.toContain('SUM');
  });

  it('shows a table without the records, and the number of all rejects', async () => {
    const { code, stdout, stderr } = await rejects('--format', 'table', '--limit', '4');
    expect(stdout).toMatch(/│ invalid-event +│ invalid Bounce event/);
    expect(stdout).not.toContain('SUM');
    expect(stdout).not.toContain('\u001b');
    expect([code, stderr]).toEqual([0, `${total}; showing the first 4\n`]);
  });

  it('shows that a limit of 0 shows none', async () => {
    const { code, stdout, stderr } = await rejects('--format', 'ndjson', '--limit', '0');
    expect([code, stdout, stderr]).toEqual([0, '', `${total}; showing none\n`]);
  });

  it.each([[[]], [['--duplicates']], [['--replay']]])(
    'fails for an object that the archive does not have: %j',
    async (operation) => {
      const { code, stdout, stderr } = await rejects(...operation, '--object', '/none');
      expect([code, stdout, stderr]).toEqual([
        1,
        '',
        `error: the archive ${archive} has no object /none: to list the names, run ` +
          `ses-events query 'SELECT object FROM objects' --archive ${archive}\n`,
      ]);
    },
  );

  it('finds a file by its relative name', async () => {
    const { stdout } = await run(['rejects', '--archive', archive, '--object', 'objects/two'], {
      cwd: scratch.path,
    });
    expect(lines(stdout)).toMatchObject([{ object: `${objects}/two`, reason: 'not-json' }]);
  });

  it.each([
    ['ndjson', ''],
    ['json', '[\n\n]\n'],
    ['csv', 'object,byte_offset,byte_length,record_index,envelopes,reason,message,issues,firehose_error\r\n'],
    ['table', ''],
  ])('%s of no rejects is complete', async (format, expected) => {
    const { code, stdout, stderr } = await rejects('--reason', 'invalid-envelope', '--format', format);
    expect([code, stdout, stderr]).toEqual([0, expected, '0 rejects\n']);
  });

  it('does not change the archive', async () => {
    await rejects('--duplicates');
    const { stdout } = await rejects();
    expect(lines(stdout)).toHaveLength(5);
  });
});

describe('rejects --duplicates', () => {
  it('lists the duplicate, with the occurrence that counts as the event', async () => {
    const { code, stdout, stderr } = await rejects('--duplicates');
    const kept = { object: `${objects}/one`, offset: expect.any(Number) };
    expect(lines(stdout)).toEqual([
      { id: expect.stringMatching(/^[0-9a-f]{32}$/), object: `${objects}/two`, offset: 0, kept },
    ]);
    expect([code, stderr]).toEqual([0, '1 duplicate of 1 event\n']);
  });

  it.each([
    [
      'csv',
      /^event_id,object,byte_offset,record_index,kept_object,[^\r]+\r\n[0-9a-f]{32},\S+two,0,,\S+one,\d+,\r\n$/,
    ],
    ['table', /│ event +│ dropped at +│[\s\S]*two +│ 0 +│ +│ \S+one +│ \d+/],
  ])('as %s', async (format, expected) => {
    const { stdout } = await rejects('--duplicates', '--format', format);
    expect(stdout).toMatch(expected);
  });
});

describe('rejects --replay', () => {
  it('recovers readable records, reports the others, and recovers nothing the next time', async () => {
    const file = await shallow('replayed.duckdb');
    const replay = (...args: string[]) => run(['rejects', '--archive', file, '--replay', ...args]);
    const first = await replay();
    expect(first).toEqual({
      code: 3,
      stdout: '',
      stderr:
        'replayed 6 rejects: 1 recovered (1 new event, 0 duplicates, 0 skipped), 5 still rejected; ' +
        'add --allow-rejects for exit code 0 instead of 3\n',
    });
    const second = await replay('--allow-rejects');
    expect(second).toEqual({
      code: 0,
      stdout: '',
      stderr: 'replayed 5 rejects: 0 recovered (0 new events, 0 duplicates, 0 skipped), 5 still rejected\n',
    });
  });

  it('exits with 0 when no reject remains', async () => {
    const file = await shallow('all.duckdb');
    const args = ['--replay', '--reason', 'record-too-deep', '--object', `${objects}/two`];
    const { code, stderr } = await run(['rejects', '-a', file, ...args]);
    expect(stderr).toContain('replayed 1 reject: 1 recovered (1 new event');
    expect(code).toBe(0);
  });

  it('shows the fix for rejects that are stored in part', async () => {
    const file = scratch.at('partial.duckdb');
    await ingest(objects, { archive: file, workers: 0, limits: { maxRecordBytes: 130, maxKeptBytes: 50 } });
    const { code, stderr } = await run(['rejects', '-a', file, '--replay', '--reason', 'record-too-large']);
    expect(stderr).toMatch(
      /^replayed (\d) rejects?: 0 recovered \(.*\), \1 still rejected; add --allow-rejects for exit code 0 instead of 3\n\1 of them are stored only in part: run ses-events ingest/,
    );
    expect(code).toBe(3);
    const again = await run(['ingest', objects, '-a', file]);
    expect(again.stderr).toContain('of them replaced');
  });
});

describe('invalid options of rejects', () => {
  it.each([
    ['a missing archive', ['-a', scratch.at('none.duckdb')], 'there is no archive', 1],
    ['an unknown reason', ['--reason', 'bad'], 'Allowed choices are damaged-json, not-json', 2],
    ['a limit that is not a number', ['--limit', 'x'], 'Expected a whole number, 0 or more, or all.', 2],
    ['a limit below 0', ['--limit', '-1'], 'Expected a whole number, 0 or more, or all.', 2],
    ['duplicates for a reason', ['--duplicates', '--reason', 'not-json'], 'cannot be used with', 2],
    ['a replay of duplicates', ['--duplicates', '--replay'], 'cannot be used with', 2],
    ['a replay with a format', ['--replay', '-f', 'csv'], 'cannot be used with', 2],
    ['parquet', ['-f', 'parquet'], 'Allowed choices are table, json, ndjson, csv', 2],
  ])('%s', async (_, args, message, expected) => {
    const { code, stdout, stderr } = await rejects(...args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at /m);
    expect([code, stdout]).toEqual([expected, '']);
  });
});
