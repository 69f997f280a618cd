import type { Output } from '../output/output';
import { terminalText } from '../output/terminal-text';
import type { CommandContext } from '../process/context';

/** How a list is written. */
interface LineFormat<Item> {
  head: string;
  /** Text before each item except the first. */
  between: string;
  /** Formats an item as text, or as bytes that may not be valid text. */
  line(item: Item): string | Uint8Array;
  /** Text after each item, so that a line reader gets the item at once. */
  lineEnd: string;
  /** Text after all items. */
  tail: string;
}

/** A value of a column, for formats that have columns; undefined where there is no value. */
type Cell = string | number | undefined;

/** The properties of list items that formats use. */
interface Shape<Item> {
  /** Formats an item as one JSON value, without a line break. */
  json(item: Item): string | Uint8Array;
  /** Names of the columns. A list without columns cannot be written in formats that need them. */
  columns: readonly string[];
  /** Returns the values of an item, one for each column. */
  cells(item: Item): readonly Cell[];
}

/** A format that writes list items one by one. */
interface TextFormat {
  /** Whether it is limited to lists with columns. */
  needsColumns: boolean;
  lines<Item>(shape: Shape<Item>): LineFormat<Item>;
}

/**
 * Makes a line safe for a terminal, because events contain untrusted text with control characters. A tab
 * between JSON tokens becomes a space, not an escape.
 */
function terminalLine(line: string | Uint8Array): string {
  const text = typeof line === 'string' ? line : Buffer.from(line).toString('utf8');
  return terminalText(text.replaceAll('\t', ' '));
}

/**
 * Writes items one by one, until there are no more or the user interrupts.
 *
 * @param isTerminal whether the output is a terminal
 * @returns the number of items written
 */
async function writeLines<Item>(
  context: CommandContext,
  items: AsyncIterable<Item>,
  { head, between, line, lineEnd, tail }: LineFormat<Item>,
  output: Output,
  isTerminal: boolean,
): Promise<number> {
  let count = 0;
  for await (const item of items) {
    if (context.isInterrupted) break;
    const written = isTerminal ? terminalLine(line(item)) : line(item);
    const before = count === 0 ? head : between;
    count++;
    const chunks = typeof written === 'string' ? [before + written + lineEnd] : [before, written, lineEnd];
    for (const chunk of chunks) {
      const full = output.write(chunk);
      // A write to a pipe without a reader never ends.
      if (full !== undefined) await context.untilInterrupted(full);
    }
  }
  void output.write(count === 0 ? head + tail : tail);
  await context.untilInterrupted(output.flush());
  return count;
}

export { type Cell, type LineFormat, type Shape, type TextFormat, terminalLine, writeLines };
