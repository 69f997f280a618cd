import fc from 'fast-check';
import {
  copyBytes,
  ExpectedText,
  firstMarked,
  unusualBytes,
  viewOf,
} from '../../consumer/records/four-bytes';
import { runs } from '../property-runs';

/** Bytes near the limits of those that are marked, and any others. */
const nearLimits = fc.oneof(
  fc.constantFrom(0x00, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x5b, 0x5c, 0x5d, 0x7f, 0x80, 0xff),
  fc.nat(255),
);
const fourBytes = fc.tuple(nearLimits, nearLimits, nearLimits, nearLimits);

function isUnusual(byte: number): boolean {
  return byte < 0x20 || byte >= 0x80 || byte === 0x22 || byte === 0x5c;
}

describe('four bytes at once', () => {
  test('mark the first byte that is not plain, and no word of plain bytes', () => {
    fc.assert(
      fc.property(fourBytes, (bytes) => {
        const marks = unusualBytes(viewOf(Buffer.from(bytes)).getInt32(0, true));
        const first = bytes.findIndex(isUnusual);
        expect(marks === 0 ? -1 : firstMarked(marks)).toBe(first);
      }),
      { numRuns: runs(2_000) },
    );
  });

  test('copy the same bytes as one by one, and change none after them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), fc.nat(5), fc.nat(20), (source, at, from) => {
        const start = Math.min(from, source.length);
        const copied = Buffer.alloc(30, 0xaa);
        const expected = Buffer.from(copied);
        const end = copyBytes(viewOf(copied), at, viewOf(Buffer.from(source)), start, source.length);
        expected.set(source.subarray(start), at);
        expect(end).toBe(at + source.length - start);
        expect(copied.equals(expected)).toBe(true);
      }),
      { numRuns: runs(1_000) },
    );
  });

  test('find an expected text where it is, and nowhere else', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '"', 'é'), maxLength: 12 });
    fc.assert(
      fc.property(
        letters.filter((text) => text !== ''),
        letters,
        letters,
        (text, before, after) => {
          const bytes = Buffer.from(`${before}${text}${after}    `);
          const expected = new ExpectedText(text);
          expect(expected.length).toBe(Buffer.byteLength(text));
          for (let at = 0; at < bytes.length; at++) {
            const isThere = bytes.subarray(at, at + expected.length).equals(Buffer.from(text));
            const isReadable = at + 4 * Math.ceil(expected.length / 4) <= bytes.length;
            expect(expected.isAt(viewOf(bytes), at, bytes.length)).toBe(isThere && isReadable);
          }
        },
      ),
      { numRuns: runs(500) },
    );
  });
});
