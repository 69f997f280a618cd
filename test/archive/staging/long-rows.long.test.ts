import fc from 'fast-check';
import { forget } from '../../../consumer/archive/erasure/forget';
import { replayRejects } from '../../../consumer/archive/rejects/replay';
import { ArchiveFolder } from '../archive-folder';
import { wrongCounts } from '../table-dump';

const mebibyte = 1024 * 1024;
const person = 'ana@example.com';

/** Records with long staged rows: as columns, as `extra`, as stored bytes, in an envelope, as a reject. */
type Form = 'columns' | 'extra' | 'kept' | 'enveloped' | 'foreign';

function padded(before: string, after: string, bytes: number): string {
  return before + 'x'.repeat(Math.max(bytes - before.length - after.length, 0)) + after;
}

/** A record of about this number of bytes that contains the person. */
function record(form: Form, index: number, bytes: number): string {
  if (form === 'foreign') return padded(`{"no":"${person} ${index} `, '"}', bytes);
  const mail = `"mail":{"timestamp":"2026-03-04T05:06:07.890Z","messageId":"m${index}","destination":["${person}","other@example.com"]`;
  if (form === 'columns')
    return padded(`{"eventType":"Send",${mail},"commonHeaders":{"subject":"`, '"}},"send":{}}', bytes);
  if (form === 'extra') return padded(`{"eventType":"Send",${mail}},"x":"`, '","send":{}}', bytes);
  // A number outside the range of doubles, so the record's bytes are stored.
  if (form === 'kept')
    return padded(
      `{"eventType":"Send",${mail},"n":1E5,"commonHeaders":{"subject":"`,
      '"}},"send":{}}',
      bytes,
    );
  const rawData = Buffer.from(record('kept', index, Math.floor(bytes / 2))).toString('base64');
  return JSON.stringify({ attemptsMade: 1, errorCode: 'x', rawData });
}

/** Lengths from 1 KB to the limit, mostly 1 to 4 MiB. */
const length = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1_000, max: 20_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 20_000, max: mebibyte }) },
  { weight: 2, arbitrary: fc.integer({ min: mebibyte, max: 4 * mebibyte - 1_000 }) },
);
const form = fc.constantFrom<Form[]>('columns', 'extra', 'kept', 'enveloped', 'foreign');
const object = fc.array(fc.tuple(form, length), { minLength: 1, maxLength: 14 });

/** Rows of 2 to 4 MiB: longer than a quarter of the engine's read buffer. */
const dangerous: [Form, number][][] = [
  Array<[Form, number]>(5).fill(['columns', 3 * mebibyte]),
  Array<[Form, number]>(5).fill(['kept', mebibyte]),
  Array<[Form, number]>(5).fill(['foreign', 2 * mebibyte]),
];

const isEvent = ([name]: readonly [Form, number]) => name !== 'foreign';

it('records of any length up to the limit are ingested, each once, and none is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(object, { minLength: 1, maxLength: 3 }), async (objects) => {
      const folder = new ArchiveFolder();
      let index = 0;
      for (const [number, records] of objects.entries()) {
        const lines = records.map(([name, bytes]) => record(name, index++, bytes));
        folder.write(`${number}.json`, lines.join('\n'));
      }
      const all = objects.flat();
      const events = all.filter(isEvent).length;
      expect(await folder.ingest({ source: folder.written })).toMatchObject({
        newEvents: events,
        duplicates: 0,
        read: { rejects: all.length - events },
        unstorableObjects: [],
        failed: [],
      });
      expect(await wrongCounts(folder)).toEqual([]);
      expect(await forget(person, { archive: folder.archive })).toMatchObject({
        eventsChanged: events,
        rejectsChanged: all.length - events,
      });
      expect(await folder.rows('SELECT count(*) AS n FROM events')).toEqual([{ n: BigInt(events) }]);
      expect(
        await folder.rows(`SELECT count(*) AS n FROM events WHERE events::VARCHAR LIKE '%ana@%'`),
      ).toEqual([{ n: 0n }]);
      folder.remove();
    }),
    { numRuns: 6, examples: dangerous.map((records) => [[records]]) },
  );
});

it('rejects of any length up to the limit become events when they are replayed, and none is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(length, { minLength: 6, maxLength: 12 }), async (lengths) => {
      const folder = new ArchiveFolder();
      const lines = lengths.map((bytes, index) => record(index % 2 === 0 ? 'columns' : 'kept', index, bytes));
      folder.write('a.json', lines.join('\n'));
      const all = { rejects: lines.length };
      expect(await folder.ingest({ limits: { maxDepth: 2 } })).toMatchObject({ newEvents: 0, read: all });
      const replayed = await replayRejects({ archive: folder.archive });
      expect(replayed).toMatchObject({
        ...all,
        recovered: lines.length,
        newEvents: lines.length,
        stillRejected: 0,
      });
      expect(await wrongCounts(folder)).toEqual([]);
      folder.remove();
    }),
    { numRuns: 4, examples: [[Array<number>(8).fill(2.5 * mebibyte)]] },
  );
});
