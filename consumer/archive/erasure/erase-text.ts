import { eraseJson, type PersonalValues } from './erase-json';
import { eraseMailboxes } from './mailboxes';
import { type AddressToken, addressTokens, type FindPseudonym } from './spellings/address-tokens';
import { base64Runs } from './spellings/base64-runs';
import { encodedWords, type Replacement } from './spellings/encoded-words';
import { type Layer, layersOf, placeOf } from './spellings/escapes';
import type { UntouchedTexts } from './untouched-texts';

/** What is known of a text. */
interface TextKind {
  /** Whether it is a server's answer or the like: what stands before an address is no display name. */
  isProse?: boolean;
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

/** Carries replacements out; of those that overlap, the one that covers more. */
function replaced(text: string, replacements: readonly Replacement[]): string {
  const ordered = [...replacements].sort((one, other) => one.start - other.start || other.end - one.end);
  let result = '';
  let at = 0;
  let previous: Replacement | undefined;
  for (const next of ordered) {
    if (previous !== undefined && next.start < previous.end) {
      // What reaches beyond goes too: half an address must not stay.
      previous = { ...previous, end: Math.max(previous.end, next.end) };
      continue;
    }
    if (previous !== undefined) {
      result += text.slice(at, previous.start) + previous.text;
      at = previous.end;
    }
    previous = next;
  }
  if (previous === undefined) return text;
  return result + text.slice(at, previous.start) + previous.text + text.slice(previous.end);
}

function erasePlain(text: string, find: FindPseudonym, depth: number): string {
  const within = (encoded: string) => eraseText(encoded, find, { depth: depth + 1 });
  const replacements: Replacement[] = [];
  for (const layer of layersOf(text)) {
    for (const token of addressTokens(layer.text, find)) {
      replacements.push(addressReplacement(layer, token, text));
    }
    for (const { start, end, text: erased } of [
      ...encodedWords(layer.text, within),
      ...base64Runs(layer.text, within),
    ]) {
      replacements.push({ start: placeOf(layer, start), end: placeOf(layer, end), text: erased });
    }
  }
  return replaced(text, replacements);
}

/**
 * A text in which those whom `find` knows are pseudonyms, in whatever spelling they stood there: any letter
 * case, escaped for a link or for JSON, within another address, in encoded words, in base64, in JSON.
 * Nothing else of it changes.
 */
function eraseText(text: string, find: FindPseudonym, kind: TextKind = {}): string {
  const { isProse = false, personal, depth = 0, untouched } = kind;
  if (depth > deepest) return text;
  if (/^\s*[[{]/.test(text)) {
    const erase = (value: string, isProse: boolean) =>
      eraseText(value, find, { isProse, personal, depth: depth + 1, untouched });
    const { text: erased, isWhole } = eraseJson(text, erase, personal);
    return isWhole ? erased : erasePlain(erased, find, depth);
  }
  if (!sign.test(text) || untouched?.has(text) === true) return text;
  const erase = (part: string) => erasePlain(part, find, depth);
  const erased = (isProse ? undefined : eraseMailboxes(text, erase)) ?? erase(text);
  if (erased === text) untouched?.add(text);
  return erased;
}

export { eraseText, type TextKind };
