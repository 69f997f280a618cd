import { AthenaFixture } from '../../queries/engines/athena/athena-fixture';
import { pagesOf, succeeded } from '../../queries/engines/athena/fake-athena';
import { run } from '../run-command';

const fixture = new AthenaFixture();
const address = 'ana@example.com';

/** Runs the command against the fake Athena. */
function forget(...args: string[]) {
  const place = ['--workgroup', 'email-events', '--database', 'email_events', '--region', 'eu-west-1'];
  return run(['forget', '--engine', 'athena', ...place, '--endpoint', fixture.athena.endpoint, ...args]);
}

const started = () =>
  fixture.athena.inputs('StartQueryExecution').map(({ QueryString }) => String(QueryString));

/** Answers with a catalog without tombstones, in which no event mentions anyone. */
function empty(): void {
  fixture.athena.script = (sql) =>
    sql.startsWith('SELECT')
      ? { states: succeeded(1000), pages: pagesOf([['none', 'varchar']], []) }
      : { states: succeeded() };
}

describe('forget --engine athena', () => {
  it('stores the tombstone first, searches, and removes old files', async () => {
    empty();
    const { code, stdout, stderr } = await forget(address);
    const statements = started();
    expect(
      statements.map((sql) => /^(?:MERGE INTO|ALTER TABLE|OPTIMIZE|VACUUM|SELECT) \w+/.exec(sql)?.[0]),
    ).toEqual([
      'SELECT address_hash',
      'MERGE INTO archive_tombstones',
      'SELECT address_hash',
      'SELECT event_id',
      'OPTIMIZE event_archive',
      'SELECT count',
      'VACUUM event_archive',
    ]);
    expect(statements.filter((sql) => sql.includes(address))).toEqual([]);
    const { pseudonym, ...report } = JSON.parse(stdout);
    expect(pseudonym).toMatch(/^forgotten-[0-9a-f]{12}@forgotten\.invalid$/);
    expect(report).toEqual({
      isDryRun: false,
      eventsChanged: 0,
      eventsRemoved: 0,
      eventsRejected: 0,
      unmergedFiles: 0,
      objects: [],
    });
    expect(stderr).toMatch(/^archive: changed 0 events, removed 0 events\nscanned /);
    expect(code).toBe(0);
  });

  it('changes nothing in a dry run', async () => {
    empty();
    const { stdout, stderr } = await forget(address, '--dry-run');
    expect(started().every((sql) => sql.startsWith('SELECT'))).toBe(true);
    expect(JSON.parse(stdout)).not.toHaveProperty('pseudonym');
    expect(stderr).toContain('archive: dry run: would change 0 events, remove 0 events\n');
  });

  it('does nothing with --again when nobody was erased', async () => {
    empty();
    expect((await forget('--again')).code).toBe(0);
    expect(started()).toHaveLength(1);
  });

  it('reports a catalog without an archive', async () => {
    fixture.athena.script = () => ({
      states: [{ Status: { State: 'FAILED', StateChangeReason: 'TABLE_NOT_FOUND: no' } }],
    });
    const { code, stderr } = await forget(address);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining(
        'the catalog has no table archive_tombstones: create it with ses-events compact',
      ),
    ]);
  });

  it.each([
    [[], 'an address or --again is required'],
    [[address, '--again'], '--again takes no address'],
    [['--again', '--objects', '.'], '--again takes no address, --objects or --remove'],
    [[address, '--older-than', '400d'], 'set archiveRetentionDays in the deployment'],
    [[address, '--archive', 'a.duckdb'], '--archive cannot be combined with --engine athena'],
    [[address, '--manifest', 'm'], '--manifest requires --objects'],
    [[address, '--objects', '.', '--all-objects'], '--all-objects requires an archive file'],
    [['ana'], '"ana" is not a valid email address'],
  ])('rejects %j', async (args, message) => {
    const { code, stderr } = await forget(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(started()).toEqual([]);
  });

  it.each([['--again'], ['--workgroup', 'w'], ['--terraform-outputs', 'o.json']])(
    'requires --engine athena for %s',
    async (...args) => {
      const { code, stderr } = await run(['forget', address, ...args]);
      expect([code, stderr]).toEqual([2, expect.stringContaining(`${args[0]} requires --engine athena`)]);
    },
  );
});
