import { byte } from './json-scanner';

/** The extent of separators, and whether a line began within them. */
interface Separators {
  /** The first byte that is not a separator, or that cannot be determined yet. */
  end: number;
  /** Whether there was a line feed. */
  newLine: boolean;
  /** Whether the bytes end inside a possible separator. */
  undecided: boolean;
}

const byteOrderMark = [0xef, 0xbb, 0xbf] as const;

/** Returns the length of the separator at `at`: 0 without one, undefined when more bytes are necessary. */
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
    // The two characters \n, from a delimiter that was escaped once too often.
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
 * Skips separators between records: line ends, blanks, byte order marks, array brackets and commas, and a
 * literal `\n`.
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
