import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { createTask } from '../../../../consumer/archive/ingest/stage-task';
import { ObjectReader } from '../../../../consumer/records/object-reader';
import type { Outcome } from '../../../../consumer/records/outcome';
import { sampleObjects } from '../../../../consumer/sample';
import { openObject } from '../../../../consumer/sources/open-object';
import { openSource } from '../../../../consumer/sources/open-source';
import { mutated, mutation } from '../../../events/mutations';
import { fixtureKinds, fixtures } from '../../../fixtures/load';
import { chunked, eventRecord } from '../../../records/arbitrary';

const folder = mkdtempSync(join(tmpdir(), 'ses-events-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Staged {
  /** The rows of each file, without the object's number. */
  files: Record<string, string>;
  counts: unknown;
  times: unknown;
  /** The number of lines that were staged without parsing. */
  taken: number;
}

/** Stages chunks of one object by its lines, or with every record parsed. */
function stage(chunks: readonly Buffer[], exact: boolean, maskLinks: boolean): Staged {
  const task = createTask('object', { folder, exact, maskLinks });
  let taken = 0;
  const lineTaker = task.lineTaker && {
    take: (...line: [Buffer, number, number, number]) => {
      const isTaken = task.lineTaker?.take(...line) === true;
      if (isTaken) taken++;
      return isTaken;
    },
  };
  const reader = new ObjectReader('object', {}, lineTaker);
  const outcomes = (batch: Iterable<Outcome>) => {
    for (const outcome of batch) task.outcome(outcome);
  };
  for (const chunk of chunks) outcomes(reader.push(chunk));
  outcomes(reader.end());
  const { events, occurrences, rejects, stagedObject, ...times } = task.result();
  const files: Record<string, string> = {};
  for (const [name, file] of Object.entries({ events, occurrences, rejects })) {
    if (file === undefined) continue;
    const text = readFileSync(file.path, 'latin1');
    expect(file.bytes).toBe(text.length);
    files[name] = text.replaceAll(new RegExp(`^${stagedObject}\\u001f`, 'gm'), '');
    rmSync(file.path);
  }
  return { files, counts: reader.counts, times, taken };
}

/** Expects the same rows from both methods, and returns the number of lines staged without parsing. */
function expectSame(chunks: readonly Buffer[]): number {
  const [taken] = [false, true].map((maskLinks) => {
    const { taken, ...byLines } = stage(chunks, false, maskLinks);
    const { taken: none, ...exact } = stage(chunks, true, maskLinks);
    expect(byLines).toEqual(exact);
    expect(none).toBe(0);
    return taken;
  });
  return taken ?? 0;
}

const knownKinds = fixtureKinds.slice(0, 10);
const lines = knownKinds.flatMap((kind) => fixtures(kind).map(([, record]) => JSON.stringify(record)));

describe('lines staged from their bytes result in the same rows as parsing', () => {
  it('in the sample archive, where most lines are', async () => {
    let taken = 0;
    let events = 0;
    const source = await openSource(join(__dirname, '..', '..', '..', '..', 'examples', 'sample-archive'));
    for await (const object of source.objects()) {
      const chunks: Buffer[] = [];
      for await (const chunk of openObject(object).chunks) chunks.push(chunk);
      taken += expectSame(chunks);
      events += Buffer.concat(chunks).toString('latin1').split('"eventType"').length - 1;
    }
    expect(taken / events).toBeGreaterThan(0.85);
  });

  it('in a larger archive with damaged records, where nearly all lines are', async () => {
    let taken = 0;
    let events = 0;
    const { gunzipSync } = await import('node:zlib');
    for (const { bytes } of sampleObjects({ events: 20_000, seed: 3 })) {
      const content = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : Buffer.from(bytes);
      taken += expectSame([content]);
      events += content.toString('latin1').split('{"eventType":"').length - 1;
    }
    expect(taken / events).toBeGreaterThan(0.95);
  });

  it('in every fixture, on one line and as it is written', () => {
    let taken = 0;
    for (const kind of fixtureKinds) {
      for (const [, record, text] of fixtures(kind)) {
        taken += expectSame([Buffer.from(`${JSON.stringify(record)}\n`)]);
        expect(expectSame([Buffer.from(text)])).toBe(0);
      }
    }
    expect(taken).toBeGreaterThan(20);
  });

  it('in randomly changed records', () => {
    const changed = fc
      .tuple(fc.constantFrom(...lines), fc.array(mutation, { maxLength: 3 }))
      .map(([line, changes]) => JSON.stringify(mutated(JSON.parse(line), changes)));
    const records = fc.sample(
      fc.oneof(
        changed,
        eventRecord.map((record) => JSON.stringify(record)),
      ),
      {
        numRuns: 5_000,
        seed: 7,
      },
    );
    const taken = expectSame([Buffer.from(records.join('\n'))]);
    expect(taken).toBeGreaterThan(500);
  });

  it('in lines with randomly changed bytes', () => {
    const piece = fc.constantFrom(
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      ' ',
      '\n',
      '0',
      'e',
      '\\"',
      '\\u0041',
      '\\n',
      '\u00e9',
      '\\/',
      'null',
      '-1',
      '1.5',
      '""',
      '{}',
      '[]',
      ',"a":1',
      '\u0001',
      '\u001f',
    );
    const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.nat(3), piece });
    fc.assert(
      fc.property(
        fc.constantFrom(...lines),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        (line, edits) => {
          let text = line;
          for (const { at, remove, piece } of edits) {
            const index = Math.floor(at * text.length);
            text = text.slice(0, index) + piece + text.slice(index + remove);
          }
          expectSame([Buffer.from(`${lines[0]}\n${text}\n${lines[1]}\n`)]);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('for any chunks of the object', () => {
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    fc.assert(
      fc.property(chunked(bytes), (chunks) => {
        expect(expectSame(chunks)).toBeGreaterThan(10);
      }),
      { numRuns: 30 },
    );
  });

  const [open = ''] = fixtures('open').map(([, record]) => JSON.stringify(record));
  it.each([
    [
      'invalid UTF-8',
      Buffer.from(open).fill(0xff, open.indexOf('userAgent') + 12, open.indexOf('userAgent') + 13),
    ],
    ['non-ASCII text', Buffer.from(open.replace('"userAgent":"', '"userAgent":"é漢😀'))],
    ['an empty text', Buffer.from(open.replace(/"userAgent":"[^"]*"/, '"userAgent":""'))],
    ['a duplicate key in a map', Buffer.from(open.replace('"tags":{', '"tags":{"x":["1"],"x":["2"],'))],
    ['a numeric key in a map', Buffer.from(open.replace('"tags":{', '"tags":{"x":["1"],"7":["2"],'))],
    [
      'a day that does not exist',
      Buffer.from(
        open.replace(/"open":\{(.*)"timestamp":"\d{4}-\d\d-\d\d/, '"open":{$1"timestamp":"2026-02-30'),
      ),
    ],
    [
      'two recipients',
      Buffer.from(
        open.replace(/"destination":\[[^\]]*\]/, '"destination":["a@example.com","b@example.com"]'),
      ),
    ],
    ['no recipients', Buffer.from(open.replace(/"destination":\[[^\]]*\]/, '"destination":[]'))],
    [
      'a recipient with commas',
      Buffer.from(open.replace(/"destination":\[[^\]]*\]/, '"destination":["a\\",\\"b,"]')),
    ],
    [
      'two configuration sets',
      Buffer.from(open.replace(/"ses:configuration-set":\[[^\]]*\]/, '"ses:configuration-set":["a","b"]')),
    ],
    [
      'an empty configuration set',
      Buffer.from(open.replace(/"ses:configuration-set":\[[^\]]*\]/, '"ses:configuration-set":[""]')),
    ],
  ])('with %s', (_, line) => {
    expect(line.equals(Buffer.from(open))).toBe(false);
    expectSame([Buffer.concat([line, Buffer.from('\n')])]);
  });
});
