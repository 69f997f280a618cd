import { maxDays, timeBefore } from '../../../consumer/archive/erasure/age';
import { replayRejects } from '../../../consumer/archive/rejects/replay';
import { sendText } from '../../cli/records';
import { run } from '../../cli/run-command';
import { ArchiveFolder } from '../archive-folder';

const now = new Date('2026-03-31T12:00:00Z');

describe('an age', () => {
  it.each([
    ['400d', '2025-02-24T12:00:00.000Z'],
    ['1D', '2026-03-30T12:00:00.000Z'],
    ['2w', '2026-03-17T12:00:00.000Z'],
    ['P400D', '2025-02-24T12:00:00.000Z'],
    ['P2W', '2026-03-17T12:00:00.000Z'],
    ['P1M', '2026-02-28T12:00:00.000Z'],
    ['P13M', '2025-02-28T12:00:00.000Z'],
    ['P2Y', '2024-03-31T12:00:00.000Z'],
    ['P1Y1M1D', '2025-02-27T12:00:00.000Z'],
  ])('of %s is before %s', (duration, expected) => {
    expect(timeBefore(duration, now)).toEqual(new Date(expected));
  });

  it.each(['', 'd', '0d', '-1d', '1.5d', '400', '400 d', '1h', 'PT1H', 'P', 'P0D', 'P1', '400days'])(
    'cannot be %j',
    (duration) => {
      expect(timeBefore(duration, now)).toBeUndefined();
    },
  );

  it.each(['9000000d', '999999999999999999999d', 'P9999Y', 'P99999999999999999999M'])(
    'is too long as %s',
    (duration) => {
      expect(timeBefore(duration, now)).toBe('too long');
    },
  );

  it('has a maximum, which ends in year 1', () => {
    expect(timeBefore(`${maxDays(now)}d`, now)).toEqual(new Date('0001-01-01T12:00:00.000Z'));
    expect(timeBefore(`${maxDays(now) + 1}d`, now)).toBe('too long');
  });
});

const day = 24 * 60 * 60 * 1000;
const daysAgo = (days: number) => new Date(Date.now() - days * day).toISOString();

/** An archive with old and new events and rejects; its second object is 500 days old in the ledger. */
async function filled(): Promise<ArchiveFolder> {
  const folder = new ArchiveFolder();
  const old = sendText('old-secret', { timestamp: daysAgo(401) });
  folder.write(
    'a.json',
    `${old}\n${sendText('new', { timestamp: daysAgo(399) })}\n${sendText('timeless', { timestamp: 'never' })}\nrejected-new\n`,
  );
  folder.write('b.json', `${sendText('timeless-secret', { timestamp: 'never' })}\n${old}\nrejected-secret\n`);
  await folder.ingest();
  await folder.run(
    "UPDATE objects SET ingested_at = ingested_at - INTERVAL 500 DAY WHERE object LIKE '%b.json'",
  );
  return folder;
}

const prune = (folder: ArchiveFolder, ...more: string[]) =>
  run(['forget', '--older-than', '400d', '--archive', folder.archive, ...more]);

async function contents(folder: ArchiveFolder) {
  const names = async (query: string) => (await folder.rows<{ name: string }>(query)).map(({ name }) => name);
  return {
    events: await names('SELECT message_id AS name FROM events ORDER BY name'),
    occurrences: await names(
      'SELECT message_id AS name FROM event_occurrences JOIN events USING (event_id) ORDER BY name',
    ),
    strayOccurrences: await names(
      'SELECT event_id AS name FROM event_occurrences ANTI JOIN events USING (event_id)',
    ),
    rejects: await names('SELECT decode(raw) AS name FROM rejects ORDER BY name'),
    objects: (await folder.rows('FROM objects')).length,
  };
}

