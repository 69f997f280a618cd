import { ingest } from '../../../consumer/archive/ingest/ingest';
import { run } from '../run-command';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');

/** Complaints around the midnight of Berlin, before and after the clocks go forward. */
const times = ['2026-03-28T22:59:59.000Z', '2026-03-28T23:00:00.000Z', '2026-03-29T22:30:00.000Z'];
const events = times.map((timestamp, index) => ({
  eventType: 'Complaint',
  mail: { timestamp, messageId: `m${index}`, destination: ['ana@example.com'] },
  complaint: {
    timestamp,
    complainedRecipients: [{ emailAddress: 'ana@example.com' }],
    feedbackId: `f${index}`,
  },
}));

beforeAll(async () => {
  scratch.write('objects/a', events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  await ingest(scratch.at('objects'), { archive, workers: 0 });
});

const berlin = ['--timezone', 'Europe/Berlin'];
const since = ['--since', '2026-03-29', '--until', '2026-03-30'];
const csv = ['--format', 'csv'];

/** Returns the times in an output, in their order. */
const timesIn = (output: string) => output.match(/2026-03-\d\d[T ][\d:.]+Z?/g) ?? [];

describe('--timezone', () => {
  it.each([
    ['read', [scratch.at('objects'), '--format', 'ndjson']],
    ['export', ['--archive', archive, ...csv]],
    ['ask', ['complaints', '--archive', archive, ...csv]],
    ['trace', ['ana@example.com', '--archive', archive, ...csv]],
    ['suppress', ['--archive', archive, '--dry-run']],
  ])('is the zone of the days of %s, before and after them', async (command, args) => {
    const [before, after, utc] = await Promise.all([
      run([command, ...args, ...berlin, ...since]),
      run([command, ...args, ...since, ...berlin]),
      run([command, ...args, ...since]),
    ]);
    expect([before.code, after.code, utc.code]).toEqual([0, 0, 0]);
    expect(before.stdout).toBe(after.stdout);
    expect(before.stdout).not.toBe(utc.stdout);
    const found = new Set(timesIn(before.stdout));
    if (command === 'suppress')
      expect([...found]).toEqual(['2026-03-28 23:00:00.000', '2026-03-29 22:00:00.000']);
    else expect([...found]).toEqual([times[1]]);
  });

  it('does not change times with an offset', async () => {
    const args = ['suppress', '--dry-run', '--since', '2026-03-29T00:00Z'];
    expect((await run([...args, ...berlin])).stdout).toBe((await run(args)).stdout);
  });

  it('is named above a table of ask, with the time range and the times of the table in it', async () => {
    const args = ['ask', 'complaints', '--archive', archive, '--format', 'table', ...since, ...berlin];
    const { stdout } = await run(args);
    expect(stdout).toContain(
      '\nsince 2026-03-29 00:00:00, until 2026-03-30 00:00:00 (Europe/Berlin): by event time\n',
    );
    expect(timesIn(stdout).slice(2)).toEqual(['2026-03-29 00:00:00']);
    const { stdout: all } = await run(['ask', 'complaints', '--archive', archive, '--format', 'table']);
    expect(all).toContain('\nall time (UTC): by event time\n');
    expect(timesIn(all)).toContain('2026-03-28 23:00:00');
  });

  it('is the zone of the days of an answer', async () => {
    const args = ['ask', 'daily', '--archive', archive, ...csv];
    const days = ({ stdout }: { stdout: string }) => stdout.match(/2026-03-\d\d/g);
    expect(days(await run(args))).toEqual(['2026-03-28', '2026-03-29']);
    expect(days(await run([...args, ...berlin]))).toEqual(['2026-03-28', '2026-03-29', '2026-03-30']);
  });

  it('is in the SQL for both engines, in the usual spelling', async () => {
    const args = ['ask', 'daily', '--dry-run', '--timezone', 'europe/berlin'];
    const [duckdb, athena] = await Promise.all([run(args), run([...args, '--engine', 'athena'])]);
    expect(duckdb.stdout).toContain(
      "date_trunc('day', (event_time AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Berlin'))",
    );
    expect(athena.stdout).toContain(
      "date_trunc('day', CAST(at_timezone(with_timezone(event_time, 'UTC'), 'Europe/Berlin') AS timestamp(3)))",
    );
  });

  it('is named above a timeline, whose times are in it', async () => {
    const args = ['trace', 'ana@example.com', '--archive', archive, '--format', 'table'];
    const [utc, local] = await Promise.all([run(args), run([...args, ...berlin])]);
    expect(utc.stdout).toMatch(/^ana@example\.com\n\n/);
    expect(timesIn(utc.stdout)[0]).toBe('2026-03-28 22:59:59');
    expect(local.stdout).toMatch(/^ana@example\.com, times in Europe\/Berlin\n\n/);
    expect(timesIn(local.stdout)).toEqual([
      '2026-03-28 23:59:59',
      '2026-03-29 00:00:00',
      '2026-03-30 00:30:00',
    ]);
  });

  it('does not count as a filter of an empty answer', async () => {
    const { stderr } = await run(['ask', 'links', '--archive', archive, ...berlin]);
    expect(stderr).toMatch(/^0 rows: no matching events; /);
  });

  it.each([
    ['read', [scratch.at('objects')]],
    ['export', ['--archive', archive, ...csv]],
  ])('requires a time range in %s', async (command, args) => {
    const { code, stdout, stderr } = await run([command, ...args, ...berlin]);
    expect(stderr).toContain('error: --timezone requires --since or --until\ntry: ses-events ');
    expect(stderr).not.toContain('Europe/Berlin');
    expect([code, stdout]).toEqual([2, '']);
  });

  it.each([
    ['Berlin', 'Expected UTC, or the IANA name of a time zone, such as Europe/Berlin', 'Europe/Berlin'],
    ['CET', 'Expected UTC, or the IANA name of a time zone, such as Europe/Berlin', undefined],
    ["UTC' OR true --", "argument 'UTC' OR true --' is invalid.", undefined],
  ])('rejects %s, with the closest name where there is one', async (zone, message, meant) => {
    const { code, stdout, stderr } = await run(['ask', 'daily', '--timezone', zone]);
    expect(stderr).toContain(message);
    if (meant === undefined) expect(stderr).not.toContain('Did you mean');
    else expect(stderr).toContain(`(Did you mean ${meant}?)`);
    expect(stderr.includes(`try: ses-events ask daily --timezone ${meant}`)).toBe(meant !== undefined);
    expect([code, stdout]).toEqual([2, '']);
  });
});
