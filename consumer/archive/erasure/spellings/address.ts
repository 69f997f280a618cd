import { domainToASCII } from 'node:url';
import { ArchiveError } from '../../store/archive-error';

/**
 * The form in which addresses are compared: lower case, Unicode composed, an international domain in its ASCII form.
 * The part before the `@` keeps its dots and its `+tag`: addresses that differ in them are other mailboxes.
 */
function canonicalAddress(local: string, domain: string): string {
  const lower = domain.toLowerCase();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII starts with them
  const ascii = /^[\u0000-\u007f]*$/.test(lower) ? lower : domainToASCII(lower) || lower;
  return `${local.normalize('NFC').toLowerCase()}@${ascii}`;
}

/** Returns the text of a quoted local part (`"a b"`). */
function unquoted(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(.)/gs, '$1');
}

/** The two parts of an address: the local one without quotes, the domain as written. */
interface AddressParts {
  local: string;
  domain: string;
}

const quotedLocal = /^"(?:[^"\\]|\\.)+"$/s;

/**
 * Parses a bare address. A local part that needs quotes must have them (`"a b"@example.com`).
 * @throws {ArchiveError} when the text is not an address, or has a display name
 */
function addressParts(text: string): AddressParts {
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  const isQuoted = quotedLocal.test(local);
  const isLocal = isQuoted || !/[\s<>,;:"\\@()[\]]/.test(local);
  if (at < 1 || domain === '' || !isLocal || /[\s<>,;:"\\()]/.test(domain)) {
    throw new ArchiveError(`${JSON.stringify(text)} is not a valid email address (example: ana@example.com)`);
  }
  return { local: isQuoted ? unquoted(local) : local, domain };
}

export { type AddressParts, addressParts, canonicalAddress, unquoted };
