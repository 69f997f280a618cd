import { terminalText } from '../../texts/terminal-text';
import type { Output } from '../output/output';
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

/** Writes the items of a list to an output. */
class LineWriter<Item> {
  /** The number of items written. */
  count = 0;

  /** @param isTerminal whether the output is a terminal */
  constructor(
    private readonly format: LineFormat<Item>,
    private readonly output: Output,
    private readonly isTerminal: boolean,
  ) {}

  /** Writes an item; waits when the output is full. */
  write(item: Item): Promise<void> | undefined {
    const { head, between, line, lineEnd } = this.format;
    const written = this.isTerminal ? terminalLine(line(item)) : line(item);
    const before = this.count++ === 0 ? head : between;
    return this.output.write(before, written, lineEnd);
  }

  /** Writes the end of the list. */
  async end(): Promise<void> {
    const { head, tail } = this.format;
    void this.output.write(this.count === 0 ? head + tail : tail);
    await this.output.flush();
  }
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
  format: LineFormat<Item>,
  output: Output,
  isTerminal: boolean,
): Promise<number> {
  const writer = new LineWriter(format, output, isTerminal);
  for await (const item of items) {
    if (context.isInterrupted) break;
    const full = writer.write(item);
    // A write to a pipe without a reader never ends.
    if (full !== undefined) await context.untilInterrupted(full);
  }
  await context.untilInterrupted(writer.end());
  return writer.count;
}

/** Writes items that come some at a time, as {@link writeLines} does. */
async function writeBatches<Item>(
  context: CommandContext,
  batches: AsyncIterable<readonly Item[]>,
  format: LineFormat<Item>,
  output: Output,
  isTerminal: boolean,
): Promise<number> {
  const writer = new LineWriter(format, output, isTerminal);
  for await (const batch of batches) {
    for (const item of batch) {
      if (context.isInterrupted) break;
      const full = writer.write(item);
      if (full !== undefined) await context.untilInterrupted(full);
    }
    if (context.isInterrupted) break;
  }
  await context.untilInterrupted(writer.end());
  return writer.count;
}

export { type Cell, type LineFormat, type Shape, type TextFormat, terminalLine, writeBatches, writeLines };
