import { AthenaFixture } from '../../queries/engines/athena/athena-fixture';
import { pagesOf, succeeded } from '../../queries/engines/athena/fake-athena';
import { run } from '../run-command';

const fixture = new AthenaFixture();
const started = () =>
  fixture.athena.inputs('StartQueryExecution').map(({ QueryString }) => String(QueryString));

/** Runs the command against the fake Athena. */
function compact(...args: string[]) {
  const place = ['--workgroup', 'email-events', '--database', 'email_events', '--region', 'eu-west-1'];
  return run(['compact', '--engine', 'athena', ...place, '--endpoint', fixture.athena.endpoint, ...args]);
}

/** Recorded days, before and after the command. */
function recorded(before: readonly string[] | undefined, after: readonly string[]): void {
  let lookUps = 0;
  fixture.athena.script = (sql) => {
    if (!sql.startsWith('SELECT CAST(arrival_day')) return { states: succeeded(1000) };
    const days = lookUps++ === 0 ? before : after;
    if (days === undefined)
      return { states: [{ Status: { State: 'FAILED', StateChangeReason: 'TABLE_NOT_FOUND: no' } }] };
    return {
      states: succeeded(),
      pages: pagesOf(
        [['arrival_day', 'varchar']],
        days.map((day) => [day]),
      ),
    };
  };
}

/** The kinds of the statements that change something, in order. */
const changes = () =>
  started().flatMap(
    (sql) => /^(?:CREATE TABLE IF NOT EXISTS|MERGE INTO|OPTIMIZE|VACUUM) \w+/.exec(sql)?.[0] ?? [],
  );

