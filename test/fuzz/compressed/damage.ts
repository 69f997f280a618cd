import fc from 'fast-check';
import type { Compressed } from './compressions';

/** A place in compressed bytes: a share of the length, or an offset from the end of a part. */
type Spot = { share: number } | { boundary: number; offset: number };

/** A damage to compressed bytes. */
type Damage = { spot: Spot } & (
  | { kind: 'flip'; bit: number }
  | { kind: 'cut'; length: number }
  | { kind: 'truncate' }
  | { kind: 'cut part' }
  | { kind: 'cut start'; length: number }
  | { kind: 'insert'; bytes: Buffer }
  | { kind: 'append'; bytes: Buffer }
);

function indexOf({ boundaries }: Compressed, bytes: Buffer, spot: Spot): number {
  if ('share' in spot) return Math.floor(spot.share * bytes.length);
  const boundary = boundaries[spot.boundary % boundaries.length]?.at ?? 0;
  return Math.max(0, Math.min(bytes.length, boundary + spot.offset));
}

function damagedOnce(compressed: Compressed, bytes: Buffer, damage: Damage): Buffer {
  const at = indexOf(compressed, bytes, damage.spot);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (damage.kind) {
    case 'flip': {
      const flipped = Buffer.from(after.subarray(0, 1).map((byte) => byte ^ (1 << damage.bit)));
      return Buffer.concat([before, flipped, after.subarray(1)]);
    }
    case 'cut':
      return Buffer.concat([before, after.subarray(damage.length)]);
    case 'truncate':
      return before;
    case 'cut part': {
      const next = compressed.boundaries.find((boundary) => boundary.at > at)?.at ?? bytes.length;
      return Buffer.concat([before, bytes.subarray(next)]);
    }
    case 'cut start':
      return bytes.subarray(damage.length);
    case 'insert':
      return Buffer.concat([before, damage.bytes, after]);
    case 'append':
      return Buffer.concat([bytes, damage.bytes]);
  }
}

/** Returns the compressed bytes with some damage. */
function damagedBytes(compressed: Compressed, damages: readonly Damage[]): Buffer {
  let { bytes } = compressed;
  for (const damage of damages) bytes = damagedOnce(compressed, bytes, damage);
  return bytes;
}

const spot: fc.Arbitrary<Spot> = fc.oneof(
  fc.record({ share: fc.double({ min: 0, max: 0.999999, noNaN: true }) }),
  fc.record({ boundary: fc.nat(6), offset: fc.constant(0) }),
  fc.record({ boundary: fc.nat(6), offset: fc.integer({ min: -40, max: 40 }) }),
);

const length = fc.oneof(fc.integer({ min: 1, max: 32 }), fc.integer({ min: 1, max: 3_000 }));
const garbage = fc.oneof(
  fc
    .constantFrom('trailing text\n', '{"a":1}\n', '\n', 'PK', 'PK\x03\x04', '\x1f\x8b')
    .map((text) => Buffer.from(text, 'latin1')),
  fc.integer({ min: 1, max: 20 }).map((zeros) => Buffer.alloc(zeros)),
  fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
);

const damage: fc.Arbitrary<Damage> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('flip' as const), spot, bit: fc.nat(7) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('truncate' as const), spot }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cut' as const), spot, length }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('insert' as const), spot, bytes: garbage }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('append' as const), spot, bytes: garbage }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut part' as const), spot }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut start' as const), spot, length }) },
);

export { damage, damagedBytes };
