import { canonicalAddress } from '../address';
import { isEscapeAt } from './escapes';

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

const localCharacter = /[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.-]/u;
const label = '[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]*[\\p{L}\\p{M}\\p{N}])?';
const domainHere = new RegExp(`${label}(?:\\.${label})*|\\[[^\\]\\s]{1,60}\\]`, 'yu');

/** In text and links an address often stands behind one of these, though an address may hold them. */
const boundaries = /[=/?#{}|!*$^`~]/;
/** What may open an address's quotation but also stands within addresses. */
const opening = /^[.'"&]+/;
/** Within another local part (`bounces+12-ana=example.com@…`) these stand before the address as well. */
const innerBoundaries = /[=/?#{}|!*$^`~+_-]/;
const restOfLocal = /[\w.+-]*@/y;
const forwarded = /(?:^|[^A-Za-z0-9])srs[01][=+-].*=([^=]+)=([^=]+)$/is;

function domainAt(text: string, index: number): string {
  domainHere.lastIndex = index;
  return domainHere.exec(text)?.[0] ?? '';
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

/** The start of a quoted local part that ends here, and what it says. */
function quotedLocal(text: string, end: number): { start: number; local: string } | undefined {
  if (text[end - 1] !== '"') return undefined;
  const start = text.lastIndexOf('"', end - 2);
  if (start < 0 || end - start > longestLocal) return undefined;
  return { start, local: text.slice(start + 1, end - 1).replace(/\\(.)/gs, '$1') };
}

function tokenAt(text: string, separator: number, find: FindPseudonym): AddressToken | undefined {
  const domain = domainAt(text, separator + 1);
  const end = separator + 1 + domain.length;
  if (domain === '' || isEscapeAt(text, end)) return undefined;
  const quoted = quotedLocal(text, separator);
  if (quoted !== undefined) {
    const pseudonym = find(canonicalAddress(quoted.local, domain));
    return pseudonym === undefined
      ? undefined
      : { start: quoted.start, end, separator, pseudonym, isDomainFirst: false };
  }
  for (const start of localStarts(text, separator, boundaries)) {
    const pseudonym = find(canonicalAddress(text.slice(start, separator), domain));
    if (pseudonym !== undefined) return { start, end, separator, pseudonym, isDomainFirst: false };
  }
  return undefined;
}

/** The address that a forwarder wrote into its own local part. */
function forwardedToken(text: string, at: number, find: FindPseudonym): AddressToken | undefined {
  const { start } = localStart(text, at);
  const [, domain, local] = forwarded.exec(text.slice(start, at)) ?? [];
  if (domain === undefined || local === undefined) return undefined;
  const pseudonym = find(canonicalAddress(local, domain));
  const separator = at - local.length - 1;
  return pseudonym === undefined
    ? undefined
    : { start: separator - domain.length, end: at, separator, pseudonym, isDomainFirst: true };
}

/** The address that another one's local part holds with `=` or `%` for its `@`. */
function innerToken(text: string, separator: number, find: FindPseudonym): AddressToken | undefined {
  const whole = domainAt(text, separator + 1);
  restOfLocal.lastIndex = separator + 1 + whole.length;
  if (whole === '' || !restOfLocal.test(text)) return undefined;
  // A number or a digest may follow behind a hyphen; a domain with a dot there is another one.
  const hyphen = whole.lastIndexOf('-');
  const domains =
    hyphen > 0 && !whole.slice(hyphen).includes('.') ? [whole, whole.slice(0, hyphen)] : [whole];
  for (const domain of domains) {
    for (const start of localStarts(text, separator, innerBoundaries)) {
      const pseudonym = find(canonicalAddress(text.slice(start, separator), domain));
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

export { type AddressToken, addressTokens, type FindPseudonym };
