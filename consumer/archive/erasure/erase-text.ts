import { jsonValue } from '../../events/json-object';
import { inJson, type PersonalValues } from './erase-json';
import { inMailboxes } from './mailboxes';
import { type AddressToken, addressTokens, type FindPseudonym } from './spellings/address-tokens';
import { base64Runs } from './spellings/base64';
import { encodedWords } from './spellings/encoded-words';
import { type Layer, layersOf, placeOf } from './spellings/escapes';
import { none, type Replacement, replaced, settled } from './spellings/replacement';

/** A longer text hardly comes twice. */
const longest = 500;
const most = 50_000;

/** Texts that were looked into and hold nobody: the headers of a message come again with each of its events. */
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

/** What is known of a text. */
interface TextKind {
  /** Whether it is a server's answer or the like: what stands before an address is no display name. */
  isProse?: boolean;
  /** Whether it is known to be JSON to its end. */
  isJson?: boolean;
  /** Values that go with the person, in a record that is about the person alone. */
  personal?: PersonalValues | undefined;
  /** How many texts it was encoded within. */
  depth?: number;
  /** Remembers texts without any of the people, for many records with the same values. */
  untouched?: UntouchedTexts | undefined;
}

/** Texts encoded within texts are looked into so deep: a link in a record in a Firehose error record, twice. */
const deepest = 5;

/** A text without any of these holds no address in any spelling. */
const sign = /[@%\\]|=\?|[A-Za-z0-9+/_-]{7}/;

/** A display name in quotes or in encoded words, before the angle of its address. */
const quotedName = /(?:"(?:[^"\\]|\\.)*"|(?:=\?[\w.*+-]+\?[BbQq]\?[^?\s]*\?=\s*)+)\s*<$/;
/** Display names are at most so long. */
const longestName = 300;

/** The pseudonym as the address was spelled: with the same character, or escape, for its `@`. */
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

/** A text in place of an encoded one, in which the signs are escaped as they were there. */
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
 * What is to be replaced in a text so that those whom `find` knows become pseudonyms, in whatever spelling
 * they stand there: any letter case, escaped for a link or for JSON, within another address, in encoded
 * words, in base64, in JSON. In order and without overlaps; empty when none of them is in it.
 */
function findInText(text: string, find: FindPseudonym, kind: TextKind = {}): readonly Replacement[] {
  const { isProse = false, isJson = false, personal, depth = 0, untouched } = kind;
  if (depth > deepest) return none;
  if (/^\s*[[{]/.test(text)) {
    const within = (value: string, isProse: boolean) =>
      findInText(value, find, { isProse, personal, depth: depth + 1, untouched });
    const found = [...inJson(text, within, personal)];
    // Behind the end of JSON, or where it is none, what is outside of strings needs a look.
    const isWhole = isJson || jsonValue(text) !== undefined;
    return settled(text, isWhole ? found : found.concat(inPlain(text, find, depth)));
  }
  if (!sign.test(text) || untouched?.has(text) === true) return none;
  const inPart = (part: string) => inPlain(part, find, depth);
  const found = (isProse ? undefined : inMailboxes(text, inPart)) ?? inPart(text);
  if (found.length === 0) untouched?.add(text);
  return found;
}

/** A text in which {@link findInText}'s replacements are made; nothing else of it changes. */
function eraseText(text: string, find: FindPseudonym, kind: TextKind = {}): string {
  return replaced(text, findInText(text, find, kind));
}

export { eraseText, findInText, type TextKind, UntouchedTexts };
