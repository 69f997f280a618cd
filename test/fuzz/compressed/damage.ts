import fc from 'fast-check';
import type { Compressed } from './compressions';

/** A place in compressed bytes: anywhere, or so many bytes from where a piece ends. */
type Spot = { share: number } | { boundary: number; by: number };

/** One damage to compressed bytes. */
type Damage = { spot: Spot } & (
  | { do: 'flip'; bit: number }
  | { do: 'cut'; length: number }
  | { do: 'cut off' }
  | { do: 'cut a piece' }
  | { do: 'behead'; length: number }
  | { do: 'insert'; bytes: Buffer }
  | { do: 'append'; bytes: Buffer }
);

function indexOf({ boundaries }: Compressed, bytes: Buffer, spot: Spot): number {
  if ('share' in spot) return Math.floor(spot.share * bytes.length);
  const boundary = boundaries[spot.boundary % boundaries.length]?.at ?? 0;
  return Math.max(0, Math.min(bytes.length, boundary + spot.by));
}

function damagedOnce(compressed: Compressed, bytes: Buffer, damage: Damage): Buffer {
  const at = indexOf(compressed, bytes, damage.spot);
  const [before, behind] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (damage.do) {
    case 'flip': {
      const flipped = Buffer.from(behind.subarray(0, 1).map((byte) => byte ^ (1 << damage.bit)));
      return Buffer.concat([before, flipped, behind.subarray(1)]);
    }
    case 'cut':
      return Buffer.concat([before, behind.subarray(damage.length)]);
    case 'cut off':
      return before;
    case 'cut a piece': {
      const next = compressed.boundaries.find((boundary) => boundary.at > at)?.at ?? bytes.length;
      return Buffer.concat([before, bytes.subarray(next)]);
    }
    case 'behead':
      return bytes.subarray(damage.length);
    case 'insert':
      return Buffer.concat([before, damage.bytes, behind]);
    case 'append':
      return Buffer.concat([bytes, damage.bytes]);
  }
}

/** The compressed bytes after some damage. */
function damagedBytes(compressed: Compressed, damages: readonly Damage[]): Buffer {
  let { bytes } = compressed;
  for (const damage of damages) bytes = damagedOnce(compressed, bytes, damage);
  return bytes;
}

const spot: fc.Arbitrary<Spot> = fc.oneof(
  fc.record({ share: fc.double({ min: 0, max: 0.999999, noNaN: true }) }),
  fc.record({ boundary: fc.nat(6), by: fc.constant(0) }),
  fc.record({ boundary: fc.nat(6), by: fc.integer({ min: -40, max: 40 }) }),
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
  { weight: 4, arbitrary: fc.record({ do: fc.constant('flip' as const), spot, bit: fc.nat(7) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cut off' as const), spot }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cut' as const), spot, length }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('insert' as const), spot, bytes: garbage }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('append' as const), spot, bytes: garbage }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut a piece' as const), spot }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('behead' as const), spot, length }) },
);

export { damage, damagedBytes };
