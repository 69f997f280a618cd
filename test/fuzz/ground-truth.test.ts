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

describe('the places of undamaged records', () => {
  it('contain bytes of records of the original object, and are at most as many', () => {
    fc.assert(
      fc.property(framedObject, fc.array(damage, { maxLength: 8 }), (object, damages) => {
        const texts = object.records.map(({ offset, length }) =>
          object.bytes.toString('latin1', offset, offset + length),
        );
        const { bytes, records } = damaged(object, damages);
        const remaining = records.map(({ offset, length }) =>
          bytes.toString('latin1', offset, offset + length),
        );
        expect(remaining.length).toBeLessThanOrEqual(texts.length);
        for (const text of remaining) expect(texts).toContain(text);
        if (damages.length === 0) expect(remaining).toEqual(texts);
      }),
    );
  });

  it('include all records except the damaged one', () => {
    fc.assert(
      fc.property(
        framedObject,
        fc.nat(),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (object, pick, share) => {
          const target = object.records[pick % object.records.length];
          if (target === undefined) throw new Error('there is no record');
          const place = target.offset + Math.max(1, Math.floor(share * target.length));
          const spot = { share: (place + 0.5) / object.bytes.length };
          const { records } = damaged(object, [{ kind: 'insert', spot, bytes: Buffer.from('x') }]);
          expect(records).toHaveLength(object.records.length - 1);
        },
      ),
    );
  });
});

describe('the boundaries of compressed bytes', () => {
  const parts = ['{"a":1}\n', '{"b":2}\n{"c":3}\n', '{"d":4}\n'].map((text) => Buffer.from(text));
  const content = Buffer.concat(parts);

  it.each(compressionForms)('%s: decompressing returns the content', async (form) => {
    const { bytes, boundaries } = compressions[form](parts);
    expect((await decompressed(bytes)).toString()).toBe(content.toString());
    expect(boundaries.at(-1)?.plain).toBe(content.length);
  });

  it.each(['gzip', 'paddedGzip', 'xerial', 'hadoop'] as const)(
    '%s: the content before a boundary is complete',
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

describe('the unchecked bits of a part', () => {
  const content = '{"a":1}\n';

  it.each(compressionForms)('%s: do not change the content', async (form) => {
    const { bytes, uncheckedBits } = compressions[form]([Buffer.from(content)]);
    for (const [index, bits] of uncheckedBits.entries()) {
      const changed = Buffer.from(bytes);
      changed[index] = (bytes[index] ?? 0) ^ bits;
      expect((await decompressed(changed)).toString()).toBe(content);
    }
  });

  it('are the only unchecked bits in a gzip header', async () => {
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

  it.each(Object.entries(spellings))('are found in the spelling %s', (_, spell) => {
    fc.assert(
      fc.property(person, fc.constantFrom('', 'see ', 'https://x.test/u/'), (someone, before) => {
        for (const after of ['', '/confirm', '?x=1']) {
          expect(traceOf(someone, before + spell(someone) + after)).toBeDefined();
          const record = JSON.stringify({ mail: { tags: { user: [before + spell(someone) + after] } } });
          expect(traceOf(someone, record)).toBeDefined();
        }
      }),
      { numRuns: runs(30) },
    );
  });

  it('are not found for another person or a pseudonym', () => {
    fc.assert(
      fc.property(person, fc.constantFrom(...Object.values(spellings)), (someone, spell) => {
        const other = { local: 'kim', domain: 'elsewhere.test' };
        const pseudonym = { local: 'forgotten-0123456789ab', domain: 'forgotten.invalid' };
        for (const candidate of [other, pseudonym])
          expect(traceOf(someone, spell(candidate))).toBeUndefined();
      }),
    );
  });

  it('differ from similar addresses', () => {
    fc.assert(
      fc.property(person, (someone) => {
        for (const neighbor of Object.values(neighborOf)) expect(neighbor(someone)).not.toEqual(someone);
      }),
    );
  });
});
