import { jsonValue } from '../../events/json-object';
import { type Replacement, shifted } from './spellings/replacement';

/** Values that go with the person, by the key that they go under: of links all but the query stays. */
type PersonalValues = ReadonlyMap<string, ReadonlySet<string>>;

/** A string, and the colon behind one that is a key; the last one may be cut off. */
const stringToken = /"[^"\\]*(?:\\.[^"\\]*)*(?:"(\s*:)?|\\?$)/gs;
/** The same, and what says under which key a string stands, however deep. */
const structureToken = new RegExp(`${stringToken.source}|[[\\]{}]`, 'gs');

/** Under these keys stands what a server or a person wrote about an address. */
const proseKeys = /^(diagnostic_?code|(smtp_?response)|(last)?_?error_?message)$/i;

/** Under these keys stands a link: without its query and fragment, in which newsletters name their reader, it stays. */
const linkKeys: ReadonlySet<string> = new Set(['link', 'feedback']);

/** A header's value is a text in every record, though it may be empty. */
const headerValue = 'value';

const character = /\\u[\dA-Fa-f]{4}|\\.|./gs;

/** What is to be replaced in a string's value, at its places in the string as JSON writes it. */
function inString(string: string, found: readonly Replacement[]): readonly Replacement[] {
  if (found.length === 0) return found;
  const starts = string.includes('\\')
    ? Array.from(string.slice(1, -1).matchAll(character), ({ index }) => index).concat(string.length - 2)
    : undefined;
  return found.map(({ start, end, text }) => ({
    start: 1 + (starts?.[start] ?? start),
    end: 1 + (starts?.[end] ?? end),
    text: JSON.stringify(text).slice(1, -1),
  }));
}

/** Whether a string is the value of its key, and not an item of a list. */
function isMember(json: string, index: number): boolean {
  let before = index - 1;
  while (/\s/.test(json[before] ?? '')) before--;
  return json[before] === ':';
}

/** What becomes of a personal value: null where nothing but a value can stand, else the empty text; of a link the query goes. */
function inPersonal(json: string, index: number, string: string, key: string, value: string): Replacement[] {
  const whole = { start: 0, end: string.length };
  if (!linkKeys.has(key)) {
    return [{ ...whole, text: isMember(json, index) && key !== headerValue ? 'null' : '""' }];
  }
  const query = value.search(/[?#]/);
  return query < 0 ? [] : [...inString(string, [{ start: query, end: value.length, text: '' }])];
}

/**
 * What is to be replaced in a JSON text: in every string of it what \`find\` finds, keys included. Numbers,
 * spaces, duplicate keys and the spelling of everything else stay as they are written, and what was a text
 * or a list of texts is one still.
 *
 * @param find told whether the string is what a server wrote about an address
 */
function* inJson(
  json: string,
  find: (text: string, isProse: boolean) => readonly Replacement[],
  personal?: PersonalValues,
): Generator<Replacement, void> {
  let key = '';
  const keys: string[] = [];
  for (const { 0: token, 1: colon, index } of json.matchAll(
    personal === undefined ? stringToken : structureToken,
  )) {
    if (token === '{' || token === '[') keys.push(key);
    else if (token === '}' || token === ']') key = keys.pop() ?? '';
    const string = colon === undefined ? token : token.slice(0, -colon.length);
    // One that is cut off is left to the caller.
    if (string.length < 2 || !string.endsWith('"')) continue;
    // A token without escapes needs no parser.
    const value = string.includes('\\') ? jsonValue(string) : string.slice(1, -1);
    if (typeof value !== 'string') continue;
    if (colon !== undefined) key = value;
    const isPersonal = colon === undefined && personal?.get(key)?.has(value) === true;
    if (isPersonal) yield* shifted(inPersonal(json, index, string, key, value), index);
    if (isPersonal && !linkKeys.has(key)) continue;
    yield* shifted(inString(string, find(value, colon === undefined && proseKeys.test(key))), index);
  }
}

export { inJson, linkKeys, type PersonalValues };
