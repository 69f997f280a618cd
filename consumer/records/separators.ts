import { byte } from './json-scanner';

/** How far separators reach, and whether a line began on the way. */
interface Separators {
  /** The first byte that is no separator, or that cannot be told yet. */
  end: number;
  /** A line feed was among them. */
  newLine: boolean;
  /** The bytes end inside what may be a separator. */
  undecided: boolean;
}

const byteOrderMark = [0xef, 0xbb, 0xbf] as const;

/** Length of the separator at `at`: 0 when there is none, undefined when the bytes end too soon to tell. */
function separatorLength(bytes: Uint8Array, at: number): number | undefined {
  switch (bytes[at]) {
    case byte.lineFeed:
    case 0x0d:
    case 0x20:
    case 0x09:
    case byte.comma:
    case byte.openBracket:
    case byte.closeBracket:
      return 1;
    // What a delimiter escaped once too often leaves behind: the two characters \n.
    case byte.backslash: {
      if (at + 1 === bytes.length) return undefined;
      const escaped = bytes[at + 1];
      return escaped === 0x6e || escaped === 0x72 ? 2 : 0;
    }
    case byteOrderMark[0]: {
      for (let i = 1; i < byteOrderMark.length; i++) {
        if (at + i === bytes.length) return undefined;
        if (bytes[at + i] !== byteOrderMark[i]) return 0;
      }
      return byteOrderMark.length;
    }
    default:
      return 0;
  }
}

/**
 * Passes over what may lie between records: line ends, blanks, byte order marks, array brackets and
 * commas, and a literal `\n`.
 */
function skipSeparators(bytes: Uint8Array, from: number): Separators {
  let end = from;
  let newLine = false;
  while (end < bytes.length) {
    const length = separatorLength(bytes, end);
    if (length === undefined) return { end, newLine, undecided: true };
    if (length === 0) break;
    if (bytes[end] === byte.lineFeed) newLine = true;
    end += length;
  }
  return { end, newLine, undecided: false };
}

export { skipSeparators };
