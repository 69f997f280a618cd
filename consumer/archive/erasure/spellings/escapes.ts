/** A text with its escapes decoded, and where each of its characters stands in the text as written. */
interface Layer {
  text: string;
  /** For each UTF-16 unit where its spelling starts, and one entry more for the end; absent for the text as written. */
  starts?: readonly number[];
}

/** How often a text is decoded: a link in a link in a link. */
const mostLayers = 6;

// UTF-8 in percent signs, a whole character each, and what JSON escapes.
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
    return spelling; // too long a form, or half a pair: no character
  }
}

/** Where a unit of a layer stands in the text as written. */
function placeOf({ starts }: Layer, index: number): number {
  return starts?.[index] ?? index;
}

function decodeOnce(layer: Layer): Layer | undefined {
  const { text } = layer;
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

/** A text as written, and decoded once, twice and so on while it has escapes. */
function* layersOf(text: string): Generator<Layer, void> {
  let layer: Layer | undefined = { text };
  for (let count = 0; layer !== undefined && count < mostLayers; count++) {
    yield layer;
    layer = decodeOnce(layer);
  }
}

/** Whether an escape starts here: what it stands for is read in the next layer. */
function isEscapeAt(text: string, index: number): boolean {
  escapeHere.lastIndex = index;
  return escapeHere.test(text);
}

// How escapes are found: regular expressions of RE2 for what is decoded above, in any letter case.

const hex = (code: number) => code.toString(16).padStart(2, '0');

/** The digits of letters and digits, which nobody has to escape. */
const alphanumericDigits = '(?:3[0-9]|4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a])';

/** An ASCII character with these digits (a pattern), in percent signs of any number of rounds or escaped for JSON. */
function escapePattern(digits: string): string {
  return `%(?:25)*${digits}|\\\\+u00${digits}`;
}

/** A character as it is, behind backslashes, or, unless it is a letter or a digit, escaped. */
function characterPattern(text: string): string {
  if (/^[a-z0-9]$/i.test(text)) return `\\\\*${text}`;
  const digits = hex(text.charCodeAt(0));
  return `(?:\\\\*\\x${digits}|${escapePattern(digits)})`;
}

/** At least a part of a character beyond ASCII. */
const foreignPattern =
  '(?:[^\\x00-\\x7f]|%(?:25)*[89a-f][0-9a-f]|\\\\+u(?:00[89a-f]|0[1-9a-f][0-9a-f]|[1-9a-f][0-9a-f]{2})[0-9a-f])';

/**
 * What hides a text from every other pattern: letters and digits that are escaped, and escapes of what
 * escapes are made of. A percent sign or a backslash that is only doubled is no such thing.
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
