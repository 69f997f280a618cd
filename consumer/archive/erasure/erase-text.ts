import { jsonValue } from '../../events/json-object';
import { inJson, type PersonalValues } from './erase-json';
import { inMailboxes } from './mailboxes';
import { type AddressToken, addressTokens, type FindPseudonym } from './spellings/address-tokens';
import { base64Runs } from './spellings/base64';
import { encodedWords } from './spellings/encoded-words';
import { type Layer, layersOf, placeOf } from './spellings/escapes';
import { none, type Replacement, replaced, settled } from './spellings/replacement';

/** Longer texts are rarely repeated. */
const longest = 500;
const most = 50_000;

/** Searched texts that contain none of the people: the headers of a message are repeated in each of its events. */
class UntouchedTexts {
  private readonly texts = new Set<string>();

  has(text: string): boolean {
    return this.texts.has(text);
  }

  add(text: string): void {
    if (text.length > longest) return;
    if (this.texts.size >= most) this.texts.clear();
    this.texts.add(text);
  }
}

/** The properties of a text. */
interface TextKind {
  /** Whether it is a server's response or a similar text, in which no display name precedes an address. */
  isProse?: boolean;
  /** Whether it is known to be JSON to its end. */
  isJson?: boolean;
  /** Values to remove together with the person, in a record that is about the person alone. */
  personal?: PersonalValues | undefined;
  /** Number of texts that it was encoded within. */
  depth?: number;
  /** A cache of texts without any of the people, for many records with the same values. */
  untouched?: UntouchedTexts | undefined;
}

/** Maximum depth of texts encoded within texts. A link in a record in a Firehose error record has depth two. */
const deepest = 5;

/** A text without any of these contains no address in any spelling. */
const sign = /[@%\\]|=\?|[A-Za-z0-9+/_-]{7}/;

/** A display name in quotes or in encoded words, before the angle of its address. */
const quotedName = /(?:"(?:[^"\\]|\\.)*"|(?:=\?[\w.*+-]+\?[BbQq]\?[^?\s]*\?=\s*)+)\s*<$/;
/** Maximum length of a display name. */
const longestName = 300;

/** The pseudonym in the spelling of the address, with the same character, or escape, for its `@`. */
function spelled({ pseudonym, isDomainFirst }: AddressToken, separator: string): string {
  const [local = '', domain = ''] = pseudonym.split('@');
  return isDomainFirst ? `${domain}${separator}${local}` : `${local}${separator}${domain}`;
}

function addressReplacement(layer: Layer, token: AddressToken, written: string): Replacement {
  const { text } = layer;
  const { start, end, separator } = token;
  const separatorText = written.slice(placeOf(layer, separator), placeOf(layer, separator + 1));
  const name =
    text[start - 1] === '<' && text[end] === '>'
      ? quotedName.exec(text.slice(Math.max(0, start - longestName), start))
      : null;
  const [from, to] = name === null ? [start, end] : [start - name[0].length, end + 1];
  return { start: placeOf(layer, from), end: placeOf(layer, to), text: spelled(token, separatorText) };
}

/** Replaces an encoded text. Escapes the signs in the replacement as in the original. */
function encodedReplacement(layer: Layer, found: Replacement, written: string): Replacement {
  const [start, end] = [placeOf(layer, found.start), placeOf(layer, found.end)];
  if (layer.starts === undefined) return found;
  const original = layer.text.slice(found.start, found.end);
  const spelling = (sign: string) => {
    const index = original.indexOf(sign);
    if (index < 0) return sign;
    const at = found.start + index;
    return written.slice(placeOf(layer, at), placeOf(layer, at + 1));
  };
  const spellings = new Map([...'=?+/'].map((sign) => [sign, spelling(sign)]));
  return { start, end, text: found.text.replace(/[=?+/]/g, (sign) => spellings.get(sign) ?? sign) };
}

function inPlain(text: string, find: FindPseudonym, depth: number): readonly Replacement[] {
  const within = (encoded: string) => findInText(encoded, find, { depth: depth + 1 });
  const found: Replacement[] = [];
  for (const layer of layersOf(text)) {
    for (const token of addressTokens(layer.text, find)) found.push(addressReplacement(layer, token, text));
    for (const encoded of [encodedWords, base64Runs]) {
      for (const token of encoded(layer.text, within)) found.push(encodedReplacement(layer, token, text));
    }
  }
  return settled(text, found);
}

/**
 * Finds the replacements in a text that turn the people found by `find` into pseudonyms, in any spelling: any letter
 * case, escaped for a link or for JSON, within another address, in encoded words, in base64, in JSON. In order and
 * without overlaps; empty when the text contains none of them.
 */
function findInText(text: string, find: FindPseudonym, kind: TextKind = {}): readonly Replacement[] {
  const { isProse = false, isJson = false, personal, depth = 0, untouched } = kind;
  if (depth > deepest) return none;
  if (/^\s*[[{]/.test(text)) {
    const within = (value: string, isProse: boolean) =>
      findInText(value, find, { isProse, personal, depth: depth + 1, untouched });
    const found = [...inJson(text, within, personal)];
    // After the end of JSON, or in a text that is not JSON, the characters outside of strings are searched, too.
    const isWhole = isJson || jsonValue(text) !== undefined;
    return settled(text, isWhole ? found : found.concat(inPlain(text, find, depth)));
  }
  if (!sign.test(text) || untouched?.has(text) === true) return none;
  const inPart = (part: string) => inPlain(part, find, depth);
  const found = (isProse ? undefined : inMailboxes(text, inPart)) ?? inPart(text);
  if (found.length === 0) untouched?.add(text);
  return found;
}

/** Makes the replacements of {@link findInText} in a text. Nothing else in it changes. */
function eraseText(text: string, find: FindPseudonym, kind: TextKind = {}): string {
  return replaced(text, findInText(text, find, kind));
}

export { eraseText, findInText, type TextKind, UntouchedTexts };