describe('compact', () => {
  it('creates the tables, merges and records the days, and joins files', async () => {
    recorded(undefined, ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04']);
    const { code, stderr } = await compact(
      ...['--since', '2026-03-01', '--until', '2026-03-04', '--location', 's3://email-events/archive'],
    );
    expect(changes()).toEqual([
      'CREATE TABLE IF NOT EXISTS event_archive',
      'CREATE TABLE IF NOT EXISTS archive_windows',
      'CREATE TABLE IF NOT EXISTS archive_tombstones',
      ...['MERGE INTO event_archive', 'MERGE INTO event_archive', 'MERGE INTO archive_windows'],
      ...['MERGE INTO event_archive', 'MERGE INTO event_archive', 'MERGE INTO archive_windows'],
      ...['OPTIMIZE event_archive', 'VACUUM event_archive'],
      ...['OPTIMIZE archive_windows', 'VACUUM archive_windows'],
    ]);
    expect(
      started().filter((sql) => sql.includes("LOCATION 's3://email-events/archive/event_archive/'")),
    ).toHaveLength(1);
    expect(stderr).toMatch(/^4 days merged; 4 days complete\nscanned 12\.7 KiB, /);
    expect(code).toBe(0);
  });

  it('skips recorded days, names the open ones, and merges recorded ones with --again', async () => {
    const days = ['2026-03-01', '2026-03-03'];
    recorded(days, days);
    const { stderr } = await compact('--until', '2026-03-03');
    expect(stderr).toContain('1 day merged; 0 days complete; answers also read the lines of 2026-03-02\n');
    expect(started().filter((sql) => sql.includes("dt >= CAST(DATE '2026-03-02' AS varchar)"))).toHaveLength(
      3,
    );
    recorded(days, days);
    expect((await compact('--until', '2026-03-03', '--again')).stderr).toContain(
      '3 days merged; 2 days complete',
    );
  });

  it('merges and records each day alone if several exceed the scan limit', async () => {
    recorded([], ['2026-03-01', '2026-03-02']);
    const answered = fixture.athena.script;
    const limit = { State: 'CANCELLED', StateChangeReason: 'Bytes scanned limit was exceeded' } as const;
    const isLong = (sql: string) => sql.includes("DATE '2026-03-01'") && sql.includes("DATE '2026-03-02'");
    fixture.athena.script = (sql) => (isLong(sql) ? { states: [{ Status: limit }] } : answered(sql));
    const { code, stderr } = await compact('--since', '2026-03-01', '--until', '2026-03-02');
    expect(stderr).toMatch(/^2 days merged; 2 days complete\n/);
    expect(code).toBe(0);
    const merged = started().filter((sql) => sql.startsWith('MERGE INTO event_archive') && !isLong(sql));
    expect(merged.map((sql) => /dt >= CAST\((DATE '[\d-]+')/.exec(sql)?.[1])).toEqual([
      "DATE '2026-03-01'",
      "DATE '2026-03-02'",
      "DATE '2026-03-01'",
      "DATE '2026-03-02'",
    ]);
  });

  it('fails if a day exceeds the scan limit', async () => {
    recorded([], []);
    const limit = { State: 'CANCELLED', StateChangeReason: 'Bytes scanned limit was exceeded' } as const;
    const answered = fixture.athena.script;
    fixture.athena.script = (sql) =>
      sql.startsWith('MERGE') ? { states: [{ Status: limit }] } : answered(sql);
    const { code, stderr } = await compact('--since', '2026-03-01', '--until', '2026-03-02');
    expect([code, stderr]).toEqual([1, expect.stringContaining('exceeded the scan limit of the workgroup')]);
  });

  it('does nothing when all days are recorded', async () => {
    recorded(['2026-03-01'], []);
    expect((await compact('--until', '2026-03-01')).stderr).toMatch(
      /^nothing to merge: all days are in the archive\n/,
    );
    expect(changes()).toEqual([]);
  });

  it.each(['VACUUM', 'OPTIMIZE'])('repeats %s while files remain', async (keyword) => {
    recorded(['2026-03-01'], []);
    const { script } = fixture.athena;
    let runs = 0;
    fixture.athena.script = (sql) =>
      sql.startsWith(`${keyword} event_archive`) && ++runs < 3
        ? {
            states: [
              {
                Status: { State: 'FAILED', StateChangeReason: `ICEBERG_${keyword}_MORE_RUNS_NEEDED: again` },
              },
            ],
          }
        : script(sql);
    expect((await compact('--until', '2026-03-02')).code).toBe(0);
    expect(runs).toBe(3);
  });

  it.each([
    [['--since', '2026-03-01'], undefined, 'name the folder to create them in'],
    [['--location', 's3://b/a/'], undefined, 'the archive is empty: name the first day of arrival'],
    [[], [], 'the archive is empty: name the first day of arrival'],
  ])('with %j and the recorded days %j fails before it changes anything', async (args, days, message) => {
    recorded(days, []);
    const { code, stderr } = await compact(...args);
    expect(stderr).toContain(message);
    expect([code, changes()]).toEqual([1, []]);
  });

  it.each([
    [['--location', '/var/archive'], 'expected a folder in a bucket'],
    [['--location', "s3://bucket/it's/"], 'expected a folder in a bucket'],
    [['--late-days', '0'], 'Expected a whole number of days, from 1 to 14.'],
    [['--until', '2999-01-01'], '--until 2999-01-01: the last day can be yesterday'],
    [['--until', '2026-02-01'], '--since 2026-03-01 is after --until 2026-02-01'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await compact('--since', '2026-03-01', ...args);
    expect(stderr).toContain(message);
    expect([code, started()]).toEqual([2, []]);
  });

  it('requires Athena', async () => {
    const { code, stderr } = await run(['compact', '--since', '2026-03-01']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('compact requires --engine athena')]);
  });

  it('prints the statements of a dry run, and sends nothing', async () => {
    const { stdout } = await compact('--since', '2026-03-01', '--until', '2026-03-01', '--dry-run');
    expect(stdout).toMatch(/^-- merging 2026-03-01\nMERGE INTO event_archive AS archived\n/);
    expect(stdout).toContain(
      ';\n\n-- merging 2026-03-01, other event times\nMERGE INTO event_archive AS archived\n',
    );
    expect(stdout).toMatch(/;\n\n-- removing old files of archive_windows\nVACUUM archive_windows;\n$/);
    expect(started()).toEqual([]);
  });

  it('requires the first day for a dry run', async () => {
    const { code, stderr } = await compact('--dry-run');
    expect([code, stderr]).toEqual([2, expect.stringContaining('--dry-run requires --since')]);
  });
});
