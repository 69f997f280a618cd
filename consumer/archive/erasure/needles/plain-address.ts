import { domainToASCII } from 'node:url';
import { type AddressParts, canonicalAddress } from '../spellings/address';
import { character, escaped, foreign } from './escapes';

const separator = `(?:${[...'@=%'].map(character).join('|')})`;
const quote = character('"');

/** A part of a domain that has a character beyond ASCII, from its start: which domain it is, only the exact way can tell. */
const foreignDomain = `(?:[a-z0-9.\\[-]|${escaped('2[de]')})*${foreign}`;
const restOfForeignDomain = `(?:[a-z0-9.-]|${escaped('2[de]')}|${foreign})*`;

/** A character and what it may be composed with, or of. */
const letters = /(\p{ASCII}?)\P{ASCII}+|\p{ASCII}/gu;

/** The part before the `@`; letters beyond ASCII are not told apart. */
function localPattern(local: string): string {
  return [...local.normalize('NFD').matchAll(letters)]
    .map(([text, base]) => {
      if (base !== undefined) return `${base === '' ? '' : `(?:${character(base)})?`}${foreign}+`;
      // The sign for Kelvin is a small k in lower case; no other character becomes ASCII.
      return /^k$/i.test(text) ? `(?:${character(text)}|${foreign}+)` : character(text);
    })
    .join('');
}

/** A regular expression for an address that stands in a text as it is, or with escapes that are not unusual. */
function plainAddress({ local, domain }: AddressParts): string {
  const domains = [...new Set([canonicalAddress('', domain).slice(1), domainToASCII(domain)])]
    .filter((text) => /^\p{ASCII}+$/u.test(text))
    .map((text) => [...text].map(character).join(''));
  const before = localPattern(local);
  const behind = [...domains, foreignDomain].join('|');
  const inFront = [...domains, `${foreign}${restOfForeignDomain}`].join('|');
  return `${before}(?:${quote})?${separator}(?:${behind})|(?:${inFront})${character('=')}${before}`;
}

export { plainAddress };
