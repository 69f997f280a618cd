/** Reads the characters of an expression; spaces and newlines between tokens have no meaning. */
class Tokens {
  private at = 0;

  constructor(private readonly source: string) {}

  /** @throws {Error} with the rest of the source */
  fail(expected: string): never {
    throw new Error(
      `not an expression of Terraform: expected ${expected} at ${JSON.stringify(this.source.slice(this.at, this.at + 80))}`,
    );
  }

  /** Takes the text that the sticky pattern matches, without spaces before it. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.source) ?? [];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private skipSpace(): void {
    this.match(/\s*/y);
  }

  /** Takes the next token if it is the given punctuation or word. */
  accept(token: string): boolean {
    this.skipSpace();
    if (!this.source.startsWith(token, this.at)) return false;
    const isWord = /\w$/.test(token);
    if (isWord && /[\w-]/.test(this.source[this.at + token.length] ?? '')) return false;
    this.at += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.accept(token)) this.fail(token);
  }

  /** Takes the next token if it matches the sticky pattern. */
  next(pattern: RegExp): string | undefined {
    this.skipSpace();
    return this.match(pattern);
  }

  /** Checks the next characters without taking them. */
  sees(token: string): boolean {
    this.skipSpace();
    return this.source.startsWith(token, this.at);
  }

  get isAtEnd(): boolean {
    return this.at >= this.source.length;
  }
}

export { Tokens };
