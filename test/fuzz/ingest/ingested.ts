import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { eventRows } from '../../../consumer/archive/export/event-rows';
import { recordLine } from '../../../consumer/archive/export/event-text';
import { readArchive } from '../../../consumer/archive/file/read-archive';
import { listRejects } from '../../../consumer/archive/rejects/list';
import { exactForm } from '../../../consumer/archive/rows/exact-form';
import type { Database } from '../../../consumer/archive/store/database';
import type { Reject } from '../../../consumer/records/outcome';
import { readEvents } from '../../../consumer/sources/event-reader';
import { faultsWithin } from '../../archive/faults/archive-contents';
import type { Fuzzer } from '../fuzzer';
import { ScratchArchive } from '../scratch-archive';
import { objectBytes, objects, type Part } from './objects';

/** Objects that are ingested. */
interface IngestCase {
  objects: Part[][];
}

/** What reading finds: the archive has to have the same. */
interface Found {
  /** Digests of the records, by event id. */
  records: Map<string, string>;
  /** Object, place and event id of each event. */
  occurrences: string[];
  rejects: string[];
}

const digest = (content: string | Uint8Array) => createHash('sha256').update(content).digest('base64');

/** A record by what it says; one that is no UTF-8 by its bytes, but for the line ends that an export takes out. */
function recordDigest(record: string | Uint8Array): string {
  const bytes = Buffer.from(record);
  if (isUtf8(bytes)) return digest(exactForm(bytes.toString('utf8')));
  return digest(bytes.toString('latin1').replaceAll(/[\r\n]/g, ' '));
}

function rejectText({ object, offset, length, index, reason, raw }: Reject): string {
  return [object, offset, length, index ?? '', reason, digest(raw)].join(' ');
}

async function foundByReading(source: string): Promise<Found> {
  const found: Found = { records: new Map(), occurrences: [], rejects: [] };
  const events = readEvents(source, { onReject: (reject) => found.rejects.push(rejectText(reject)) });
  for await (const { id, raw, provenance } of events) {
    found.records.set(id, recordDigest(raw));
    const { object, offset, length, index } = provenance;
    found.occurrences.push([object, offset, length, index ?? '', id].join(' '));
  }
  return found;
}

interface OccurrenceRow extends Record<string, unknown> {
  occurrence: string;
}

async function foundInArchive(database: Database): Promise<Found & { keptBytes: number }> {
  const records = new Map<string, string>();
  for await (const row of eventRows(database))
    records.set(String(row.event_id), recordDigest(recordLine(row)));
  const occurrences = await database.rows<OccurrenceRow>(`
    SELECT concat_ws(' ', object, byte_offset, byte_length, coalesce(record_index::VARCHAR, ''), event_id) AS occurrence
    FROM event_occurrences`);
  const rejects: string[] = [];
  let keptBytes = 0;
  for await (const reject of listRejects(database)) {
    rejects.push(rejectText(reject));
    keptBytes += reject.raw.length;
  }
  return { records, occurrences: occurrences.map(({ occurrence }) => occurrence), rejects, keptBytes };
}

/** Expects the same items, each as often. */
function expectSame(what: string, expected: readonly string[], found: readonly string[]): void {
  const [one, other] = [[...expected].sort(), [...found].sort()];
  const index = one.findIndex((item, place) => item !== other[place]);
  assert.ok(
    one.length === other.length && index === -1,
    `there are ${found.length} ${what}, reading finds ${expected.length}; the first that differs: ` +
      `${other[Math.max(0, index)]}, expected ${one[Math.max(0, index)]}`,
  );
}

/** What an ingest makes of objects is what reading finds in them, and exports give back the input. */
const ingested: Fuzzer<IngestCase> = {
  name: 'ingest',
  cases: objects.map((parts) => ({ objects: parts })),
  check({ objects: parts }) {
    return ScratchArchive.with(async (scratch) => {
      let bytes = 0;
      for (const [index, some] of parts.entries()) {
        const content = objectBytes(`object-${index}`, some);
        bytes += content.length;
        scratch.write(index, content);
      }
      const expected = await foundByReading(scratch.objects);
      const counts = await scratch.ingest();
      assert.equal(counts.newEvents, expected.records.size, 'the new events are not the different ones');
      assert.equal(
        counts.newEvents + counts.duplicates,
        expected.occurrences.length,
        'new events and duplicates are not the events that reading finds',
      );
      const found = await readArchive(scratch.archive, {}, foundInArchive);
      expectSame('events', [...expected.records.keys()], [...found.records.keys()]);
      expectSame('occurrences', expected.occurrences, found.occurrences);
      expectSame('rejects', expected.rejects, found.rejects);
      for (const [id, record] of expected.records)
        assert.ok(
          found.records.get(id) === record,
          `the record of ${id} that is exported is not the input's`,
        );
      assert.ok(
        found.keptBytes <= 2 * bytes + 64 * 1024,
        `of ${bytes} bytes the rejects keep ${found.keptBytes}: more than there were`,
      );
      assert.deepEqual(await faultsWithin(scratch.archive), [], 'the archive is not consistent');
      const again = await scratch.ingest();
      assert.equal(again.unchangedObjects, parts.length, 'a second ingest reads objects again');
    });
  },
};

export { ingested };
