import type { AddressParts } from './address';
import { addressPattern } from './address-tokens';
import { type Base64Needles, base64Needles, shortestBase64 } from './base64';
import { encodedWordsPattern } from './encoded-words';
import { unusualEscape } from './escapes';

/**
 * Regular expressions of RE2 that find every text which may hold an address, in any spelling that the exact
 * way knows, and some that do not: a text in which none is found need not be looked into.
 */
interface Needles {
  /** The address outside of base64, and what may hide it. */
  text: string;
  /** The address within base64. */
  base64: Base64Needles;
}

/** What to look for in the archive's texts to find those that may hold an address. */
function needlesOf(address: AddressParts): Needles {
  const { local } = address;
  return {
    text: `(?i)${[addressPattern(address), unusualEscape, encodedWordsPattern(shortestBase64(local))].join('|')}`,
    base64: base64Needles(local),
  };
}

export { type Needles, needlesOf };
