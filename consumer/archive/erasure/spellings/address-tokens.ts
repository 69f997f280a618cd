import { domainToASCII } from 'node:url';
import { type AddressParts, canonicalAddress, unquoted } from './address';
import { characterPattern, escapePattern, foreignPattern, isEscapeAt } from './escapes';
import { withLatin1Letters } from './lossless-text';

/** Gives the pseudonym for a canonical address, when it is one to be replaced. */
type FindPseudonym = (address: string) => string | undefined;

/** An address in a text that is to be replaced. */
interface AddressToken {
  start: number;
  end: number;
  /** Where its `@`, or the `=` that stands for it, is. */
  separator: number;
  pseudonym: string;
  /** Whether the domain stands first, as forwarders write it (`SRS0=hash=tt=example.com=ana`). */
  isDomainFirst: boolean;
}

/** Characters that are looked at before an `@`; addresses have at most 64. */
const longestLocal = 400;

/** What an address may hold, bytes of a charset before UTF-8 with it. */
const localCharacter = /[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.\udc80-\udcff-]/u;
/** They separate the labels of a domain as a dot does, and end sentences. */
const ideographicStops = '\u3002\uff0e\uff61';
const label = '[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]*[\\p{L}\\p{M}\\p{N}])?';
const domainHere = new RegExp(`${label}(?:[.${ideographicStops}]${label})*|\\[[^\\]\\s]{1,60}\\]`, 'yu');

