import type { ReadCounts } from '../../records/counts';
import type { ReadEvent } from '../../records/outcome';
import { type ReadOptions, readEvents } from '../../sources/event-reader';
import type { LeftOut } from '../../sources/source';
import { eventShape } from '../formats/event-line';
import { terminalLine } from '../formats/line-format';
import { type TextFormatName, textFormats } from '../formats/registry';
import { Output } from '../output/output';
import type { CommandContext } from '../process/context';
import { readProgress } from '../progress/progress';
import { closingLine } from '../reports/closing-line';
import { openNamed } from './open-named';
import { RejectFile } from './reject-file';

/** How to write events. */
interface StreamOptions extends ReadOptions {
  format: TextFormatName;
  /** File that rejects are written to, one line of JSON each. */
  rejectsFile?: string | undefined;
  progress: boolean;
}

/**
 * Reads sources and writes their events to standard output, one after the other.
 * @throws {SourceError} when a source is missing or refuses
 * @throws {RejectedRecordError} with `strict`
 */
async function streamEvents(
  context: CommandContext,
  names: readonly string[],
  options: StreamOptions,
): Promise<{ counts: ReadCounts; leftOut: LeftOut; closing: string }> {
  const started = Date.now();
  const rejects = await RejectFile.open(options.rejectsFile);
  const { s3, since } = options;
  const source = await openNamed(context, names, { s3, since });
  const reader = readEvents(source, { ...options, onReject: (reject) => rejects?.write(reject) });
  const progress = readProgress(context, () => reader.counts, options.progress);
  const output = new Output(context.stdout);
  const { head, between, line, lineEnd, tail } = textFormats[options.format].lines(eventShape);
  const text = context.stdout.isTTY ? (read: ReadEvent) => terminalLine(line(read)) : line;
  let isFirst = true;
  const writeEvents = async () => {
    for await (const read of reader) {
      if (context.isInterrupted) break;
      const full = output.write((isFirst ? head : between) + text(read) + lineEnd);
      isFirst = false;
      if (full !== undefined) await full;
    }
  };
  try {
    await context.untilInterrupted(writeEvents());
    // Taken before anything is waited for: a reading that was given up on may still come to an event.
    const { counts, leftOut } = reader;
    if (isFirst) await output.write(head);
    await output.write(tail);
    return { counts, leftOut, closing: closingLine(counts, leftOut, (Date.now() - started) / 1000) };
  } finally {
    await output.flush();
    progress.stop();
    await rejects?.close();
  }
}

export { type StreamOptions, streamEvents };
