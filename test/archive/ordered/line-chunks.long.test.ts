import { join } from 'node:path';
import { type EventForm, linesQuery } from '../../../consumer/archive/export/event-lines';
import { readArchive } from '../../../consumer/archive/file/read-archive';
import { rangeChunks } from '../../../consumer/archive/ordered/line-chunks';
import type { Database } from '../../../consumer/archive/store/database';
import { fixtureKinds, fixtures } from '../../fixtures/load';
import { ArchiveFolder } from '../archive-folder';

const sample = join(__dirname, '..', '..', '..', 'examples', 'sample-archive');

const sampled = new ArchiveFolder();
const fixed = new ArchiveFolder();
beforeAll(async () => {
  await sampled.ingest({ source: sample });
  for (const kind of fixtureKinds)
    for (const [name, record] of fixtures(kind)) {
      fixed.write(`${kind}-${name}.json`, JSON.stringify(record));
      fixed.write(`${kind}-${name}-spaces.json`, JSON.stringify(record, null, 1));
    }
  await fixed.ingest();
});

/** Returns the values of all columns by row id, from ranges of this number of rows. */
async function valuesOf(
  database: Database,
  form: EventForm,
  { rows, isDense }: { rows: number; isDense: boolean },
): Promise<Map<unknown, string>> {
  const count = await database.count('event_rows');
  const ranges = Array.from({ length: Math.ceil(count / rows) }, (_, index) => ({
    first: BigInt(index * rows),
    last: BigInt((index + 1) * rows - 1),
    isDense,
  }));
  const found = new Map<unknown, string>();
  const columns = form === 'record' ? 5 : 2;
  for await (const chunk of rangeChunks(database, { where: 'true', lines: linesQuery(form) }, ranges)) {
    for (let row = 0; row < chunk.rows; row++) {
      const values = Array.from({ length: columns }, (_, column) => String(chunk.values(column)(row)));
      found.set(values[0], JSON.stringify(values));
    }
  }
  expect(found.size).toBe(count);
  return found;
}

describe.each([
  ['the sample', sampled, 500],
  ['the fixtures', fixed, 5],
] as const)('the lines of %s', (_, folder, rows) => {
  it.each<EventForm>(['csv', 'ndjson', 'record'])(
    'are the same as %s from copied ranges as from the table at once',
    async (form) => {
      await readArchive(folder.archive, {}, async (database) => {
        const atOnce = await valuesOf(database, form, { rows: 1_000_000, isDense: false });
        expect(await valuesOf(database, form, { rows, isDense: true })).toEqual(atOnce);
      });
    },
  );
});

describe('copied ranges that run out of memory', () => {
  it('continue once, after the last row that they returned', async () => {
    const folder = new ArchiveFolder();
    const records = Array.from({ length: 5000 }, (_, index) => ({
      eventType: 'Send',
      mail: { timestamp: '2026-03-04T05:06:07.890Z', messageId: `message-${index}` },
      send: {},
    }));
    folder.write('records.json', records.map((record) => JSON.stringify(record)).join('\n'));
    await folder.ingest();
    await readArchive(folder.archive, {}, async (database) => {
      await database.run('CREATE TEMP SEQUENCE attempts');
      const ids = (rows: string) =>
        `SELECT rowid::UINTEGER, CASE WHEN rowid = 3000 AND nextval('temp.attempts') = 1 THEN error('Out of Memory Error: made up') ELSE ''::BLOB END FROM ${rows}`;
      const range = { first: 0n, last: 4999n, isDense: true };
      const found: unknown[] = [];
      for await (const chunk of rangeChunks(database, { where: 'true', lines: ids }, [range]))
        for (let row = 0; row < chunk.rows; row++) found.push(chunk.values(0)(row));
      expect(found).toEqual(Array.from({ length: 5000 }, (_, row) => row));
      expect(await database.rows("SELECT nextval('temp.attempts')::INTEGER AS attempt")).toEqual([
        { attempt: 3 },
      ]);
    });
  });
});