/** In text and links an address often stands behind one of these, though an address may hold them. */
const boundaries = /[=/?#{}|!*`\udc80-\udcff]/;
/** What may open an address's quotation but also stands within addresses. */
const opening = /^[.'"&]+/;
/** Within another local part (`bounces+12-ana=example.com@…`) these stand before the address as well. */
const innerBoundaries = /[=/?#{}|!*`\udc80-\udcff+_-]/;
const restOfLocal = /[\w.+-]*@/y;
/** A forwarder's scheme with a first part, and the parts of which two are a domain and a local part. */
const forwarded = /(?:^|[^A-Za-z0-9])srs[01][=+-]([^=]*)=(.+)$/is;
/** What comes behind an address in braces; without it the brace is the address's own. */
const behindBraced = /[},;\s]/;

const hasIdeographicStop = new RegExp(`[${ideographicStops}]`);
const anyIdeographicStop = new RegExp(`[${ideographicStops}]`, 'g');

/** What the domain at a place may be, longest first: an ideographic full stop may be in it, or behind it. */
function domainsAt(text: string, index: number): readonly string[] {
  domainHere.lastIndex = index;
  const whole = domainHere.exec(text)?.[0];
  if (whole === undefined) return [];
  if (!hasIdeographicStop.test(whole)) return [whole];
  const ends = [...whole.matchAll(anyIdeographicStop)].map((stop) => whole.slice(0, stop.index));
  return [whole, ...ends.reverse()];
}

/** Where the run of characters that may stand before an `@` starts. */
function localStart(text: string, end: number): { start: number; isWhole: boolean } {
  let start = end;
  while (start > 0 && end - start < longestLocal && localCharacter.test(text[start - 1] ?? '')) start--;
  const isWhole = start === 0 || !localCharacter.test(text[start - 1] ?? '');
  // A character of two units was cut or refused as a whole: letters beyond the basic plane are none here.
  return { start, isWhole };
}

/** Where the part before the separator may start, longest first. */
function* localStarts(text: string, end: number, boundary: RegExp): Generator<number, void> {
  const { start, isWhole } = localStart(text, end);
  if (isWhole && start < end) yield start;
  for (let index = start; index < end; index++) {
    const isBoundary = (index === start && isWhole) || boundary.test(text[index - 1] ?? '');
    if (!isBoundary) continue;
    if (index > start) yield index;
    const quotes = opening.exec(text.slice(index, end))?.[0].length ?? 0;
    if (quotes > 0 && index + quotes < end) yield index + quotes;
  }
}

/** Whether a character is quoted by an odd number of backslashes. */
function isQuotedPair(text: string, index: number): boolean {
  let first = index;
  while (text[first - 1] === '\\') first--;
  return (index - first) % 2 === 1;
}

/** The start of a quoted local part that ends here, and what it says. */
function quotedLocal(text: string, end: number): { start: number; local: string } | undefined {
  if (text[end - 1] !== '"' || isQuotedPair(text, end - 1)) return undefined;
  let start = end - 1;
  do {
    start = text.lastIndexOf('"', start - 1);
    if (start < 0 || end - start > longestLocal) return undefined;
  } while (isQuotedPair(text, start));
  return { start, local: unquoted(text.slice(start, end)) };
}

/** Words that senders put before the address of whom a message went to, in the address for its bounces. */
const bounceWord =
  /(?:^|[^a-z])(?:b|bounces?|returns?|rp|err(?:or)?s?|fail(?:ure)?s?|verp|owner|sentto|reply|noreply|unsub(?:scribe)?)$/i;

/**
 * Whether what stands before an address within another one's local part is the sender's
 * (`bounces+12-ana=example.com@…`) and not the beginning of a longer address (`jo-ana=example.com@…` is
 * written for `jo-ana@example.com`).
 *
 * @param before the local part up to the address
 */
function isBouncePrefix(before: string): boolean {
  const separator = before.at(-1);
  const rest = before.slice(0, -1);
  if (separator === '+' && !rest.includes('+')) return true; // the mailbox, and what it was given
  if (separator !== '-' && separator !== '_' && separator !== '+') return true;
  const word = rest.slice(Math.max(...['-', '_', '+', '=', '.'].map((sign) => rest.lastIndexOf(sign))) + 1);
  return /\d/.test(word) || bounceWord.test(word);
}

/** The pseudonym of an address in a text. */
function pseudonymAt(find: FindPseudonym, local: string, domain: string): string | undefined {
  return find(canonicalAddress(withLatin1Letters(local), domain));
}

function tokenAt(text: string, separator: number, find: FindPseudonym): AddressToken | undefined {
  const quoted = quotedLocal(text, separator);
  for (const domain of domainsAt(text, separator + 1)) {
    const end = separator + 1 + domain.length;
    if (isEscapeAt(text, end)) continue;
    const starts = quoted === undefined ? localStarts(text, separator, boundaries) : [quoted.start];
    for (const start of starts) {
      if (text[start - 1] === '{' && !behindBraced.test(text[end] ?? '')) continue;
      const local = quoted?.local ?? text.slice(start, separator);
      const pseudonym = pseudonymAt(find, local, domain);
      if (pseudonym !== undefined) return { start, end, separator, pseudonym, isDomainFirst: false };
    }
  }
  return undefined;
}

/** The address that a forwarder wrote into its own local part. */
function forwardedToken(text: string, at: number, find: FindPseudonym): AddressToken | undefined {
  const { start } = localStart(text, at);
  const [, hash, rest] = forwarded.exec(text.slice(start, at)) ?? [];
  if (hash === undefined || rest === undefined) return undefined;
  const parts = rest.split('=');
  for (const [index, domain] of parts.entries()) {
    const local = parts.slice(index + 1).join('=');
    if (domain === '' || local === '') continue;
    const pseudonym = pseudonymAt(find, local, domain);
    const separator = at - local.length - 1;
    if (pseudonym !== undefined)
      return { start: separator - domain.length, end: at, separator, pseudonym, isDomainFirst: true };
  }
  return undefined;
}

/** The address that another one's local part holds with `=` or `%` for its `@`. */
function innerToken(text: string, separator: number, find: FindPseudonym): AddressToken | undefined {
  const [whole] = domainsAt(text, separator + 1);
  if (whole === undefined) return undefined;
  restOfLocal.lastIndex = separator + 1 + whole.length;
  if (!restOfLocal.test(text)) return undefined;
  // A number or a digest may follow behind a hyphen; a domain with a dot there is another one.
  const hyphen = whole.lastIndexOf('-');
  const domains =
    hyphen > 0 && !whole.slice(hyphen).includes('.') ? [whole, whole.slice(0, hyphen)] : [whole];
  const outer = localStart(text, separator).start;
  for (const domain of domains) {
    for (const start of localStarts(text, separator, innerBoundaries)) {
      if (start > outer && !isBouncePrefix(text.slice(outer, start))) continue;
      const pseudonym = pseudonymAt(find, text.slice(start, separator), domain);
      const end = separator + 1 + domain.length;
      if (pseudonym !== undefined) return { start, end, separator, pseudonym, isDomainFirst: false };
    }
  }
  return undefined;
}

/** The addresses in a text, its escapes left as they are, that are to be replaced; they may overlap. */
function* addressTokens(text: string, find: FindPseudonym): Generator<AddressToken, void> {
  for (const { 0: separator, index } of text.matchAll(/[@=%]/g)) {
    if (separator !== '@') {
      const inner = innerToken(text, index, find);
      if (inner !== undefined) yield inner;
      continue;
    }
    const token = tokenAt(text, index, find) ?? forwardedToken(text, index, find);
    if (token !== undefined) yield token;
  }
}

// How addresses are found.

const separatorPattern = `(?:${[...'@=%'].map(characterPattern).join('|')})`;
const quotePattern = characterPattern('"');

/** A part of a domain that has a character beyond ASCII, from its start: which domain it is, only the exact way can tell. */
const foreignDomainPattern = `(?:[a-z0-9.\\[-]|${escapePattern('2[de]')})*${foreignPattern}`;
const restOfForeignDomain = `(?:[a-z0-9.-]|${escapePattern('2[de]')}|${foreignPattern})*`;

/** A character and what it may be composed with, or of. */
const composed = /(\p{ASCII}?)\P{ASCII}+|\p{ASCII}/gu;

/** The part before the `@`; letters beyond ASCII are not told apart. */
function localPattern(local: string): string {
  return [...local.normalize('NFD').matchAll(composed)]
    .map(([text, base]) => {
      if (base !== undefined)
        return `${base === '' ? '' : `(?:${characterPattern(base)})?`}${foreignPattern}+`;
      // The sign for Kelvin is a small k in lower case; no other character becomes ASCII.
      return /^k$/i.test(text) ? `(?:${characterPattern(text)}|${foreignPattern}+)` : characterPattern(text);
    })
    .join('');
}

/** A regular expression of RE2 for an address that stands in a text as it is, or with escapes that are not unusual. */
function addressPattern({ local, domain }: AddressParts): string {
  const domains = [...new Set([canonicalAddress('', domain).slice(1), domainToASCII(domain)])]
    .filter((text) => /^\p{ASCII}+$/u.test(text))
    .map((text) => [...text].map(characterPattern).join(''));
  const before = localPattern(local);
  const behind = [...domains, foreignDomainPattern].join('|');
  const inFront = [...domains, `${foreignPattern}${restOfForeignDomain}`].join('|');
  return `${before}(?:${quotePattern})?${separatorPattern}(?:${behind})|(?:${inFront})${characterPattern('=')}${before}`;
}

export { type AddressToken, addressPattern, addressTokens, type FindPseudonym };
