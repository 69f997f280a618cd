/** A longer text hardly comes twice. */
const longest = 500;
const most = 50_000;

/** Texts that were looked into and hold nobody: the headers of a message come again with each of its events. */
class UntouchedTexts {
  private readonly texts = new Set<string>();

  has(text: string): boolean {
    return this.texts.has(text);
  }

  add(text: string): void {
    if (text.length > longest) return;
    if (this.texts.size >= most) this.texts.clear();
    this.texts.add(text);
  }
}

export { UntouchedTexts };
