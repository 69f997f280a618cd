import fc from 'fast-check';
import { Erasure } from '../../../../consumer/archive/erasure/erase-outcome';
import {
  byteLength,
  inBytes,
  replacedBytes,
  textOf,
} from '../../../../consumer/archive/erasure/spellings/lossless-text';
import { addressHash, pseudonymOf } from '../../../../consumer/archive/store/tombstones';

/** Bytes that mix complete and incomplete characters of every length. */
const bytes = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 6 }),
      fc.string({ unit: 'binary', maxLength: 4 }).map((text) => new Uint8Array(Buffer.from(text))),
      fc
        .constantFrom('\xc3', '\xc3\xa9', '\xed\xa0\x80', '\xf0\x9f\x92', '\xf4\x90\x80\x80', 'a')
        .map((text) => Uint8Array.from(Buffer.from(text, 'latin1'))),
    ),
    { maxLength: 8 },
  )
  .map((parts) => Buffer.concat(parts));

describe('losslessText', () => {
  it('has one character per byte, and returns the bytes after a replacement', () => {
    fc.assert(
      fc.property(bytes, bytes, (before, after) => {
        const whole = Buffer.concat([before, Buffer.from(' person '), after]);
        const text = textOf(whole);
        expect(byteLength(text)).toBe(whole.length);
        const start = text.indexOf(' person ');
        const places = inBytes(text, [{ start, end: start + 8, text: '-' }]);
        const byte = whole.indexOf(' person ');
        const expected = Buffer.concat([whole.subarray(0, byte), Buffer.from('-'), whole.subarray(byte + 8)]);
        expect(replacedBytes(whole, places)).toEqual(expected);
      }),
    );
  });

  it('is the text itself for UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!/\p{Surrogate}/u.test(text));
        expect(textOf(Buffer.from(text))).toBe(text);
      }),
    );
  });
});

describe('in a record with invalid UTF-8', () => {
  const person = (address: string) => {
    const hash = addressHash('salt', address);
    return { hash, pseudonym: pseudonymOf(hash), removed: false };
  };
  const people = ['ana@example.com', 'łukasz@example.com', 'josé@example.com'].map(person);
  const erasure = new Erasure({ salt: 'salt', people });
  const [ana, lukasz, jose] = people.map(({ pseudonym }) => pseudonym);

  it.each([
    ['a letter outside latin1, escaped', '"\\u0122 for ana@example.com \xff"', `"\\u0122 for ${ana} \xff"`],
    ['a Chinese character', '"\\u4e2d\xff ana@example.com"', `"\\u4e2d\xff ${ana}"`],
    ['a latin1 letter, escaped', '"\\u00e9 \xe9 ana@example.com"', `"\\u00e9 \xe9 ${ana}"`],
    ['half a surrogate pair', '"\\ud83d \xff ana@example.com \\/"', `"\\ud83d \xff ${ana} \\/"`],
    ['text in UTF-8 elsewhere', '["\xc5\x82ukasz@example.com","\xff"]', `["${lukasz}","\xff"]`],
    ['an address in latin1', '["jos\xe9@example.com"]', `["${jose}"]`],
    ['an address in UTF-8', '["jos\xc3\xa9@example.com", "\xe9"]', `["${jose}", "\xe9"]`],
    ['nobody', '["\\u0122 joana@example.com", "\xe9"]', '["\\u0122 joana@example.com", "\xe9"]'],
  ])('%s remains as it is written', (_, record, expected) => {
    const [before, after] = [record, expected].map((text) => Buffer.from(`{"a": ${text}}`, 'latin1'));
    expect(erasure.bytes(before ?? Buffer.of())).toEqual(after);
  });
});
