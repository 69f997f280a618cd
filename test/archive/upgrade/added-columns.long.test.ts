import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { openDatabase } from '../../../consumer/archive/file/open';
import { type Column, fieldColumns } from '../../../consumer/archive/store/columns';
import { forget, prune } from '../../../consumer/queries';
import { fixtureKinds, fixtures } from '../../fixtures/load';
import { ArchiveFolder } from '../archive-folder';
import { olderArchive } from './older-build';
import { recordsById, rowsById } from './rows-by-id';

// Indented records are parsed; those on one line may be staged from their bytes, by a build that has all their columns.
const fresh = new ArchiveFolder();
let rows: Awaited<ReturnType<typeof rowsById>>;
let records: Awaited<ReturnType<typeof recordsById>>;

beforeAll(async () => {
  const texts = fixtureKinds.slice(0, 15).flatMap((kind) => fixtures(kind).map(([, , text]) => text));
  fresh.write('printed.json', texts.join(''));
  fresh.write('lines.json', texts.map((text) => `${JSON.stringify(JSON.parse(text))}\n`).join(''));
  fresh.write('exact.json', texts.map((text) => text.replace('{', '{ "exact": 1.0,')).join('')); // their bytes are kept
  await fresh.ingest();
  rows = await rowsById(fresh);
  records = await recordsById(fresh);
});

it('the fixtures have a value for every column', () => {
  for (const { name } of fieldColumns)
    expect([name, [...rows.values()].some((row) => row[name] !== null)]).toEqual([name, true]);
});

const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** The parts that a build without this column lacks. It stores the values in `extra`. */
const without = (name: string) => ({
  columns: [name],
  paths: (column: Column) => (column.name === name ? [] : column.paths),
});

describe.each(fieldColumns.map(({ name }) => name))('an archive without the column %s', (name) => {
  let folder: ArchiveFolder;
  beforeAll(async () => {
    folder = await olderArchive(fresh.objects, without(name));
  });

  it('is read without values in it, and the file is unchanged', async () => {
    const before = digest(folder.archive);
    expect(await recordsById(folder)).toEqual(records);
    const found = await rowsById(folder);
    expect(new Set([...found.values()].map((row) => row[name]))).toEqual(new Set([null]));
    expect(digest(folder.archive)).toBe(before);
    expect(readdirSync(folder.path).sort()).toEqual(['archive.duckdb', 'objects']);
  });

  it('has the rows of a fresh ingest after it is opened for writing', async () => {
    (await openDatabase(folder.archive)).close();
    expect(await rowsById(folder)).toEqual(rows);
    expect(await recordsById(folder)).toEqual(records);
    expect(readdirSync(folder.path).sort()).toEqual(['archive.duckdb', 'objects']);
  });
});

describe('an archive without the columns of headers and times', () => {
  it('has the same result as a fresh one in a dry run of forget and prune', async () => {
    const columns = ['event_time', 'destination', 'headers', 'header_to', 'configuration_set'];
    const folder = await olderArchive(fresh.objects, {
      columns,
      paths: ({ name, paths }) => (columns.includes(name) ? [] : paths),
    });
    const dryRun = ({ archive }: ArchiveFolder) => forget('ana@example.com', { archive, dryRun: true });
    const { pseudonym: _, columns: changed, ...found } = await dryRun(folder);
    const { pseudonym: __, columns: ofFresh, ...expected } = await dryRun(fresh);
    expect(found).toEqual(expected);
    expect(changed).toMatchObject({ 'event_rows.extra': expect.any(Number) });
    expect(ofFresh).toMatchObject({ 'event_rows.destination': expect.any(Number) });
    const none = await prune(new Date('2020-01-01'), { archive: folder.archive, dryRun: true });
    expect(none).toMatchObject({ events: 0, occurrences: 0 }); // without an event time: by the time of the ingest
  });
});

describe('an archive without a stored layout', () => {
  it.each(['event_time', 'configuration_set', 'tags', 'bounced_recipients', 'user_agent'])(
    'and without the column %s has the rows of a fresh ingest after it is opened for writing',
    async (name) => {
      const folder = await olderArchive(fresh.objects, without(name), { hasLayout: false });
      (await openDatabase(folder.archive)).close();
      expect(await rowsById(folder)).toEqual(rows);
    },
  );

  it('and with all columns keeps its rows', async () => {
    const folder = await olderArchive(
      fresh.objects,
      { columns: [], paths: ({ paths }) => paths },
      { hasLayout: false },
    );
    const places = () => folder.rows('SELECT rowid, event_id FROM event_rows ORDER BY rowid');
    const before = await places();
    (await openDatabase(folder.archive)).close();
    expect(await places()).toEqual(before);
  });
});
