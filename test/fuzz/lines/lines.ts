import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { createTask, type StageSetup } from '../../../consumer/archive/ingest/stage-task';
import { addressHash, pseudonymOf, type Tombstones } from '../../../consumer/archive/store/tombstones';
import { ObjectReader } from '../../../consumer/records/object-reader';
import type { Outcome } from '../../../consumer/records/outcome';
import { mutated, mutation } from '../../events/mutations';
import type { Fuzzer } from '../fuzzer';
import { eventRecords, eventText } from '../records';
import { bytesOf, changedLine } from './changes';
import { edited, edits } from './edits';

/** Lines in almost the form of SES. */
interface LinesCase {
  object: Buffer;
  /** Places at which the object is cut into chunks. */
  cuts: number[];
}

const salt = 'salt';
const hash = addressHash(salt, 'in-no-event@example.com');

/** A tombstone of a person in no event: rows are searched and must not change. */
const nobody: Tombstones = { salt, people: [{ hash, pseudonym: pseudonymOf(hash), removed: true }] };

const stagedFiles = ['events', 'occurrences', 'rejects'] as const;

/** Returns the staged rows of an object by file, without the number of the object, and the result of staging. */
function stage(chunks: readonly Buffer[], setup: Omit<StageSetup, 'folder'>): Record<string, unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'ses-events-lines-'));
  try {
    const task = createTask('object', { folder, ...setup });
    const reader = new ObjectReader('object', {}, task.lineTaker);
    const outcomes = (batch: Iterable<Outcome>) => {
      for (const outcome of batch) task.outcome(outcome);
    };
    for (const chunk of chunks) outcomes(reader.push(chunk));
    outcomes(reader.end());
    const staged = task.result();
    const rows = stagedFiles.map((name): [string, string] => {
      const file = staged[name];
      const text = file === undefined ? '' : readFileSync(file.path, 'latin1');
      return [name, text.replaceAll(new RegExp(`^${staged.stagedObject}\\u001f`, 'gm'), '')];
    });
    const { firstTime, lastTime, forgotten } = staged;
    return {
      ...Object.fromEntries(rows),
      counts: reader.counts,
      firstTime,
      lastTime,
      forgotten,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const line = fc.oneof(
  { weight: 6, arbitrary: changedLine(eventText) },
  { weight: 3, arbitrary: fc.tuple(eventText, edits).map(([text, changes]) => edited(text, changes)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...eventRecords), fc.array(mutation, { minLength: 1, maxLength: 3 }))
      .map(([record, changes]) => JSON.stringify(mutated(record, changes))),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...eventRecords), fc.array(mutation, { maxLength: 2 }), edits)
      .map(([record, changes, more]) => edited(JSON.stringify(mutated(record, changes)), more)),
  },
  { weight: 1, arbitrary: eventText },
);

const cases: fc.Arbitrary<LinesCase> = fc
  .record({
    lines: fc.array(line, { minLength: 1, maxLength: 40 }),
    lineEnd: fc.constantFrom('\n', '\n', '\n', '\r\n', ' \n'),
    cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 }),
  })
  .map(({ lines, lineEnd, cuts }) => {
    const object = bytesOf(lines.map((text) => text + lineEnd).join(''));
    return { object, cuts: cuts.map((cut) => Math.floor(cut * object.length)) };
  });

/** The line scanner stages the same rows as the full parser, with and without tombstones. */
const lines: Fuzzer<LinesCase> = {
  name: 'lines',
  cases,
  check({ object, cuts }) {
    const sorted = cuts.filter((cut) => cut <= object.length).sort((one, other) => one - other);
    const places = [0, ...sorted, object.length];
    const chunks = places.slice(1).map((end, index) => object.subarray(places[index], end));
    const parsed = stage([object], { exact: true });
    const setups = { lines: {}, 'lines with a tombstone': { tombstones: nobody } };
    for (const [how, setup] of Object.entries(setups)) {
      const staged = stage(chunks, setup);
      for (const [name, value] of Object.entries(parsed))
        assert.deepEqual(staged[name], value, `${how}: ${name} differ from those of parsed records`);
    }
  },
};

export { lines };
