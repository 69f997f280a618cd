import type { ReadEvent } from '../../records/outcome';
import { eventShape } from '../formats/event-line';
import { terminalLine } from '../formats/line-format';
import { type TextFormatName, textFormats } from '../formats/registry';
import { Output } from '../output/output';
import type { CommandContext } from '../process/context';
import { type Reading, type ReadingOptions, readInOrder } from './read-in-order';

/**
 * Reads sources and writes their events to standard output, one after the other.
 * @throws {SourceError} when a source is missing or refuses
 * @throws {RejectedRecordError} with `strict`
 */
async function streamEvents(
  context: CommandContext,
  names: readonly string[],
  format: TextFormatName,
  options: ReadingOptions,
): Promise<Reading> {
  const output = new Output(context.stdout);
  const { head, between, line, lineEnd, tail } = textFormats[format].lines(eventShape);
  const text = context.stdout.isTTY ? (read: ReadEvent) => terminalLine(line(read)) : line;
  let isFirst = true;
  return readInOrder(context, names, options, {
    event(read) {
      const full = output.write((isFirst ? head : between) + text(read) + lineEnd);
      isFirst = false;
      return full;
    },
    async end(isWhole) {
      if (isWhole) await output.write((isFirst ? head : '') + tail);
      await output.flush();
    },
  });
}

export { streamEvents };
