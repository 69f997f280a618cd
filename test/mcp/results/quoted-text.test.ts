import fc from 'fast-check';
import { quotedJson, visibleText, withTexts } from '../../../consumer/mcp/results/quoted-text';

describe('visibleText', () => {
  it.each([
    ['a control character', 'a\u001b[31mb', 'a\\u001b[31mb'],
    ['a mark of direction', 'a\u202eb', 'a\\u202eb'],
    ['a zero-width space', 'ig\u200bnore', 'ig\\u200bnore'],
    ['a byte order mark', '\ufeffa', '\\ufeffa'],
    ['a soft hyphen', 'a\u00adb', 'a\\u00adb'],
    ['a tag character', 'a\u{e0041}b', 'a\\u{e0041}b'],
    ['a variation selector', 'a\u{e0100}b', 'a\\u{e0100}b'],
    ['a line separator', 'a\u2028b', 'a\\u2028b'],
    ['a single surrogate', 'a\ud800b', 'a\\ud800b'],
    ['a private character', 'a\ue000b', 'a\\ue000b'],
  ])('writes %s as an escape', (_, text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });

  it.each(['Grüße, 世界 🎉 <b>', 'two\nlines\tand a tab', ''])('does not change %j', (text) => {
    expect(visibleText(text)).toBe(text);
  });

  it('cuts a long text and reports the rest', () => {
    expect(visibleText('a'.repeat(2500))).toBe(`${'a'.repeat(2000)}… (500 more characters)`);
  });

  it('leaves no invisible character of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) =>
        expect(visibleText(text)).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u),
      ),
    );
  });
});

describe('quotedJson', () => {
  it('is JSON of the same value, without markup', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const safe = withTexts(value, (text) => text);
        const json = quotedJson(safe);
        expect(json).not.toMatch(/[<>&]/);
        expect(JSON.stringify(JSON.parse(json))).toBe(JSON.stringify(safe));
      }),
    );
  });
});

describe('withTexts', () => {
  it('changes each text, the names of fields included, and keeps other values', () => {
    const value = { a: ['b', 1, { c: null }], d: new Date(0), e: undefined, f: true };
    expect(withTexts(value, (text) => text.toUpperCase())).toEqual({
      A: ['B', 1, { C: null }],
      D: '1970-01-01T00:00:00.000Z',
      F: true,
    });
  });
});