describe('ses-events forget --older-than', () => {
  it('deletes events by event time, events without a time and rejects by the time of the ingest, and keeps the ledger', async () => {
    const folder = await filled();
    const before = await contents(folder);
    const dry = await prune(folder, '--dry-run');
    expect(await contents(folder)).toEqual(before);

    const { code, stdout, stderr } = await prune(folder);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      isDryRun: false,
      before: expect.any(String),
      events: 2,
      occurrences: 3,
      rejects: 1,
    });
    expect(JSON.parse(dry.stdout)).toMatchObject({ isDryRun: true, events: 2, occurrences: 3, rejects: 1 });
    expect(stderr).toContain('deleted 2 events, 3 occurrences, 1 reject older than');
    const after = {
      events: ['new', 'timeless'],
      occurrences: ['new', 'timeless'],
      strayOccurrences: [],
      rejects: ['rejected-new'],
      objects: 2,
    };
    expect(await contents(folder)).toEqual(after);

    await folder.ingest();
    expect(await contents(folder)).toEqual(after);
    expect(JSON.parse((await prune(folder)).stdout)).toMatchObject({ events: 0, occurrences: 0, rejects: 0 });
  });

  describe('adds no pruned event when an object is read again', () => {
    const old = sendText('old', { timestamp: daysAgo(401) });
    const recent = sendText('recent', { timestamp: daysAgo(399) });
    const large = sendText('l'.repeat(2_000), { timestamp: daysAgo(1) });
    const limits = { maxRecordBytes: 1_500, maxKeptBytes: 100 };
    const names = async (folder: ArchiveFolder) => (await contents(folder)).events;

    async function pruned(): Promise<ArchiveFolder> {
      const folder = new ArchiveFolder();
      folder.write('a.json', [old, recent, large].join('\n'));
      await folder.ingest({ limits });
      expect((await prune(folder)).code).toBe(0);
      expect(await names(folder)).toEqual(['recent']);
      return folder;
    }

    it('because of repeated replays', async () => {
      const folder = await pruned();
      for (const wider of [limits, undefined]) {
        expect(await replayRejects({ archive: folder.archive })).toMatchObject({ partial: 1 });
        const { newEvents, duplicates, erasedEvents } = await folder.ingest({ limits: wider });
        expect({ newEvents, duplicates, erasedEvents }).toEqual({
          newEvents: wider === undefined ? 1 : 0,
          duplicates: 1,
          erasedEvents: 1,
        });
      }
      expect(await contents(folder)).toMatchObject({
        events: ['l'.repeat(2_000), 'recent'],
        occurrences: ['l'.repeat(2_000), 'recent'],
        rejects: [],
      });
    });

    it('because it changed, and adds its new events', async () => {
      const folder = await pruned();
      folder.write('a.json', [old, recent, old, sendText('added', { timestamp: daysAgo(2) })].join('\n'));
      expect(await folder.ingest()).toMatchObject({ newEvents: 1, duplicates: 1, erasedEvents: 2 });
      expect(await names(folder)).toEqual(['added', 'recent']);
    });

    it('although a new object contains the same event', async () => {
      const folder = await pruned();
      folder.write('a.json', [old, recent].join('\n'));
      folder.write('b.json', old);
      expect(await folder.ingest()).toMatchObject({ newEvents: 1, duplicates: 1, erasedEvents: 1 });
      expect(await contents(folder)).toMatchObject({
        events: ['old', 'recent'],
        occurrences: ['old', 'recent'],
      });
    });

    it('after a prune with a later or an earlier cutoff', async () => {
      const folder = await pruned();
      for (const age of ['1000d', '398d']) await prune(folder, '--older-than', age);
      folder.write('a.json', [old, recent].join('\n'));
      expect(await folder.ingest()).toMatchObject({ newEvents: 0, erasedEvents: 2 });
    });
  });

  it('shows a table with --format table', async () => {
    const { stdout } = await prune(await filled(), '--format', 'table', '--dry-run');
    expect(stdout).toMatch(/would be deleted, older than 20\d\d-/);
    expect(stdout).toMatch(/events\s*│\s*2/);
  });
});

it('the ingest time of an object is in UTC in every time zone', async () => {
  const folder = new ArchiveFolder();
  folder.write('a.json', sendText('m'));
  await run(['ingest', folder.objects, '--archive', folder.archive], { env: { TZ: 'Pacific/Kiritimati' } });
  const [row] = await folder.rows<{ ingested_at: Date }>('SELECT ingested_at FROM objects');
  expect(Math.abs(Date.now() - Number(row?.ingested_at))).toBeLessThan(day / 24);
});
