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

export { isEscapeAt, type Layer, layersOf, placeOf };
