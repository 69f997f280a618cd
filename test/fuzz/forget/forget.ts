import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { forget as forgetPerson } from '../../../consumer/archive/erasure/forget';
import { eventLines } from '../../../consumer/archive/export/event-lines';
import { readArchive } from '../../../consumer/archive/file/read-archive';
import { listRejects } from '../../../consumer/archive/rejects/list';
import { exactForm } from '../../../consumer/archive/rows/exact-form';
import type { Database } from '../../../consumer/archive/store/database';
import { parseRecord } from '../../../consumer/records/parse-record';
import { archiveContents, differences, faultsWithin } from '../../archive/faults/archive-contents';
import type { Fuzzer } from '../fuzzer';
import { ScratchArchive } from '../scratch-archive';
import { type Entry, type Path, personAndEntries } from './entries';
import { type Person, plain } from './spellings';
import { traceOf } from './traces';

/** Records in the archive before the erasure of a person, and records that are ingested later. */
interface ForgetCase {
  person: Person;
  before: Entry[];
  after: Entry[];
}

/** The contents of an archive, by message id. */
interface Stored {
  events: Map<string, Buffer>;
  rejects: Map<string, Buffer>;
  /** Additional data of rejects. */
  details: string[];
}

/** Returns bytes as text: as Latin-1 if they are not UTF-8, so that no byte is lost. */
const asText = (bytes: Buffer) => bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');

function idIn(line: Buffer): string {
  const text = asText(line);
  const decoded = /"rawData":"([^"]*)/.exec(text)?.[1];
  const record = decoded === undefined ? text : Buffer.from(decoded, 'base64').toString('utf8');
  return /"messageId":"([^"]*)"/.exec(record)?.[1] ?? '';
}

async function storedIn(database: Database): Promise<Stored> {
  const stored: Stored = { events: new Map(), rejects: new Map(), details: [] };
  for await (const lines of eventLines(database, 'record')) {
    for (const line of lines.map((bytes) => Buffer.from(bytes))) stored.events.set(idIn(line), line);
  }
  for await (const { raw, message, issues, firehoseError } of listRejects(database)) {
    const line = Buffer.from(raw);
    stored.rejects.set(idIn(line), line);
    stored.details.push(JSON.stringify({ message, issues, firehoseError }));
  }
  return stored;
}

function valueAt(record: unknown, path: Path): unknown {
  let value = record;
  // Optional access works for any value. A missing value is undefined.
  for (const key of path) value = (value as Record<string | number, unknown> | undefined)?.[key];
  return value;
}

/** Returns the record as JSON with a placeholder for the value at the path. */
function withoutPlace(line: string, path: Path): string {
  const record: unknown = JSON.parse(line);
  const parent = valueAt(record, path.slice(0, -1)) as Record<string | number, unknown>; // it contains the value
  parent[path.at(-1) ?? ''] = 'the person';
  return JSON.stringify(record);
}

/** Returns the record in a line. */
function recordOf(line: Buffer): Buffer {
  const [outcome] = parseRecord(line);
  return outcome?.outcome === 'event' ? Buffer.from(outcome.raw) : line;
}

function checkEvent(entry: Entry, bytes: Buffer): void {
  const { description, line, place, around, hasPerson } = entry;
  const [found, record] = [asText(bytes), asText(recordOf(line))];
  if (!hasPerson) {
    assert.ok(exactForm(found) === exactForm(record), `${description}: the record changed to ${bytes}`);
    return;
  }
  assert.equal(
    parseRecord(bytes)[0]?.outcome,
    'event',
    `${description}: the record is not an event any more`,
  );
  if (place === undefined) return;
  const rest = exactForm(withoutPlace(found, place));
  assert.ok(
    rest === exactForm(withoutPlace(record, place)),
    `${description}: another field changed, in ${bytes}`,
  );
  if (around === undefined) return;
  const value = String(valueAt(JSON.parse(found), place));
  const isAround = value.startsWith(around[0]) && value.endsWith(around[1]);
  assert.ok(isAround, `${description}: the text before or after the person changed, to ${value}`);
}

function checkEntry(entry: Entry, person: Person, { events, rejects }: Stored): void {
  const { id, description, line, isEvent, hasPerson } = entry;
  const found = (isEvent ? events : rejects).get(id);
  assert.ok(found !== undefined, `${description}: the record is not in the archive`);
  const trace = hasPerson ? traceOf(person, found.toString('utf8')) : undefined;
  assert.ok(trace === undefined, `${description}: the person was not erased: ${trace}`);
  if (isEvent) checkEvent(entry, found);
  else if (!hasPerson) assert.ok(found.equals(line), `${description}: the reject changed to ${found}`);
}

const lines = (entries: readonly Entry[]) =>
  Buffer.concat(entries.flatMap(({ line }) => [line, Buffer.from('\n')]));

/** An erasure removes a person in every spelling and changes nothing else, also in later ingests. */
const forget: Fuzzer<ForgetCase> = {
  name: 'forget',
  cases: fc
    .tuple(personAndEntries, fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([{ person, entries }, share]) => {
      const count = Math.ceil(share * entries.length);
      return { person, before: entries.slice(0, count), after: entries.slice(count) };
    }),
  check({ person, before, after }) {
    return ScratchArchive.with(async (scratch) => {
      const { archive } = scratch;
      scratch.write(1, lines(before));
      await scratch.ingest();
      const ingested = await readArchive(archive, {}, storedIn);
      for (const { id, description, isEvent } of before)
        assert.ok(
          (isEvent ? ingested.events : ingested.rejects).has(id),
          `${description}: the record is not read as expected`,
        );
      await forgetPerson(plain(person), { archive, wait: 0 });
      const contents = await archiveContents(archive);
      const again = await forgetPerson(plain(person), { archive, wait: 0 });
      assert.deepEqual(
        [again.eventsChanged, again.eventsRemoved, again.rejectsChanged],
        [0, 0, 0],
        'a second erasure of the same person changes something',
      );
      assert.deepEqual(
        differences(contents, await archiveContents(archive)),
        [],
        'the archive changed in a second erasure',
      );
      scratch.write(2, lines(after));
      await scratch.ingest();
      const stored = await readArchive(archive, {}, storedIn);
      for (const entry of [...before, ...after]) checkEntry(entry, person, stored);
      const details = stored.details.find((text) => traceOf(person, text) !== undefined);
      assert.ok(details === undefined, `the details of a reject contain the person: ${details}`);
      assert.deepEqual(await faultsWithin(archive), [], 'the archive is not consistent');
    });
  },
};

export { forget };
