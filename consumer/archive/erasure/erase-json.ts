import { jsonValue } from '../../events/json-object';
import { type Replacement, shifted } from './spellings/replacement';

/** Values to remove together with the person, by their key. Of a link, only the query and the fragment are removed. */
type PersonalValues = ReadonlyMap<string, ReadonlySet<string>>;

/** A string, with the colon after it if it is a key. The last string may be cut off. */
const stringToken = /"[^"\\]*(?:\\.[^"\\]*)*(?:"(\s*:)?|\\?$)/gs;
/** The same, and the brackets and braces that determine the key of a string at any depth. */
const structureToken = new RegExp(`${stringToken.source}|[[\\]{}]`, 'gs');

/** Keys of texts that a server or a person wrote about an address. */
const proseKeys = /^(diagnostic_?code|(smtp_?response)|(last)?_?error_?message)$/i;

/** Keys of links. A link remains without its query and fragment, in which newsletters identify their reader. */
const linkKeys: ReadonlySet<string> = new Set(['link', 'feedback']);

/** The value of a header is a text in every record, although it can be empty. */
const headerValue = 'value';

const character = /\\u[\dA-Fa-f]{4}|\\.|./gs;

/** Moves replacements in a string's value to their places in the string's JSON. */
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

/**
 * Replaces a personal value by null, or by an empty text where a text is required. A link only loses its query and
 * fragment.
 */
function inPersonal(json: string, index: number, string: string, key: string, value: string): Replacement[] {
  const complete = { start: 0, end: string.length };
  if (!linkKeys.has(key)) {
    return [{ ...complete, text: isMember(json, index) && key !== headerValue ? 'null' : '""' }];
  }
  const query = value.search(/[?#]/);
  return query < 0 ? [] : [...inString(string, [{ start: query, end: value.length, text: '' }])];
}

/**
 * Finds the replacements in a JSON text: those of `find` in each of its strings, keys included. Numbers, spaces,
 * duplicate keys and all other spelling remain unchanged. A text remains a text, and a list of texts remains one.
 *
 * @param find also receives whether a server or a person wrote the string about an address
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
    // The caller handles a string that is cut off.
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

export { inJson, inString, linkKeys, type PersonalValues };
