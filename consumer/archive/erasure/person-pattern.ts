import type { AddressParts } from './spellings/address';
import { addressPattern } from './spellings/address-tokens';
import { base64Pattern, shortestBase64 } from './spellings/base64';
import { encodedWordsPattern } from './spellings/encoded-words';
import { unusualEscape } from './spellings/escapes';

/**
 * Makes a regular expression of RE2 for the texts that may contain a person: the pseudonym, and the address in any
 * spelling that the exact search finds. It also matches some other texts: about 0.3% of the headers of a generated archive.
 */
function personPattern(address: AddressParts, pseudonym: string): string {
  const { local } = address;
  const escapedPseudonym = pseudonym.replaceAll('.', '\\.');
  const words = encodedWordsPattern(shortestBase64(local));
  return `(?i)${addressPattern(address)}|${unusualEscape}|${words}|${escapedPseudonym}|(?-i:${base64Pattern(local)})`;
}

export { personPattern };
