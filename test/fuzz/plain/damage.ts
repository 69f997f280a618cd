import fc from 'fast-check';
import type { FramedObject, Place } from './framing';

/** Bytes that know which byte of the undamaged object each of them is; -1 is none of it. */
interface TracedBytes {
  bytes: Buffer;
  origins: Int32Array;
}

/** A place in an object: anywhere, or so many bytes from where a record starts or ends. */
type Spot = { share: number } | { record: number; end: boolean; by: number };

/** One damage, by what it does to the bytes. */
type Damage = { spot: Spot } & (
  | { do: 'flip'; bit: number }
  | { do: 'cut'; length: number }
  | { do: 'insert'; bytes: Buffer }
  | { do: 'overwrite'; bytes: Buffer }
  | { do: 'duplicate'; length: number; to: number }
  | { do: 'move'; length: number; to: number }
  | { do: 'join' }
  | { do: 'cut off' }
  | { do: 'behead'; length: number }
);

function traced({ bytes }: FramedObject): TracedBytes {
  return { bytes, origins: Int32Array.from(bytes.keys()) };
}

function part({ bytes, origins }: TracedBytes, start: number, end: number): TracedBytes {
  return { bytes: bytes.subarray(start, end), origins: origins.subarray(start, end) };
}

function strange(bytes: Buffer): TracedBytes {
  return { bytes, origins: new Int32Array(bytes.length).fill(-1) };
}

function joined(parts: readonly TracedBytes[]): TracedBytes {
  const origins = new Int32Array(parts.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let at = 0;
  for (const { origins: some } of parts) {
    origins.set(some, at);
    at += some.length;
  }
  return { bytes: Buffer.concat(parts.map(({ bytes }) => bytes)), origins };
}

/** The bytes with those from `start` to `end` replaced. */
function spliced(object: TracedBytes, start: number, end: number, by: TracedBytes): TracedBytes {
  const { length } = object.bytes;
  return joined([part(object, 0, start), by, part(object, Math.min(end, length), length)]);
}

const nothing = strange(Buffer.alloc(0));

function indexOf({ bytes }: TracedBytes, spot: Spot, records: readonly Place[]): number {
  if ('share' in spot) return Math.floor(spot.share * bytes.length);
  const record = records[spot.record % records.length];
  const edge = record === undefined ? 0 : record.offset + (spot.end ? record.length : 0);
  return Math.max(0, Math.min(bytes.length, edge + spot.by));
}

function damagedOnce(object: TracedBytes, damage: Damage, records: readonly Place[]): TracedBytes {
  const at = indexOf(object, damage.spot, records);
  const { bytes } = object;
  switch (damage.do) {
    case 'flip': {
      const flipped = Buffer.from([(bytes[at] ?? 0) ^ (1 << damage.bit)]);
      return spliced(object, at, at + 1, strange(flipped));
    }
    case 'cut':
      return spliced(object, at, at + damage.length, nothing);
    case 'insert':
      return spliced(object, at, at, strange(damage.bytes));
    case 'overwrite':
      return spliced(object, at, at + damage.bytes.length, strange(damage.bytes));
    case 'duplicate': {
      // A copy is none of the object: the bytes it was made of stay where they are.
      const copy = strange(Buffer.from(bytes.subarray(at, at + damage.length)));
      const to = Math.floor((damage.to / 1000) * bytes.length);
      return spliced(object, to, to, copy);
    }
    case 'move': {
      const moved = part(object, at, Math.min(at + damage.length, bytes.length));
      const rest = spliced(object, at, at + damage.length, nothing);
      const to = Math.floor((damage.to / 1000) * rest.bytes.length);
      return spliced(rest, to, to, moved);
    }
    case 'join': {
      const lineEnd = bytes.indexOf('\n', at);
      return lineEnd === -1 ? object : spliced(object, lineEnd, lineEnd + 1, nothing);
    }
    case 'cut off':
      return part(object, 0, at);
    case 'behead':
      return part(object, Math.min(damage.length, bytes.length), bytes.length);
  }
}

/** An object after some damage, and where the records are that it has not touched. */
function damaged(object: FramedObject, damages: readonly Damage[]): FramedObject {
  let result = traced(object);
  for (const damage of damages) result = damagedOnce(result, damage, object.records);
  const placeOf = new Map<number, number>();
  for (const [place, origin] of result.origins.entries()) if (origin !== -1) placeOf.set(origin, place);
  const isUntouched = ({ offset, length }: Place) => {
    const start = placeOf.get(offset) ?? Number.NaN;
    for (let index = 0; index < length; index++) {
      if (result.origins[start + index] !== offset + index) return false;
    }
    return true;
  };
  const records = object.records
    .filter(isUntouched)
    .map(({ offset, length }) => ({ offset: placeOf.get(offset) ?? Number.NaN, length }));
  return { bytes: result.bytes, records };
}

/** What is put into an object: text, punctuation, halves of records, bytes that are no text. */
const pieces: readonly Buffer[] = [
  ...['x', 'oops ', 'log: started\n', 'null', '-12.5e3', 'true,', 'é漢😀', '...'],
  ...['{', '}', '[', ']', '}}', '{{', '[[{', '"', '"x', ':', ',', ',,', '\\', '\\"', '\\n', '\\u00'],
  ...['\n', '\r\n', '\n\n', '\t', ' ', '\uFEFF', '\0', '\0\0\0\0\0\0\0\0', '\u001f'],
  ...['{"a":', '{"a":[', '{"a":"', '"tail": 1\n}', '}}\n', ']}\n', '{"eventType":"Send","mail":{'],
  ...['"send":{}}', '{"eventType":"Send"}', '{}', '[]', '// comment\n', "{'a':1}", '{"a":1}{"b":'],
]
  .map((text) => Buffer.from(text))
  .concat(Buffer.from([0xff, 0xfe]), Buffer.from([0xc3]), Buffer.from([0xed, 0xa0, 0x80]));

const spot: fc.Arbitrary<Spot> = fc.oneof(
  fc.record({ share: fc.double({ min: 0, max: 0.999999, noNaN: true }) }),
  fc.record({ record: fc.nat(11), end: fc.boolean(), by: fc.integer({ min: -3, max: 3 }) }),
);

const stretch = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 2_000 }));
const target = fc.nat(999);
const piece = fc.constantFrom(...pieces);

const damage: fc.Arbitrary<Damage> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('insert' as const), spot, bytes: piece }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cut' as const), spot, length: stretch }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('flip' as const), spot, bit: fc.nat(7) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('overwrite' as const), spot, bytes: piece }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('join' as const), spot }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('duplicate' as const), spot, length: stretch, to: target }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('move' as const), spot, length: stretch, to: target }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut off' as const), spot }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('behead' as const), spot, length: stretch }) },
);

export { damage, damaged };
