import fc from 'fast-check';
import { textWidth, wrappedText } from '../../../consumer/cli/output/text-width';

describe('the width of a text', () => {
  it.each([
    ['', 0],
    ['plain', 5],
    ['größe', 5],
    ['日本語', 6],
    ['e\u0301', 1],
    ['👍', 2],
    ['–…', 2],
  ])('of %j is %d', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});

describe('a wrapped text', () => {
  it.each([
    ['breaks at a space', 'one two three', 8, ['one two', 'three']],
    ['breaks at a space after the last fitting word', 'one two', 3, ['one', 'two']],
    ['breaks after a slash', 'events/dt=2026/a.gz', 10, ['events/', 'dt=2026/', 'a.gz']],
    ['breaks a long word', 'abcdefgh', 3, ['abc', 'def', 'gh']],
    ['breaks between wide characters', '日本語日本語', 5, ['日本', '語日', '本語']],
    ['breaks no character', '👩‍👩‍👧👩‍👩‍👧', 2, ['👩‍👩‍👧', '👩‍👩‍👧']],
    ['does not break a text that fits', 'one two', 7, ['one two']],
    ['is one empty line for an empty text', '', 7, ['']],
  ])('%s', (_, text, width, lines) => {
    expect(wrappedText(text, width)).toEqual(lines);
  });

  it('fits the width, and loses only spaces', () => {
    const unit = fc.constantFrom('a', 'ä', '日', '👍', ' ', '/', '-', '한');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 80 }), fc.integer({ min: 2, max: 40 }), (text, width) => {
        const lines = wrappedText(text, width);
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });

  it('keeps every character of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 40 }), (text, width) => {
        expect(wrappedText(text, width).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });
});
