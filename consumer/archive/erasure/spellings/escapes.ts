/** A text with decoded escapes, and the place of each of its characters in the original text. */
interface Layer {
  text: string;
  /** The start of each UTF-16 unit's spelling, and one more entry for the end; absent for the original text. */
  starts?: readonly number[];
}

/** Maximum number of times that a text is decoded: a link in a link in a link. */
const maxLayers = 6;

// UTF-8 in percent signs, one whole character each, and JSON escapes.
const escaped =
  /%[0-7][\dA-Fa-f]|%[CDcd][\dA-Fa-f]%[89ABab][\dA-Fa-f]|%[Ee][\dA-Fa-f](?:%[89ABab][\dA-Fa-f]){2}|%[Ff][0-7](?:%[89ABab][\dA-Fa-f]){3}|\\u[\dA-Fa-f]{4}|\\[nrtbf"\\/]/g;
const escapeHere = new RegExp(escaped.source, 'y');

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function decoded(spelling: string): string {
  if (spelling.startsWith('\\u')) return String.fromCharCode(Number.parseInt(spelling.slice(2), 16));
  if (spelling.startsWith('\\')) return controls[spelling.slice(1)] ?? spelling.slice(1);
  try {
    return decodeURIComponent(spelling);
  } catch {
    return spelling; // an overlong form, or half a pair: not a character
  }
}

/** The place of a layer's unit in the original text. */
function placeOf({ starts }: Layer, index: number): number {
  return starts?.[index] ?? index;
}

function decodeOnce(layer: Layer): Layer | undefined {
  const { text } = layer;
  if (!/[%\\]/.test(text)) return undefined;
  const starts: number[] = [];
  let result = '';
  let from = 0;
  const copy = (to: number) => {
    for (let index = from; index < to; index++) starts.push(placeOf(layer, index));
    result += text.slice(from, to);
  };
  for (const { 0: spelling, index } of text.matchAll(escaped)) {
    copy(index);
    const character = decoded(spelling);
    for (let unit = 0; unit < character.length; unit++) starts.push(placeOf(layer, index));
    result += character;
    from = index + spelling.length;
  }
  if (from === 0) return undefined;
  copy(text.length);
  starts.push(placeOf(layer, text.length));
  return { text: result, starts };
}

/** Yields the original text, and the text decoded once, twice and so on while it has escapes. */
function* layersOf(text: string): Generator<Layer, void> {
  let layer: Layer | undefined = { text };
  for (let count = 0; layer !== undefined && count < maxLayers; count++) {
    yield layer;
    layer = decodeOnce(layer);
  }
}

/** Whether an escape starts here. The next layer contains the decoded character. */
function isEscapeAt(text: string, index: number): boolean {
  escapeHere.lastIndex = index;
  return escapeHere.test(text);
}

// Patterns for finding escapes: regular expressions of RE2 for the escapes decoded above, in any letter case.

const hex = (code: number) => code.toString(16).padStart(2, '0');

/** The hexadecimal digits of letters and digits, which do not need to be escaped. */
const alphanumericDigits = '(?:3[0-9]|4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a])';

/** An ASCII character with these digits (a pattern), in percent signs of any number of rounds or escaped for JSON. */
function escapePattern(digits: string): string {
  return `%(?:25)*${digits}|\\\\+u00${digits}`;
}

/** A character itself, after backslashes, or, unless it is a letter or a digit, escaped. */
function characterPattern(text: string): string {
  if (/^[a-z0-9]$/i.test(text)) return `\\\\*${text}`;
  const digits = hex(text.charCodeAt(0));
  return `(?:\\\\*\\x${digits}|${escapePattern(digits)})`;
}

/** At least a part of a character beyond ASCII. */
const foreignPattern =
  '(?:[^\\x00-\\x7f]|%(?:25)*[89a-f][0-9a-f]|\\\\+u(?:00[89a-f]|0[1-9a-f][0-9a-f]|[1-9a-f][0-9a-f]{2})[0-9a-f])';

/**
 * Escapes that hide a text from all other patterns: escaped letters and digits, and escapes of the characters of
 * escapes. A percent sign or a backslash that is only doubled is not one of them.
 */
const unusualEscape = `${escapePattern(alphanumericDigits)}|${escapePattern('5c')}|\\\\+u0025`;

export {
  alphanumericDigits,
  characterPattern,
  escapePattern,
  foreignPattern,
  isEscapeAt,
  type Layer,
  layersOf,
  placeOf,
  unusualEscape,
};
