/**
 * The text of a page that is written in parts. Several readers can read it, from the beginning, while it is written and
 * afterwards. A reader that is slow does not delay the writer.
 */
class PageText {
  /** Number of characters so far. */
  length = 0;
  private readonly parts: string[] = [];
  private isComplete = false;
  private waiting: (() => void)[] = [];

  append(part: string): void {
    this.parts.push(part);
    this.length += part.length;
    this.wake();
  }

  /** Marks the text as complete. */
  end(): void {
    this.isComplete = true;
    this.wake();
  }

  /** Returns the parts of the text, each when it is written. */
  async *read(): AsyncGenerator<string, void> {
    for (let next = 0; ; ) {
      const part = this.parts[next];
      if (part !== undefined) {
        next++;
        yield part;
      } else if (this.isComplete) return;
      else await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

export { PageText };
