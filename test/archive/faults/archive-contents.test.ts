import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../../consumer/archive/file/open';
import { ArchiveFolder } from '../archive-folder';
import { type ArchiveContents, archiveContents, differences, faultsWithin } from './archive-contents';

const sample = join(__dirname, '..', '..', '..', 'examples', 'sample-archive');
const folder = new ArchiveFolder();
let copies = 0;
let expected: ArchiveContents;

/** A copy of the sample's archive, changed by a statement. */
async function changed(sql: string): Promise<string> {
  const path = join(folder.path, `copy-${copies++}.duckdb`);
  copyFileSync(folder.archive, path);
  const database = await openDatabase(path);
  await database.run(sql);
  database.close();
  return path;
}

const oneObject = '(SELECT max(object_number) FROM occurrences)';
const sharedEvent =
  '(SELECT min(event_id) FROM (SELECT event_id FROM occurrences GROUP BY event_id HAVING count(*) > 1))';

beforeAll(async () => {
  await folder.ingest({ source: sample });
  expected = await archiveContents(folder.archive);
});

describe('two archives', () => {
  it('of the same objects are equal, regardless of order and history', async () => {
    const other = join(folder.path, 'other.duckdb');
    for (let run = 0; run < 2; run++)
      await folder.ingest({ source: sample, archive: other, workers: 2, batchObjects: 1 });
    const path = await changed(
      'UPDATE objects SET object_number = 1000 - object_number; UPDATE occurrences SET object_number = 1000 - object_number; ' +
        "UPDATE rejects SET object_number = 1000 - object_number; UPDATE objects SET fingerprint = 'other'",
    );
    for (const table of Object.values(expected)) expect(table).not.toEqual([]);
    for (const same of [other, path]) {
      expect(differences(expected, await archiveContents(same))).toEqual([]);
      expect(await faultsWithin(same)).toEqual([]);
    }
  });

  it.each([
    [
      'an event is missing',
      'DELETE FROM event_rows WHERE event_id = (SELECT min(event_id) FROM event_rows)',
      '1 events missing',
    ],
    ['an event occurs twice', 'INSERT INTO event_rows FROM event_rows LIMIT 1', '1 events too many'],
    [
      'an event has another time',
      'UPDATE event_rows SET event_time = event_time + INTERVAL 1 MILLISECOND WHERE event_id = (SELECT min(event_id) FROM event_rows)',
      '1 events missing',
    ],
    [
      'an event has no remainder',
      "UPDATE event_rows SET extra = '{}' WHERE event_id = (SELECT min(event_id) FROM event_rows)",
      '1 events missing',
    ],
    [
      'an occurrence of a shared event is missing',
      `DELETE FROM occurrences WHERE event_id = ${sharedEvent} AND object_number = (SELECT min(object_number) FROM occurrences WHERE event_id = ${sharedEvent})`,
      /\d occurrences missing/,
    ],
    [
      'an occurrence occurs twice',
      'INSERT INTO occurrences FROM occurrences LIMIT 1',
      '1 occurrences too many',
    ],
    [
      'an occurrence is at another offset',
      'UPDATE occurrences SET byte_offset = byte_offset + 1',
      /occurrences missing/,
    ],
    [
      'an occurrence is of another object',
      `UPDATE occurrences SET object_number = ${oneObject}`,
      /occurrences missing/,
    ],
    [
      'a reject is missing',
      'DELETE FROM rejects WHERE reason = (SELECT min(reason) FROM rejects)',
      /rejects missing/,
    ],
    ['a reject occurs twice', 'INSERT INTO rejects FROM rejects LIMIT 1', '1 rejects too many'],
    ['a reject has other bytes', "UPDATE rejects SET raw = '\\xFF'::BLOB", /rejects missing/],
    [
      'the ledger lacks an object',
      `DELETE FROM objects WHERE object_number = ${oneObject}`,
      '1 objects missing',
    ],
    [
      'the ledger has an object twice',
      'INSERT INTO objects SELECT 9999 AS object_number, * EXCLUDE (object_number) FROM objects LIMIT 1',
      '1 objects too many',
    ],
    [
      'an object has another version',
      `UPDATE objects SET etag = 'other' WHERE object_number = ${oneObject}`,
      '1 objects missing',
    ],
    [
      'occurrences of a replaced object remain',
      `INSERT INTO occurrences SELECT event_id, 9999, * EXCLUDE (event_id, object_number) FROM occurrences WHERE object_number = ${oneObject}`,
      /occurrences too many/,
    ],
    [
      'rejects of a replaced object remain',
      'INSERT INTO rejects SELECT 9999, * EXCLUDE (object_number) FROM rejects LIMIT 2',
      '2 rejects too many',
    ],
    [
      'an event of a replaced object remains',
      'INSERT INTO event_rows BY NAME SELECT uuid() AS event_id, * EXCLUDE (event_id) FROM event_rows LIMIT 1',
      '1 events too many',
    ],
  ])('differ when %s', async (_, sql, difference) => {
    const found = differences(expected, await archiveContents(await changed(sql)));
    expect(found).toContainEqual(expect.stringMatching(difference));
  });
});

describe('the check of one archive', () => {
  it.each([
    [
      'a duplicate object',
      'INSERT INTO objects SELECT 9999 AS object_number, * EXCLUDE (object_number) FROM objects LIMIT 1',
    ],
    [
      'an object with another number of occurrences than events',
      `DELETE FROM occurrences WHERE event_id = ${sharedEvent}`,
    ],
    ['an object with a wrong number of rejects', 'DELETE FROM rejects'],
    ['a duplicate event', 'INSERT INTO event_rows FROM event_rows LIMIT 1'],
    ['an event without an occurrence', `DELETE FROM occurrences WHERE event_id = ${sharedEvent}`],
    ['an occurrence without an event', `DELETE FROM event_rows WHERE event_id = ${sharedEvent}`],
    ['an occurrence without an object', `DELETE FROM objects WHERE object_number = ${oneObject}`],
    [
      'a reject without an object',
      'DELETE FROM objects WHERE object_number IN (SELECT object_number FROM rejects)',
    ],
  ])('reports %s', async (fault, sql) => {
    expect(await faultsWithin(await changed(sql))).toContainEqual(expect.stringContaining(fault));
  });
});
