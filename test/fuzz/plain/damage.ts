import fc from 'fast-check';
import type { FramedObject, Place } from './framing';

/** Bytes with their offsets in the undamaged object; -1 for other bytes. */
interface TracedBytes {
  bytes: Buffer;
  origins: Int32Array;
}

/** A place in an object: a share of the length, or an offset from the start or end of a record. */
type Spot = { share: number } | { record: number; end: boolean; offset: number };

/** A damage to bytes. */
type Damage = { spot: Spot } & (
  | { kind: 'flip'; bit: number }
  | { kind: 'cut'; length: number }
  | { kind: 'insert'; bytes: Buffer }
  | { kind: 'overwrite'; bytes: Buffer }
  | { kind: 'duplicate'; length: number; to: number }
  | { kind: 'move'; length: number; to: number }
  | { kind: 'join' }
  | { kind: 'truncate' }
  | { kind: 'cut start'; length: number }
);

function traced({ bytes }: FramedObject): TracedBytes {
  return { bytes, origins: Int32Array.from(bytes.keys()) };
}

function part({ bytes, origins }: TracedBytes, start: number, end: number): TracedBytes {
  return { bytes: bytes.subarray(start, end), origins: origins.subarray(start, end) };
}

function untraced(bytes: Buffer): TracedBytes {
  return { bytes, origins: new Int32Array(bytes.length).fill(-1) };
}

function joined(parts: readonly TracedBytes[]): TracedBytes {
  const origins = new Int32Array(parts.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let at = 0;
  for (const { origins: partOrigins } of parts) {
    origins.set(partOrigins, at);
    at += partOrigins.length;
  }
  return { bytes: Buffer.concat(parts.map(({ bytes }) => bytes)), origins };
}

/** Replaces the bytes from `start` to `end`. */
function spliced(object: TracedBytes, start: number, end: number, replacement: TracedBytes): TracedBytes {
  const { length } = object.bytes;
  return joined([part(object, 0, start), replacement, part(object, Math.min(end, length), length)]);
}

const empty = untraced(Buffer.alloc(0));

function indexOf({ bytes }: TracedBytes, spot: Spot, records: readonly Place[]): number {
  if ('share' in spot) return Math.floor(spot.share * bytes.length);
  const record = records[spot.record % records.length];
  const edge = record === undefined ? 0 : record.offset + (spot.end ? record.length : 0);
  return Math.max(0, Math.min(bytes.length, edge + spot.offset));
}

function damagedOnce(object: TracedBytes, damage: Damage, records: readonly Place[]): TracedBytes {
  const at = indexOf(object, damage.spot, records);
  const { bytes } = object;
  switch (damage.kind) {
    case 'flip': {
      const flipped = Buffer.from([(bytes[at] ?? 0) ^ (1 << damage.bit)]);
      return spliced(object, at, at + 1, untraced(flipped));
    }
    case 'cut':
      return spliced(object, at, at + damage.length, empty);
    case 'insert':
      return spliced(object, at, at, untraced(damage.bytes));
    case 'overwrite':
      return spliced(object, at, at + damage.bytes.length, untraced(damage.bytes));
    case 'duplicate': {
      // The copy is not part of the original object, because its original bytes remain at their place.
      const copy = untraced(Buffer.from(bytes.subarray(at, at + damage.length)));
      const to = Math.floor((damage.to / 1000) * bytes.length);
      return spliced(object, to, to, copy);
    }
    case 'move': {
      const moved = part(object, at, Math.min(at + damage.length, bytes.length));
      const rest = spliced(object, at, at + damage.length, empty);
      const to = Math.floor((damage.to / 1000) * rest.bytes.length);
      return spliced(rest, to, to, moved);
    }
    case 'join': {
      const lineEnd = bytes.indexOf('\n', at);
      return lineEnd === -1 ? object : spliced(object, lineEnd, lineEnd + 1, empty);
    }
    case 'truncate':
      return part(object, 0, at);
    case 'cut start':
      return part(object, Math.min(damage.length, bytes.length), bytes.length);
  }
}

/** Returns an object with some damage, and the places of its undamaged records. */
function damaged(object: FramedObject, damages: readonly Damage[]): FramedObject {
  let result = traced(object);
  for (const damage of damages) result = damagedOnce(result, damage, object.records);
  const placeOf = new Map<number, number>();
  for (const [place, origin] of result.origins.entries()) if (origin !== -1) placeOf.set(origin, place);
  const isUndamaged = ({ offset, length }: Place) => {
    const start = placeOf.get(offset) ?? Number.NaN;
    for (let index = 0; index < length; index++) {
      if (result.origins[start + index] !== offset + index) return false;
    }
    return true;
  };
  const records = object.records
    .filter(isUndamaged)
    .map(({ offset, length }) => ({ offset: placeOf.get(offset) ?? Number.NaN, length }));
  return { bytes: result.bytes, records };
}

/** Bytes to insert: text, punctuation, halves of records, and bytes that are not UTF-8. */
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
  fc.record({ record: fc.nat(11), end: fc.boolean(), offset: fc.integer({ min: -3, max: 3 }) }),
);

const stretch = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 2_000 }));
const target = fc.nat(999);
const piece = fc.constantFrom(...pieces);

const damage: fc.Arbitrary<Damage> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('insert' as const), spot, bytes: piece }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('cut' as const), spot, length: stretch }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('flip' as const), spot, bit: fc.nat(7) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('overwrite' as const), spot, bytes: piece }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('join' as const), spot }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('duplicate' as const), spot, length: stretch, to: target }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('move' as const), spot, length: stretch, to: target }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('truncate' as const), spot }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut start' as const), spot, length: stretch }) },
);

export { damage, damaged };
