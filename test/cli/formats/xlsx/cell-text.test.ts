import fc from 'fast-check';
import { fittingText, maxTextLength, sheetText } from '../../../../consumer/cli/formats/xlsx/cell-text';
import { runs } from '../../../property-runs';

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** Reads escaped text as a reader of XML does, and then as Excel does. */
const read = (xml: string) =>
  xml
    .replaceAll(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity)
    .replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));

/** Texts in which escapes begin, end and overlap. */
const escapeLike = fc
  .array(fc.constantFrom('_', 'x', '0041', 'FFFF', '005F', '\u0001', '\uffff', '\r', '&', 'a'))
  .map((parts) => parts.join(''));

describe('a text in the XML of a sheet', () => {
  it.each([
    ['a & b < c > d "e"', 'a &amp; b &lt; c &gt; d "e"'],
    ['tab\tand\nbreak', 'tab\tand\nbreak'],
    ['two\r\nlines', 'two_x000D_\nlines'],
    ['\u0000 \u001b[2J', '_x0000_ _x001B_[2J'],
    ['\ufffe\uffff', '_xFFFE__xFFFF_'],
    ['_x0001_', '_x005F_x0001_'],
    ['_x0001_x0002_', '_x005F_x0001_x005F_x0002_'],
    ['_x0041\u0001', '_x005F_x0041_x0001_'],
    ['_x12_ x0001_ _y', '_x12_ x0001_ _y'],
    ['Grün 🎉', 'Grün 🎉'],
  ])('has the escapes of Excel: %j', (text, xml) => {
    expect(sheetText(text)).toBe(xml);
  });

  it('is the same text after reading, and has no characters that XML forbids', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary' }), escapeLike);
    fc.assert(
      fc.property(texts, (text) => {
        const xml = sheetText(text);
        expect(read(xml)).toBe(text);
        expect(xml).not.toMatch(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
        expect(xml).not.toMatch(/<|&(?!amp;|lt;|gt;)/);
      }),
      { numRuns: runs(2000) },
    );
  });
});

describe('a long text', () => {
  const longest = 'x'.repeat(maxTextLength);

  it('is complete up to the limit of Excel', () => {
    expect(fittingText(longest)).toBe(longest);
  });

  it('is cut above it, and ends with a mark', () => {
    expect(fittingText(`${longest}x`)).toBe(`${longest.slice(1)}…`);
  });

  it('is never cut in the middle of a character', () => {
    const text = `${'x'.repeat(maxTextLength - 2)}🎉🎉`;
    expect(fittingText(text)).toBe(`${'x'.repeat(maxTextLength - 2)}…`);
  });
});
