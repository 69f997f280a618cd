import { readFileSync } from 'node:fs';
import { openDatabase } from '../../../consumer/archive/file/open';
import { blockOfKind, type Column, fieldColumns } from '../../../consumer/archive/store/columns';
import { type EventKind, eventKinds } from '../../../consumer/events';
import { type FixtureKind, fixtureKinds, fixtures } from '../../fixtures/load';
import { ArchiveFolder } from '../archive-folder';
import { dropColumns, inOlderBuild, olderArchive } from './older-build';
import { recordsById, rowsById } from './rows-by-id';

/** The parts that a build without a kind lacks: the columns of its block. */
function without(kind: EventKind) {
  const isForeign = (path: string) => path.split('.')[0] !== blockOfKind[kind];
  const isOwn = ({ paths, copiedFrom }: Column) =>
    paths.length > 0 && copiedFrom === undefined && !paths.some(isForeign);
  return {
    kind,
    columns: (fieldColumns as readonly Column[]).filter(isOwn).map(({ name }) => name),
    paths: ({ paths }: Column) => paths.filter(isForeign),
  };
}

/** The folder of a kind's fixtures. */
const folderOf = (kind: EventKind) =>
  fixtureKinds.find((folder) => folder.replaceAll('-', '') === kind.replace(' ', '').toLowerCase()) ??
  'unknown';

/** The fixtures that are valid events for every build. */
const eventFixtures = [...fixtureKinds.slice(0, 15), 'eventbridge'] as const;

/** A fresh archive of fixtures, indented and with stored bytes. */
async function freshArchive(kinds: readonly FixtureKind[]): Promise<ArchiveFolder> {
  const folder = new ArchiveFolder();
  const texts = kinds.flatMap((kind) => fixtures(kind).map(([, , text]) => text));
  folder.write('printed.json', texts.join(''));
  folder.write('exact.json', texts.map((text) => text.replace('{', '{ "exact": 1.0,')).join(''));
  await folder.ingest();
  return folder;
}

const countOf = async (folder: ArchiveFolder, condition: string) =>
  Number((await folder.rows(`SELECT count(*) AS count FROM events WHERE ${condition}`))[0]?.count);

describe.each(eventKinds)('an archive of a build without the kind %s', (kind) => {
  let fresh: ArchiveFolder;
  let folder: ArchiveFolder;
  beforeAll(async () => {
    // For a build without a kind, its legacy notifications are not events.
    fresh = await freshArchive(eventFixtures.filter((name) => name !== `legacy-${folderOf(kind)}`));
    folder = await olderArchive(fresh.objects, without(kind));
  });

  it('is read with these events as unknown events', async () => {
    expect(await countOf(folder, `event_type = '${kind}'`)).toBe(0);
    expect(await countOf(folder, `event_type = 'Unknown' AND record_type = '${kind}'`)).toBeGreaterThan(1);
    expect(await recordsById(folder)).toEqual(await recordsById(fresh));
  });

  it('has the rows of a fresh ingest after it is opened for writing', async () => {
    const occurrences = () => folder.rows('FROM occurrences ORDER BY ALL');
    const before = await occurrences();
    (await openDatabase(folder.archive)).close();
    expect(await rowsById(folder)).toEqual(await rowsById(fresh));
    expect(await recordsById(folder)).toEqual(await recordsById(fresh));
    expect(await countOf(folder, `event_type = '${kind}' AND raw IS NOT NULL`)).toBeGreaterThan(0);
    expect(await countOf(folder, `event_type = '${kind}' AND event_time IS NULL`)).toBe(
      await countOf(fresh, `event_type = '${kind}' AND event_time IS NULL`),
    );
    expect(await occurrences()).toEqual(before);
    expect(await folder.ingest({ source: fresh.objects })).toMatchObject({ newEvents: 0, removedEvents: 0 });
  });
});

describe('a build without the kind Open', () => {
  it('rejects an archive that can have rows of that kind, without a change', async () => {
    const { archive } = await freshArchive(['open']);
    const before = readFileSync(archive);
    await inOlderBuild(without('Open'), async ({ ingest, readArchive }) => {
      const message = /has the kind Open, which this ses-events does not support: install a newer version/;
      await expect(ingest(__dirname, { archive, workers: 0 })).rejects.toThrow(message);
      await expect(readArchive(archive, {}, async () => {})).rejects.toThrow(message);
    });
    expect(readFileSync(archive).equals(before)).toBe(true);
  });
});

describe('an event of a kind that an older build did not support', () => {
  it('remains an unknown event when it is invalid for this build, with and without stored bytes', async () => {
    const invalid =
      '{ "eventType": "Open", "mail": { "timestamp": "2026-03-04T05:06:07.890Z", "messageId": "m" } }';
    const source = new ArchiveFolder();
    source.write('invalid.json', `${invalid}\n${invalid.replace('"m"', '"n", "exact": 1.0')}\n`);
    const folder = await olderArchive(source.objects, without('Open'));
    const records = await recordsById(folder);
    expect(records.size).toBe(2);
    (await openDatabase(folder.archive)).close();
    expect(await recordsById(folder)).toEqual(records);
    expect((await folder.events()).map(({ event }) => event)).toEqual([
      expect.objectContaining({ eventType: 'Unknown', recordType: 'Open' }),
      expect.objectContaining({ eventType: 'Unknown', recordType: 'Open' }),
    ]);
  });

  it('keeps its id after an erasure has changed its bytes', async () => {
    const source = new ArchiveFolder();
    source.write(
      'bounces.json',
      fixtures('bounce')
        .map(([, , text]) => text)
        .join(''),
    );
    const folder = new ArchiveFolder();
    const address = 'not-in-the-fixtures@example.com';
    source.write('bounce.json', JSON.stringify(bounceOf(address), undefined, 1));
    await inOlderBuild(without('Bounce'), async ({ ingest, forget }) => {
      await ingest(source.objects, { archive: folder.archive, workers: 0 });
      expect(await forget(address, { archive: folder.archive })).toMatchObject({ eventsChanged: 1 });
    });
    await dropColumns(folder.archive, without('Bounce').columns, true);
    const records = await recordsById(folder);
    (await openDatabase(folder.archive)).close();
    expect(await recordsById(folder)).toEqual(records);
    expect(await countOf(folder, "event_type = 'Bounce'")).toBe(records.size);
    expect(JSON.stringify([...records])).not.toContain(address);
  });
});

function bounceOf(emailAddress: string) {
  return {
    eventType: 'Bounce',
    mail: { timestamp: '2026-03-04T05:06:07.890Z', messageId: 'm', destination: [emailAddress] },
    bounce: {
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [{ emailAddress }],
      timestamp: '2026-03-04T05:06:08.000Z',
      feedbackId: 'f',
    },
  };
}
