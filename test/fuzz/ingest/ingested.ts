import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { eventLines } from '../../../consumer/archive/export/event-lines';
import { eventRows } from '../../../consumer/archive/export/event-rows';
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

/** Objects to ingest. */
interface IngestCase {
  objects: Part[][];
}

/** The result of reading. The archive must contain the same. */
interface Found {
  /** Digests of the records, by event id. */
  records: Map<string, string>;
  /** Object, offset, length and event id of each event. */
  occurrences: string[];
  rejects: string[];
}

const digest = (content: string | Uint8Array) => createHash('sha256').update(content).digest('base64');

/** Returns a digest of the values of a record. If it is not UTF-8, of its bytes without the line ends that an export replaces. */
function recordDigest(record: string | Uint8Array): string {
  const bytes = Buffer.from(record);
  if (isUtf8(bytes)) return digest(exactForm(bytes.toString('utf8')));
  return digest(bytes.toString('latin1').replaceAll(/[\r\n]/g, ' '));
}

function rejectText({ object, offset, length, index, reason, raw }: Reject): string {
  return [object, offset, length, index ?? '', reason, digest(raw)].join(' ');
}

async function readObjects(source: string): Promise<Found> {
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

async function readIngested(database: Database): Promise<Found & { rejectBytes: number }> {
  const records = new Map<string, string>();
  const digests: string[] = [];
  for await (const lines of eventLines(database, 'record')) digests.push(...lines.map(recordDigest));
  for await (const row of eventRows(database)) records.set(String(row.event_id), digests.shift() ?? '');
  assert.equal(digests.length, 0);
  const occurrences = await database.rows<OccurrenceRow>(`
    SELECT concat_ws(' ', object, byte_offset, byte_length, coalesce(record_index::VARCHAR, ''), event_id) AS occurrence
    FROM event_occurrences`);
  const rejects: string[] = [];
  let rejectBytes = 0;
  for await (const reject of listRejects(database)) {
    rejects.push(rejectText(reject));
    rejectBytes += reject.raw.length;
  }
  return { records, occurrences: occurrences.map(({ occurrence }) => occurrence), rejects, rejectBytes };
}

/** Expects the same items, each with the same number of occurrences. */
function expectSame(label: string, expected: readonly string[], found: readonly string[]): void {
  const [one, other] = [[...expected].sort(), [...found].sort()];
  const index = one.findIndex((item, place) => item !== other[place]);
  assert.ok(
    one.length === other.length && index === -1,
    `the archive has ${found.length} ${label}, reading returns ${expected.length}; the first difference: ` +
      `${other[Math.max(0, index)]}, expected ${one[Math.max(0, index)]}`,
  );
}

/** An ingest has the same result as reading, and an export returns the input. */
const ingested: Fuzzer<IngestCase> = {
  name: 'ingest',
  cases: objects.map((parts) => ({ objects: parts })),
  check({ objects: parts }) {
    return ScratchArchive.with(async (scratch) => {
      let bytes = 0;
      for (const [index, objectParts] of parts.entries()) {
        const content = objectBytes(`object-${index}`, objectParts);
        bytes += content.length;
        scratch.write(index, content);
      }
      const expected = await readObjects(scratch.objects);
      const counts = await scratch.ingest();
      assert.equal(
        counts.newEvents,
        expected.records.size,
        'the number of new events differs from the number of different events',
      );
      assert.equal(
        counts.newEvents + counts.duplicates,
        expected.occurrences.length,
        'new events and duplicates differ from the events of reading',
      );
      const found = await readArchive(scratch.archive, {}, readIngested);
      expectSame('events', [...expected.records.keys()], [...found.records.keys()]);
      expectSame('occurrences', expected.occurrences, found.occurrences);
      expectSame('rejects', expected.rejects, found.rejects);
      for (const [id, record] of expected.records)
        assert.ok(found.records.get(id) === record, `the exported record of ${id} differs from the input`);
      assert.ok(
        found.rejectBytes <= 2 * bytes + 64 * 1024,
        `the rejects have ${found.rejectBytes} bytes, but the objects only ${bytes}`,
      );
      assert.deepEqual(await faultsWithin(scratch.archive), [], 'the archive is not consistent');
      const second = await scratch.ingest();
      assert.equal(second.unchangedObjects, parts.length, 'a second ingest reads objects again');
    });
  },
};

export { ingested };
