import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { canonicalAddress } from '../../../consumer/archive/erasure/spellings/address';
import { createTask } from '../../../consumer/archive/ingest/stage-task';
import { addressHash, pseudonymOf, type Tombstones } from '../../../consumer/archive/store/tombstones';
import { ObjectReader } from '../../../consumer/records/object-reader';
import { sendText } from '../../cli/records';
import { personAndEntries } from '../../fuzz/forget/entries';
import type { Person } from '../../fuzz/forget/spellings';

const folder = mkdtempSync(join(tmpdir(), 'ses-events-erased-'));
afterAll(() => rmSync(folder, { recursive: true }));

const salt = 'salt';

function tombstonesOf(people: readonly Person[], removed: boolean): Tombstones {
  const hashes = people.map(({ local, domain }) => addressHash(salt, canonicalAddress(local, domain)));
  return { salt, people: hashes.map((hash) => ({ hash, pseudonym: pseudonymOf(hash), removed })) };
}

/** Stages an object, and returns the rows of each table without the object's number, the counts and the lines taken. */
function stage(object: Buffer, tombstones: Tombstones, exact: boolean) {
  const task = createTask('object', { folder, exact, tombstones });
  let taken = 0;
  const { lineTaker } = task;
  const counting = lineTaker && {
    take: (...line: [Buffer, number, number, number]) => {
      const isTaken = lineTaker.take(...line);
      taken += Number(isTaken);
      return isTaken;
    },
  };
  const reader = new ObjectReader('object', {}, counting);
  for (const outcomes of [reader.push(object), reader.end()]) {
    for (const outcome of outcomes) task.outcome(outcome);
  }
  const { events, occurrences, rejects, stagedObject, ...counts } = task.result();
  const tables = Object.entries({ events, occurrences, rejects }).map(([name, file]) => {
    if (file === undefined) return [name, ''];
    const rows = readFileSync(file.path, 'latin1');
    rmSync(file.path);
    return [name, rows.replaceAll(new RegExp(`^${stagedObject}\\u001f`, 'gm'), '')];
  });
  return { rows: { tables, counts, read: reader.counts }, taken };
}

/** Lines of the usual form, about a person who is not erased. */
const usualLines = [1, 2].map((number) =>
  Buffer.from(sendText(`usual-${number}`, { destination: ['bo@other.example'] })),
);

it('records of erased people result in the same rows in every table, whether or not each of them is searched', () => {
  fc.assert(
    fc.property(personAndEntries, personAndEntries, fc.boolean(), (one, other, removed) => {
      // The same lines twice, because texts and values without a person are known the second time.
      const entries = [...one.entries, ...other.entries, ...one.entries];
      const lines = [...entries.map(({ line }) => line), ...usualLines];
      const object = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
      const tombstones = tombstonesOf([one.person], removed);
      const fast = stage(object, tombstones, false);
      const exact = stage(object, tombstones, true);
      expect(fast.rows).toEqual(exact.rows);
      expect(exact.taken).toBe(0);
      expect(fast.taken).toBeGreaterThanOrEqual(usualLines.length);
    }),
  );
});
