import stringWidth from 'string-width';

/** Printable ASCII and accented Latin letters, which have one column. Most texts consist of them. */
const narrow = /^[ -~\u00c0-\u024f]*$/;

let segmenter: Intl.Segmenter | undefined;

/** Splits a text into characters as people see them. The segmenter takes 10 ms to load, so the first use creates it. */
function characters(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** Returns the width of a text on a terminal. An East Asian wide character has two columns, a combining mark none. */
function textWidth(text: string): number {
  return narrow.test(text) ? text.length : stringWidth(text);
}

/** Returns the width of the widest text; 0 for no texts. */
function widestText(texts: readonly string[]): number {
  return texts.reduce((widest, text) => Math.max(widest, textWidth(text)), 0);
}

/** Returns the beginning of a text that fits a width: at least a character, and whole words where possible. */
function firstLine(text: string, width: number): string {
  let used = 0;
  let fitting = 0;
  let wordEnd = 0;
  for (const { segment, index } of characters(text)) {
    if (segment === ' ') wordEnd = index;
    used += textWidth(segment);
    if (used > width && fitting > 0) return text.slice(0, wordEnd || fitting);
    fitting = index + segment.length;
    if (segment === '/') wordEnd = fitting;
  }
  return text;
}

/**
 * Wraps a text to a width: at a space or after a slash where possible, and never inside a character.
 *
 * @param width in columns of a terminal; a wider character has its own line
 */
function wrappedText(text: string, width: number): string[] {
  if (width === Number.POSITIVE_INFINITY || textWidth(text) <= width) return [text];
  const lines: string[] = [];
  for (let rest = text; rest !== ''; ) {
    const line = firstLine(rest, width);
    lines.push(line);
    rest = rest.slice(line.length).replace(/^ /, '');
  }
  return lines;
}

export { textWidth, widestText, wrappedText };
