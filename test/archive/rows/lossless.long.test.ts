import { join } from 'node:path';
import fc from 'fast-check';
import { exactForm } from '../../../consumer/archive/rows/exact-form';
import { readEvents } from '../../../consumer/sources/event-reader';
import { openSource } from '../../../consumer/sources/open-source';
import { mutated, mutation } from '../../events/mutations';
import { fixtureKinds, fixtures } from '../../fixtures/load';
import { eventRecord } from '../../records/arbitrary';
import { ArchiveFolder } from '../archive-folder';

const sample = join(__dirname, '..', '..', '..', 'examples', 'sample-archive');

/** Every event that the reader finds in a source, by id, with its record's bytes. */
async function readAll(source: string) {
  const found = new Map<string, { event: unknown; raw: Buffer }>();
  for await (const { id, event, raw } of readEvents(await openSource(source), { onReject: () => {} })) {
    found.set(id, { event: structuredClone(event), raw: Buffer.from(raw) });
  }
  return found;
}

/** A JSON value from JSON.parse of this realm, for comparison. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

async function expectLossless(folder: ArchiveFolder, source: string): Promise<void> {
  await folder.ingest({ source });
  const expected = await readAll(source);
  const stored = await folder.events();
  expect(stored.map(({ id }) => id).sort()).toEqual([...expected.keys()].sort());
  for (const { id, event, record } of stored) {
    const { event: input, raw } = expected.get(id) ?? {};
    expect(plain(event)).toEqual(plain(input));
    const text = raw?.toString('utf8') ?? '';
    expect(exactForm(record)).toBe(exactForm(text));
  }
}

describe('the event rebuilt from its row equals the input', () => {
  it('for every event of the sample archive', async () => {
    await expectLossless(new ArchiveFolder(), sample);
  });

  it('for every event of the fixtures', async () => {
    const folder = new ArchiveFolder();
    for (const kind of fixtureKinds) {
      for (const [name, record, text] of fixtures(kind)) {
        folder.write(`${kind}-${name}.json`, text);
        folder.write(`${kind}-${name}-compact.json`, JSON.stringify(record));
      }
    }
    await expectLossless(folder, folder.objects);
    const [counts] = await folder.rows(
      'SELECT count(*) AS events, count(DISTINCT event_type) AS kinds FROM events',
    );
    expect(Number(counts?.kinds)).toBe(11);
    expect(Number(counts?.events)).toBeGreaterThan(100);
  });

  it('for generated events and for randomly changed fixtures', async () => {
    const folder = new ArchiveFolder();
    const known = fixtureKinds.slice(0, 15).flatMap((kind) => fixtures(kind).map(([, record]) => record));
    const changed = fc
      .tuple(fc.constantFrom(...known), fc.array(mutation, { maxLength: 4 }))
      .map(([record, changes]) => mutated(record, changes));
    const records = fc.sample(fc.oneof(eventRecord, changed), { numRuns: 3_000, seed: 5 });
    folder.write('generated.json', records.map((record) => JSON.stringify(record)).join('\n'));
    await expectLossless(folder, folder.objects);
  });

  const send = (extra: string) =>
    `{"eventType":"Send","mail":{"timestamp":"2026-03-04T05:06:07.890Z","messageId":"m"},"send":{}${extra}}`;

  it.each([
    ['a number outside the range of doubles', send(',"x":1e400'), true],
    ['a number with an exponent', send(',"x":1E5'), true],
    ['a number with more digits than a double', send(',"x":12345678901234567890'), true],
    ['a negative zero', send(',"x":-0'), true],
    ['a fraction that ends in 0', send(',"x":1.0'), true],
    ['a duplicate key', send(',"x":1,"x":2'), true],
    [
      'a duplicate key in the mail block',
      send('').replace('"messageId"', '"messageId":"n","messageId"'),
      true,
    ],
    ['a lone surrogate', send(',"x":"\\ud800"'), true],
    ['a NUL', send(',"x":"\\u0000"'), true],
    ['a NUL in a column', send('').replace('"m"', '"a\\u0000b"'), true],
    ['spaces', send('').replaceAll(',', ' , '), false],
    ['an unnecessary escape', send(',"x":"\\u0041\\/"'), false],
    [
      'the keys in another order',
      `{"send":{},"mail":{"messageId":"m","timestamp":"2026-03-04T05:06:07.890Z"},"eventType":"Send"}`,
      false,
    ],
    ['an empty list in a column', send('').replace('"messageId"', '"destination":[],"messageId"'), false],
    ['an explicit null in a column', send('').replace('"messageId"', '"source":null,"messageId"'), false],
    ['a time to the second', send('').replace('.890Z', 'Z'), false],
    ['a time with an offset', send('').replace('Z', '+02:00'), false],
    ['an invalid time', send('').replace('2026-03-04', 'yesterday, '), false],
    [
      'a time in the year 10000',
      send('').replace('2026-03-04T05:06:07.890Z', '9999-12-31T23:00:00-02:00'),
      false,
    ],
    ['the year 0', send('').replace('2026', '0000'), false],
    ['a key named __proto__', send(',"__proto__":{"x":1}'), false],
    [
      'a key named __proto__ in the mail block',
      send('').replace('"messageId"', '"__proto__":5,"messageId"'),
      false,
    ],
    [
      'a text in the form of a staged row',
      send('').replace('"m"', '"a\\u001fb\\u001ec\\nd\\re\\u001df"'),
      false,
    ],
    ['an empty text', send('').replace('"m"', '""'), false],
    ['a text of spaces', send('').replace('"m"', '"  "'), false],
    [
      'a list that contains a separator',
      send('').replace('"messageId"', '"destination":["a\\u001db","c"],"messageId"'),
      false,
    ],
    ['an empty object', send('').replace('"messageId"', '"commonHeaders":{},"messageId"'), false],
  ])('for a record with %s', async (_, text, isKept) => {
    const folder = new ArchiveFolder();
    folder.write('object.json', `${text}\n`);
    const { newEvents } = await folder.ingest();
    expect(newEvents).toBe(1);
    const [stored] = await folder.events();
    expect(exactForm(stored?.record ?? '')).toBe(exactForm(text));
    expect(plain(stored?.event)).toEqual(plain(JSON.parse(text)));
    const [row] = await folder.rows('SELECT raw FROM events');
    expect(row?.raw !== null).toBe(isKept);
  });

  it('for a record with a label that no database can store', async () => {
    const folder = new ArchiveFolder();
    const text = send('').replace('"Send"', '"Ne\\u0000w"');
    folder.write('object.json', text);
    await folder.ingest();
    expect((await folder.events())[0]?.event).toMatchObject({ eventType: 'Unknown', recordType: 'Ne\0w' });
    expect(await folder.rows('SELECT record_type FROM events')).toEqual([{ record_type: 'Ne\ufffdw' }]);
  });

  it('for invalid UTF-8', async () => {
    const folder = new ArchiveFolder();
    const bytes = Buffer.from(`${send(',"x":"?"')}\n`);
    bytes[bytes.indexOf('?')] = 0xff;
    folder.write('object.json', bytes);
    await folder.ingest();
    const [row] = await folder.rows<{ raw: Uint8Array }>('SELECT raw FROM events');
    expect(Buffer.from(row?.raw ?? [])).toEqual(bytes.subarray(0, -1));
  });

  it('for a record of the maximum size', async () => {
    const folder = new ArchiveFolder();
    const text = send(`,"x":"${'a'.repeat(4 * 1024 * 1024 - 200)}","y":1e5`);
    folder.write('object.json', text);
    expect((await folder.ingest()).newEvents).toBe(1);
    expect((await folder.events())[0]?.record).toBe(text);
  });
});

describe('the exact form of a JSON text', () => {
  it('is the same for other spaces and another order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, '\t'), (value, indent) => {
        const reversed = JSON.parse(JSON.stringify(value), (_, item) =>
          typeof item === 'object' &&
          item !== null &&
          !Array.isArray(item) &&
          !Object.hasOwn(item, '__proto__')
            ? Object.fromEntries(Object.entries(item).reverse())
            : item,
        );
        expect(exactForm(JSON.stringify(reversed, undefined, indent))).toBe(exactForm(JSON.stringify(value)));
      }),
    );
  });

  it('differs for another value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const same = exactForm(JSON.stringify(one)) === exactForm(JSON.stringify(other));
        expect(same).toBe(isSame(one, other));
      }),
    );
  });
});

function isSame(one: unknown, other: unknown): boolean {
  try {
    expect(plain(one)).toEqual(plain(other));
    return true;
  } catch {
    return false;
  }
}
