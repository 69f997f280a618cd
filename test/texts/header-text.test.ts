import fc from 'fast-check';
import { headerText } from '../../consumer/texts/header-text';
import { unsafe } from '../cli/unsafe-text';
import { runs } from '../property-runs';

/** Encodes a word as in RFC 2047. */
function word(bytes: Uint8Array, charset: string, encoding: string): string {
  const hex = (byte: number) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  const text = /b/i.test(encoding)
    ? Buffer.from(bytes).toString('base64')
    : [...bytes].map((byte) => hex(byte)).join('');
  return `=?${charset}?${encoding}?${text}?=`;
}

describe('a header for display', () => {
  it.each([
    ['no encoded word', 'Grüße, Ana =?', 'Grüße, Ana =?'],
    ['base64', '=?UTF-8?B?R3LDvG4=?= <news@shop.example>', 'Grün <news@shop.example>'],
    ['quoted printable', 'Re: =?utf-8?q?Gr=C3=BC=C3=9Fe_an_alle?=', 'Re: Grüße an alle'],
    ['a character in two words', '=?utf-8?q?=E2=82?= =?utf-8?q?=AC?=', '€'],
    ['words with a space between them', '=?utf-8?q?a?= =?utf-8?q?b?= c', 'ab c'],
    ['Japanese', '=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=', '日本'],
    ['Cyrillic', '=?koi8-r?B?8NLJ18XU?=', 'Привет'],
    ['a language', '=?utf-8*en?q?hi?=', 'hi'],
    ['an unknown encoding', '=?utf-8?x?abc?=', '=?utf-8?x?abc?='],
    ['a word without an end', '=?utf-8?q?abc', '=?utf-8?q?abc'],
    ['an escape', '=?utf-8?q?a=1B[2J?=', 'a\\u001b[2J'],
    ['a line break', '=?utf-8?q?a=0D=0Ab?=', 'a\\u000d\\u000ab'],
    ['a changed text direction', '=?utf-8?B?4oCuZXhl?=', '\\u202eexe'],
    ['an 8-bit control character', '=?iso-8859-1?q?a=85b?=', expect.stringMatching(/^a(…|\\u0085)b$/)],
  ])('%s', (_, raw, shown) => {
    expect(headerText(raw)).toEqual(shown);
  });

  it('is decoded only once', () => {
    const inner = word(Buffer.from('x'), 'utf-8', 'B');
    expect(headerText(word(Buffer.from(inner), 'utf-8', 'B'))).toBe(inner);
  });

  const charset = fc.oneof(
    fc.constantFrom(
      'utf-8',
      'UTF-16',
      'utf-16be',
      'utf-7',
      'iso-2022-jp',
      'gb18030',
      'x-user-defined',
      'big5',
      'nope',
      '',
    ),
    fc.string(),
  );
  const encoded = fc
    .tuple(fc.uint8Array({ maxLength: 40 }), charset, fc.constantFrom('B', 'b', 'Q', 'q', 'x', ''))
    .map(([bytes, name, encoding]) => word(bytes, name, encoding));
  const damaged = fc
    .tuple(encoded, fc.nat(60), fc.string({ unit: 'binary', maxLength: 5 }))
    .map(([text, at, other]) => text.slice(0, at) + other + text.slice(at + other.length));

  it('never fails or contains control characters, for any words, charsets and bytes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(encoded, damaged, fc.string({ unit: 'binary' }), fc.constant(' '))),
        (parts) => {
          expect(headerText(parts.join(''))).not.toMatch(unsafe);
        },
      ),
      { numRuns: runs(2000) },
    );
  });

  it('decodes to the original text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.constantFrom('B', 'Q'),
        (text, encoding) => {
          fc.pre(!unsafe.test(text) && !text.includes('\ufeff'));
          expect(headerText(word(Buffer.from(text), 'utf-8', encoding))).toBe(text);
        },
      ),
    );
  });

  it('of a megabyte is decoded in linear time', () => {
    const long = `=?utf-8?q?${'a'.repeat(2 ** 20)}?= ${'=?'.repeat(2 ** 18)}`;
    expect(headerText(long)).toHaveLength(2 ** 20 + 1 + 2 ** 19);
  });
});
