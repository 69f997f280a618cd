import type { Output } from '../output/output';
import { terminalText } from '../output/terminal-text';
import type { CommandContext } from '../process/context';

/** How a list of things is written. */
interface LineFormat<Item> {
  head: string;
  /** What stands before each thing but the first. */
  between: string;
  /** A thing as text, or as bytes that may be none. */
  line(item: Item): string | Uint8Array;
  /** What stands behind each thing, so that a line reader has it at once. */
  lineEnd: string;
  /** What stands behind all of them. */
  tail: string;
}

/** A value of a column, for formats that have columns; undefined where there is none. */
type Cell = string | number | undefined;

/** What a format needs to know of the things of a list. */
interface Shape<Item> {
  /** A thing as one JSON value, without a line break. */
  json(item: Item): string | Uint8Array;
  /** The names of the columns; a list without them is not written in formats that need them. */
  columns: readonly string[];
  /** The values of a thing, one for each column. */
  cells(item: Item): readonly Cell[];
}

/** A format that writes the things of a list one after the other. */
interface TextFormat {
  /** Whether it is for lists with columns alone. */
  needsColumns: boolean;
  lines<Item>(shape: Shape<Item>): LineFormat<Item>;
}

/**
 * What strangers wrote must not reach a terminal as control characters. A tab between the tokens of JSON
 * may become a space, but no escape.
 */
function terminalLine(line: string | Uint8Array): string {
  const text = typeof line === 'string' ? line : Buffer.from(line).toString('utf8');
  return terminalText(text.replaceAll('\t', ' '));
}

/**
 * Writes things one after the other, until there are no more or the user asks to stop.
 *
 * @param isTerminal whether a person sees it at once
 * @returns how many were written
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
    let full: Promise<void> | undefined;
    if (typeof written === 'string') full = output.write(before + written + lineEnd);
    else {
      void output.write(before); // waited for with the bytes
      await context.untilInterrupted(output.writeBytes(written));
      full = output.write(lineEnd);
    }
    // A pipe that nobody reads keeps it waiting.
    if (full !== undefined) await context.untilInterrupted(full);
  }
  void output.write(count === 0 ? head + tail : tail);
  await context.untilInterrupted(output.flush());
  return count;
}

export { type Cell, type LineFormat, type Shape, type TextFormat, terminalLine, writeLines };
