/** What a scan of a record's bytes came to. */
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

/** What JSON's grammar allows next. */
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

/** The bytes that `true`, `null` and numbers are made of; JSON.parse judges their order. */
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
 * Finds the end of one JSON object by depth, strings and the order of tokens, and notices early when the
 * bytes cannot be one: a raw line feed in a string, or a token where the grammar allows none. It can be
 * fed in pieces cut anywhere, multi-byte characters included. Spelling of scalars and escapes is left to
 * JSON.parse.
 */
class JsonScanner {
  /** Where the scan stands: one past the object when complete, the offending byte when damaged. */
  position = 0;
  /** The deepest nesting seen. */
  deepest = 0;
  /** How many objects and arrays are open. */
  protected depth = 0;
  private isArray = new Uint8Array(64);
  private next = Next.Value;
  private inString = false;
  private inKey = false;
  private escaped = false;
  private inScalar = false;

  /** Makes ready for an object whose `{` stands at `position`. */
  reset(position: number): void {
    this.position = position;
    this.deepest = 0;
    this.depth = 0;
    this.next = Next.Value;
    this.inString = false;
    this.escaped = false;
    this.inScalar = false;
  }

  /** Goes on from `position` to the object's end, the first damage, or the end of the bytes. */
  scan(bytes: Uint8Array): ScanResult {
    while (this.position < bytes.length) {
      const value = bytes[this.position] as number; // within bounds, by the loop's condition
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

  /** Takes one token's first byte; false where the grammar does not allow it. */
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

  /** Enters an object or an array, whose first byte stands at `position`. */
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

  /** Leaves an object, whose last byte stands at `position`; false where it turns out to be damaged. */
  protected closeObject(): boolean {
    this.close();
    return true;
  }

  private close(): void {
    this.depth--;
    this.next = Next.CommaOrClose;
  }

  /** Forgets the outermost levels, as if the scan had begun within them. */
  protected forgetLevels(count: number): void {
    this.isArray.copyWithin(1, count + 1, this.depth + 1);
    this.depth -= count;
  }
}

export { byte, isWhitespace, JsonScanner };
