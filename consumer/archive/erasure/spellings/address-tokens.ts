import { domainToASCII } from 'node:url';
import { type AddressParts, canonicalAddress, unquoted } from './address';
import { characterPattern, escapePattern, foreignPattern, isEscapeAt } from './escapes';
import { withLatin1Letters } from './lossless-text';

/** Returns the pseudonym for a canonical address, if it has to be replaced. */
type FindPseudonym = (address: string) => string | undefined;

/** An address to replace in a text. */
interface AddressToken {
  start: number;
  end: number;
  /** The index of its `@`, or of the `=` or `%` in its place. */
  separator: number;
  pseudonym: string;
  /** Whether the domain comes first, as in the addresses of forwarders (`SRS0=hash=tt=example.com=ana`). */
  isDomainFirst: boolean;
}

/** Characters that are searched before an `@`; addresses have at most 64. */
const longestLocal = 400;

/** The characters of an address, bytes of a charset before UTF-8 included. */
const localCharacter = /[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.\udc80-\udcff-]/u;
/** They separate the labels of a domain like a dot, and end sentences. */
const ideographicStops = '\u3002\uff0e\uff61';
const label = '[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]*[\\p{L}\\p{M}\\p{N}])?';
const domainHere = new RegExp(`${label}(?:[.${ideographicStops}]${label})*|\\[[^\\]\\s]{1,60}\\]`, 'yu');

/** Characters that often precede an address in texts and links, although an address can contain them. */
const boundaries = /[=/?#{}|!*`\udc80-\udcff]/;
/** Characters that can open the quotation of an address, but also occur within addresses. */
const opening = /^[.'"&]+/;
/** The same within another local part (`bounces+12-ana=example.com@…`), with more characters. */
const innerBoundaries = /[=/?#{}|!*`\udc80-\udcff+_-]/;
const restOfLocal = /[\w.+-]*@/y;
/** A forwarder's scheme with a first part, and the parts of which two are a domain and a local part. */
const forwarded = /(?:^|[^A-Za-z0-9])srs[01][=+-]([^=]*)=(.+)$/is;
/** Characters after an address in braces. Without one of them, the brace is part of the address. */
const afterBraced = /[},;\s]/;

const hasIdeographicStop = new RegExp(`[${ideographicStops}]`);
const anyIdeographicStop = new RegExp(`[${ideographicStops}]`, 'g');

/**
 * The possible domains at an index, longest first. An ideographic full stop may be part of the domain, or follow it.
 */
function domainsAt(text: string, index: number): readonly string[] {
  domainHere.lastIndex = index;
  const complete = domainHere.exec(text)?.[0];
  if (complete === undefined) return [];
  if (!hasIdeographicStop.test(complete)) return [complete];
  const ends = [...complete.matchAll(anyIdeographicStop)].map((stop) => complete.slice(0, stop.index));
  return [complete, ...ends.reverse()];
}

/** Finds the start of the characters that can precede an `@`. */
function localStart(text: string, end: number): { start: number; isWhole: boolean } {
  let start = end;
  while (start > 0 && end - start < longestLocal && localCharacter.test(text[start - 1] ?? '')) start--;
  const isWhole = start === 0 || !localCharacter.test(text[start - 1] ?? '');
  // The test excludes both units of a surrogate pair: letters beyond the basic plane are not supported here.
  return { start, isWhole };
}

/** The possible starts of the part before the separator, longest part first. */
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

/** Whether an odd number of backslashes quotes a character. */
function isQuotedPair(text: string, index: number): boolean {
  let first = index;
  while (text[first - 1] === '\\') first--;
  return (index - first) % 2 === 1;
}

/** The start of the quoted local part that ends here, and its unquoted text. */
function quotedLocal(text: string, end: number): { start: number; local: string } | undefined {
  if (text[end - 1] !== '"' || isQuotedPair(text, end - 1)) return undefined;
  let start = end - 1;
  do {
    start = text.lastIndexOf('"', start - 1);
    if (start < 0 || end - start > longestLocal) return undefined;
  } while (isQuotedPair(text, start));
  return { start, local: unquoted(text.slice(start, end)) };
}

/** Words that senders put before a recipient's address, in the address for bounces. */
const bounceWord =
  /(?:^|[^a-z])(?:b|bounces?|returns?|rp|err(?:or)?s?|fail(?:ure)?s?|verp|owner|sentto|reply|noreply|unsub(?:scribe)?)$/i;

/**
 * Whether the text before an address within another one's local part is the sender's: it is in
 * `bounces+12-ana=example.com@…`. In `jo-ana=example.com@…`, it is the beginning of a longer address,
 * `jo-ana@example.com`.
 *
 * @param before the local part up to the address
 */
function isBouncePrefix(before: string): boolean {
  const separator = before.at(-1);
  const rest = before.slice(0, -1);
  if (separator === '+' && !rest.includes('+')) return true; // the mailbox and its tag
  if (separator !== '-' && separator !== '_' && separator !== '+') return true;
  const word = rest.slice(Math.max(...['-', '_', '+', '=', '.'].map((sign) => rest.lastIndexOf(sign))) + 1);
  return /\d/.test(word) || bounceWord.test(word);
}

/** Returns the pseudonym of an address in a text; undefined when it is not to be replaced. */
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
      if (text[start - 1] === '{' && !afterBraced.test(text[end] ?? '')) continue;
      const local = quoted?.local ?? text.slice(start, separator);
      const pseudonym = pseudonymAt(find, local, domain);
      if (pseudonym !== undefined) return { start, end, separator, pseudonym, isDomainFirst: false };
    }
  }
  return undefined;
}

