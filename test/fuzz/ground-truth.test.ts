import fc from 'fast-check';
import { decompress } from '../../consumer/records/compression/decompress';
import { runs } from '../property-runs';
import { compressionForms, compressions } from './compressed/compressions';
import { addressSpellings, neighborOf, pathSpellings, person, textSpellings } from './forget/spellings';
import { traceOf } from './forget/traces';
import { damage, damaged } from './plain/damage';
import { framedObject } from './plain/framing';

async function decompressed(bytes: Buffer): Promise<Buffer> {
  const parts: Buffer[] = [];
  const source = (async function* () {
    yield bytes;
  })();
  for await (const part of decompress(source)) parts.push(part);
  return Buffer.concat(parts);
}

describe('the places of untouched records', () => {
  it('hold the bytes of records of the undamaged object, in as many places as there are records at most', () => {
    fc.assert(
      fc.property(framedObject, fc.array(damage, { maxLength: 8 }), (object, damages) => {
        const texts = object.records.map(({ offset, length }) =>
          object.bytes.toString('latin1', offset, offset + length),
        );
        const { bytes, records } = damaged(object, damages);
        const left = records.map(({ offset, length }) => bytes.toString('latin1', offset, offset + length));
        expect(left.length).toBeLessThanOrEqual(texts.length);
        for (const text of left) expect(texts).toContain(text);
        if (damages.length === 0) expect(left).toEqual(texts);
      }),
    );
  });

  it('are all but that of the record which a damage is in', () => {
    fc.assert(
      fc.property(
        framedObject,
        fc.nat(),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (object, pick, share) => {
          const touched = object.records[pick % object.records.length];
          if (touched === undefined) throw new Error('there is no record');
          const place = touched.offset + Math.max(1, Math.floor(share * touched.length));
          const spot = { share: (place + 0.5) / object.bytes.length };
          const { records } = damaged(object, [{ do: 'insert', spot, bytes: Buffer.from('x') }]);
          expect(records).toHaveLength(object.records.length - 1);
        },
      ),
    );
  });
});

describe('the boundaries of compressed bytes', () => {
  const parts = ['{"a":1}\n', '{"b":2}\n{"c":3}\n', '{"d":4}\n'].map((text) => Buffer.from(text));
  const content = Buffer.concat(parts);

  it.each(compressionForms)('%s: what is compressed is decompressed', async (form) => {
    const { bytes, boundaries } = compressions[form](parts);
    expect((await decompressed(bytes)).toString()).toBe(content.toString());
    expect(boundaries.at(-1)?.plain).toBe(content.length);
  });

  it.each(['gzip', 'paddedGzip', 'xerial', 'hadoop'] as const)(
    '%s: what is before a boundary is whole',
    async (form) => {
      const { bytes, boundaries } = compressions[form](parts);
      expect(boundaries).toHaveLength(parts.length + 1);
      for (const { at, plain } of boundaries) {
        const found = await decompressed(bytes.subarray(0, at));
        expect(found.toString()).toBe(content.toString('utf8', 0, plain));
      }
    },
  );
});

describe('the unchecked bits of a piece', () => {
  const content = '{"a":1}\n';

  it.each(compressionForms)('%s: change nothing of its content', async (form) => {
    const { bytes, uncheckedBits } = compressions[form]([Buffer.from(content)]);
    for (const [index, bits] of uncheckedBits.entries()) {
      const changed = Buffer.from(bytes);
      changed[index] = (bytes[index] ?? 0) ^ bits;
      expect((await decompressed(changed)).toString()).toBe(content);
    }
  });

  it('are the only ones in the header of a gzip', async () => {
    const { bytes, uncheckedBits } = compressions.gzip([Buffer.from(content)]);
    for (let bit = 0; bit < 80; bit++) {
      const [index, mask] = [Math.floor(bit / 8), 1 << (bit % 8)];
      if (((uncheckedBits[index] ?? 0) & mask) !== 0) continue;
      const changed = Buffer.from(bytes);
      changed[index] = (bytes[index] ?? 0) ^ mask;
      const read = await decompressed(changed).then(String, () => 'rejected');
      expect({ bit, read }).not.toEqual({ bit, read: content });
    }
  });
});

describe('the traces of a person', () => {
  const spellings = { ...textSpellings, ...addressSpellings, ...pathSpellings };

  it.each(Object.entries(spellings))('are found in what is spelled %s', (_, spell) => {
    fc.assert(
      fc.property(person, fc.constantFrom('', 'see ', 'https://x.test/u/'), (someone, before) => {
        for (const behind of ['', '/confirm', '?x=1']) {
          expect(traceOf(someone, before + spell(someone) + behind)).toBeDefined();
          const record = JSON.stringify({ mail: { tags: { user: [before + spell(someone) + behind] } } });
          expect(traceOf(someone, record)).toBeDefined();
        }
      }),
      { numRuns: runs(30) },
    );
  });

  it('are none of somebody elsewhere, nor of a pseudonym', () => {
    fc.assert(
      fc.property(person, fc.constantFrom(...Object.values(spellings)), (someone, spell) => {
        const other = { local: 'kim', domain: 'elsewhere.test' };
        const pseudonym = { local: 'forgotten-0123456789ab', domain: 'forgotten.invalid' };
        for (const they of [other, pseudonym]) expect(traceOf(someone, spell(they))).toBeUndefined();
      }),
    );
  });

  it('are not the same for neighbors: each has an address of its own', () => {
    fc.assert(
      fc.property(person, (someone) => {
        for (const neighbor of Object.values(neighborOf)) expect(neighbor(someone)).not.toEqual(someone);
      }),
    );
  });
});
