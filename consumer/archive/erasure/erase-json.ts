/** Values that go with the person: under these keys the value, where it is one of these. */
type PersonalValues = ReadonlyMap<string, PersonalValue>;

/** The keys under which a value goes, and what it becomes: null, or a text where a text has to stand. */
interface PersonalValue {
  keys: ReadonlySet<string>;
  becomes: string | null;
}

/** A string, and the colon behind one that is a key; the last one may be cut off. */
const stringToken = /"[^"\\]*(?:\\.[^"\\]*)*(?:"(\s*:)?|\\?$)/gs;

/** Under these keys stands what a server or a person wrote about an address. */
const proseKeys = /^(diagnostic_?code|(smtp_?response)|(last)?_?error_?message)$/i;

/** A header's value is a text in every record, though it may be empty. */
const headerValue = 'value';

function parsed(json: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(json) };
  } catch {
    return undefined;
  }
}

/**
 * A JSON text with every string in it replaced by what `erase` makes of it, keys included. Numbers, spaces
 * and duplicate keys stay as they are written.
 *
 * @returns the text, and whether it was JSON to its end; otherwise what is outside of strings needs a look
 */
function eraseJson(
  json: string,
  erase: (text: string, isProse: boolean) => string,
  personal?: PersonalValues,
): { text: string; isWhole: boolean } {
  let key = '';
  const text = json.replace(stringToken, (token, colon: string | undefined) => {
    const string = colon === undefined ? token : token.slice(0, -colon.length);
    if (string.length < 2 || !string.endsWith('"')) return token;
    // A token without escapes needs no parser; one that is cut or none at all is left to the caller.
    const value = string.includes('\\') ? parsed(string)?.value : string.slice(1, -1);
    if (typeof value !== 'string') return token;
    if (colon !== undefined) key = value;
    const goes = colon === undefined ? personal?.get(value) : undefined;
    if (goes?.keys.has(key)) {
      if (goes.becomes !== null) return JSON.stringify(erase(goes.becomes, false));
      return key === headerValue ? '""' : 'null';
    }
    const erased = erase(value, colon === undefined && proseKeys.test(key));
    return erased === value ? token : JSON.stringify(erased) + (colon ?? '');
  });
  return { text, isWhole: parsed(json) !== undefined };
}

export { eraseJson, type PersonalValue, type PersonalValues };