/** Finds the address within the local part of a forwarder's address. */
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

/** Finds the address within another one's local part, with `=` or `%` in the place of its `@`. */
function innerToken(text: string, separator: number, find: FindPseudonym): AddressToken | undefined {
  const [complete] = domainsAt(text, separator + 1);
  if (complete === undefined) return undefined;
  restOfLocal.lastIndex = separator + 1 + complete.length;
  if (!restOfLocal.test(text)) return undefined;
  // A number or a digest can follow after a hyphen. If a domain with a dot follows, it is another domain.
  const hyphen = complete.lastIndexOf('-');
  const domains =
    hyphen > 0 && !complete.slice(hyphen).includes('.') ? [complete, complete.slice(0, hyphen)] : [complete];
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

/** Yields the addresses to replace in a text, without decoding its escapes. They can overlap. */
function* addressTokens(text: string, find: FindPseudonym): Generator<AddressToken, void> {
  if (!text.includes('@')) return; // the other separators are within the local part of another address
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

// Patterns for finding addresses.

const separatorPattern = `(?:${[...'@=%'].map(characterPattern).join('|')})`;
const quotePattern = characterPattern('"');

/** A part of a domain with a character beyond ASCII, from its start. Only the exact search can identify the domain. */
const foreignDomainPattern = `(?:[a-z0-9.\\[-]|${escapePattern('2[de]')})*${foreignPattern}`;
const restOfForeignDomain = `(?:[a-z0-9.-]|${escapePattern('2[de]')}|${foreignPattern})*`;

/** A character with the characters that it may be composed with, or of. */
const composed = /(\p{ASCII}?)\P{ASCII}+|\p{ASCII}/gu;

/** A pattern for the part before the `@`. It does not distinguish letters beyond ASCII. */
function localPattern(local: string): string {
  return [...local.normalize('NFD').matchAll(composed)]
    .map(([text, base]) => {
      if (base !== undefined)
        return `${base === '' ? '' : `(?:${characterPattern(base)})?`}${foreignPattern}+`;
      // The Kelvin sign is a small k in lower case. No other character becomes ASCII.
      return /^k$/i.test(text) ? `(?:${characterPattern(text)}|${foreignPattern}+)` : characterPattern(text);
    })
    .join('');
}

/** Makes a regular expression of RE2 for an address in a text, without escapes or with the usual ones. */
function addressPattern({ local, domain }: AddressParts): string {
  const domains = [...new Set([canonicalAddress('', domain).slice(1), domainToASCII(domain)])]
    .filter((text) => /^\p{ASCII}+$/u.test(text))
    .map((text) => [...text].map(characterPattern).join(''));
  const before = localPattern(local);
  const after = [...domains, foreignDomainPattern].join('|');
  const preceding = [...domains, `${foreignPattern}${restOfForeignDomain}`].join('|');
  return `${before}(?:${quotePattern})?${separatorPattern}(?:${after})|(?:${preceding})${characterPattern('=')}${before}`;
}

export { type AddressToken, addressPattern, addressTokens, type FindPseudonym };
