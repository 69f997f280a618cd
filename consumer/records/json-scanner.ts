/** The result of scanning the bytes of a record. */
type ScanResult = 'complete' | 'damaged' | 'incomplete';

const byte = {
  lineFeed: 0x0a,
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

/** The next tokens that the grammar of JSON allows. */
enum Next {
  Value,
  ValueOrClose,
  Key,
  KeyOrClose,
  Colon,
  CommaOrClose,
}

function isWhitespace(value: number): boolean {
  return value === 0x20 || value === 0x09 || value === 0x0d || value === byte.lineFeed;
}

/** Checks for the bytes of `true`, `null` and numbers. JSON.parse checks their order. */
function isScalar(value: number): boolean {
  return (
    (value >= 0x61 && value <= 0x7a) || // a-z
    (value >= 0x30 && value <= 0x39) || // 0-9
    value === 0x2d || // -
    value === 0x2b || // +
    value === 0x2e || // .
    value === 0x45 // E
  );
}

/**
 * Finds the end of one JSON object by depth, strings and the order of tokens. Detects early when the bytes
 * cannot be one: a raw line feed in a string, or a token that the grammar does not allow. Pieces can be cut
 * anywhere, even within a character. The spelling of scalars and escapes is left to JSON.parse.
 */
class JsonScanner {
  /** Position of the scan: one past the object when complete, the invalid byte when damaged. */
  position = 0;
  /** Maximum depth so far. */
  deepest = 0;
  /** Number of open objects and arrays. */
  protected depth = 0;
  private isArray = new Uint8Array(64);
  private next = Next.Value;
  private inString = false;
  private inKey = false;
  private escaped = false;
  private inScalar = false;

  /** Prepares for an object whose `{` is at `position`. */
  reset(position: number): void {
    this.position = position;
    this.deepest = 0;
    this.depth = 0;
    this.next = Next.Value;
    this.inString = false;
    this.escaped = false;
    this.inScalar = false;
  }

  /** Scans from `position` to the end of the object, the first damage, or the end of the bytes. */
  scan(bytes: Uint8Array): ScanResult {
    while (this.position < bytes.length) {
      const value = bytes[this.position] as number; // within bounds, because of the loop condition
      if (this.inString) {
        if (value === byte.lineFeed) return 'damaged';
        this.stringByte(value);
      } else if (this.inScalar && isScalar(value)) {
        // still the same scalar
      } else if (!isWhitespace(value)) {
        this.inScalar = false;
        if (!this.token(value)) return 'damaged';
        if (this.depth === 0) {
          this.position++;
          return 'complete';
        }
      } else {
        this.inScalar = false;
      }
      this.position++;
    }
    return 'incomplete';
  }

  private stringByte(value: number): void {
    if (this.escaped) this.escaped = false;
    else if (value === byte.backslash) this.escaped = true;
    else if (value === byte.quote) {
      this.inString = false;
      this.next = this.inKey ? Next.Colon : Next.CommaOrClose;
    }
  }

  /** Takes the first byte of a token. Returns false where the grammar does not allow it. */
  private token(value: number): boolean {
    const valueAllowed = this.next === Next.Value || this.next === Next.ValueOrClose;
    switch (value) {
      case byte.quote:
        this.inKey = this.next === Next.Key || this.next === Next.KeyOrClose;
        this.inString = true;
        return valueAllowed || this.inKey;
      case byte.openBrace:
        if (valueAllowed) this.open(false);
        return valueAllowed;
      case byte.openBracket:
        if (valueAllowed) this.open(true);
        return valueAllowed;
      case byte.closeBrace:
        return this.mayClose(false) && this.closeObject();
      case byte.closeBracket:
        if (!this.mayClose(true)) return false;
        this.close();
        return true;
      case byte.comma:
        if (this.next !== Next.CommaOrClose) return false;
        this.next = this.insideArray() ? Next.Value : Next.Key;
        return true;
      case byte.colon:
        if (this.next !== Next.Colon) return false;
        this.next = Next.Value;
        return true;
      default:
        this.inScalar = true;
        this.next = Next.CommaOrClose;
        return valueAllowed && isScalar(value);
    }
  }

  private insideArray(): boolean {
    return this.isArray[this.depth] === 1;
  }

  /** Enters an object or an array whose first byte is at `position`. */
  protected open(array: boolean): void {
    this.depth++;
    if (this.depth > this.deepest) this.deepest = this.depth;
    if (this.depth === this.isArray.length) {
      const grown = new Uint8Array(this.isArray.length * 2);
      grown.set(this.isArray);
      this.isArray = grown;
    }
    this.isArray[this.depth] = array ? 1 : 0;
    this.next = array ? Next.ValueOrClose : Next.KeyOrClose;
  }

  private mayClose(array: boolean): boolean {
    const emptyState = array ? Next.ValueOrClose : Next.KeyOrClose;
    return this.insideArray() === array && (this.next === emptyState || this.next === Next.CommaOrClose);
  }

  /** Leaves an object whose last byte is at `position`. Returns false if it is damaged. */
  protected closeObject(): boolean {
    this.close();
    return true;
  }

  private close(): void {
    this.depth--;
    this.next = Next.CommaOrClose;
  }

  /** Drops the outermost levels, as if the scan had begun within them. */
  protected dropLevels(count: number): void {
    this.isArray.copyWithin(1, count + 1, this.depth + 1);
    this.depth -= count;
  }
}

export { byte, isWhitespace, JsonScanner };
