/**
 * The `@` of an address and its spellings: of links, twice encoded links, quoted-printable, HTML, JSON and full width.
 * The masking in SQL and the masking in JavaScript share this text, in a syntax that both have.
 */
const at = String.raw`@|%40|%2540|=40|&#0*64|&#[xX]0*40|&commat|\\u0040|＠|﹫`;

/** The characters around an address in a text. Everything between two of them and before an `@` is masked. */
const delimiters = String.raw`\s<>()\[\]{},;:"`;

/** Patterns of addresses in a text. They find more than addresses, and no address remains. */
const patterns = {
  /** A MIME-encoded word, which can contain a name or an address. */
  encodedWord: String.raw`=\?[^?\s]+\?[bBqQ]\?[^?\s]*\?=`,
  /** A local part in quotation marks: `"Ana Lopez"@example.com`. */
  quotedLocal: String.raw`"(?:[^"\\]|\\.)*"@`,
  /** The user of a link, which can be a person: `https://ana:secret@example.com`. */
  linkUser: String.raw`://[^/?#\s]*@`,
  /** A local part and its `@`; the second group is the `@`. */
  address: `([^${delimiters}]+)(${at})`,
  /** A host name at the beginning of a text. */
  host: String.raw`^[^\s<>()\[\]{},;:"'/\\?#&=%@]*`,
  /** The scheme and the host of a link, without a user. */
  origin: String.raw`^[A-Za-z][A-Za-z0-9+.-]*://[^/?#@\s]*(?:[/?#]|$)`,
  /** A word that can be a name. */
  nameWord: String.raw`[\p{L}\p{N}]{3,}`,
} as const;

/** Replaces a masked part of a text. */
const maskedPart = '[masked]';

export { at, delimiters, maskedPart, patterns };
