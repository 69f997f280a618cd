import type { ReadCounts } from '../../records/counts';
import type { RecordFilter } from '../../records/object-reader';
import type { ReadEvent, Reject } from '../../records/outcome';
import { readEvents } from '../../sources/event-reader';
import { openSource } from '../../sources/open-source';
import type { S3Options } from '../../sources/s3-options';
import type { LeftOut, Source } from '../../sources/source';
import type { CommandContext } from '../process/context';
import { Progress } from '../progress/progress';
import { showReading } from '../progress/show-progress';
import { RejectFile } from './reject-file';

/** How to read sources. */
interface ReadingOptions {
  filter: RecordFilter;
  s3: S3Options;
  /** Whether the first reject ends the reading. */
  strict: boolean;
  /** File that rejects are written to, one line of JSON each. */
  rejectsFile?: string | undefined;
  progress: boolean;
}

/** What has come of a reading. */
interface Reading {
  counts: ReadCounts;
  leftOut: LeftOut;
}

/** What is done with what is read. */
interface ReadingSteps {
  /** Waits where what it writes to takes no more. */
  event(read: ReadEvent): Promise<void> | undefined;
  reject?(reject: Reject): void;
  /**
   * Called in the end, in whatever way it came.
   * @param isWhole whether all is read, or as much as the user wanted; not so behind an error
   */
  end?(isWhole: boolean): Promise<void>;
}

/**
 * Opens the sources that a command is given; `-` is the standard input of its call.
 * @throws {SourceError} when there is none of a name
 */
function openNamed(
  context: CommandContext,
  names: readonly string[],
  { s3, filter: { since } }: Pick<ReadingOptions, 's3' | 'filter'>,
): Promise<Source> {
  const standardInput = names.includes('-') ? context.stdin : undefined;
  return openSource(names, { s3, since, standardInput });
}

/**
 * Reads sources one after the other in this thread, until the user asks to stop.
 * @throws {SourceError} when a source is missing or refuses
 * @throws {RejectedRecordError} with `strict`
 */
async function readInOrder(
  context: CommandContext,
  names: readonly string[],
  options: ReadingOptions,
  steps: ReadingSteps,
): Promise<Reading> {
  const { filter, s3, strict } = options;
  const rejects = await RejectFile.open(options.rejectsFile);
  const progress = new Progress(context, options.progress);
  let isWhole = false;
  try {
    const reader = readEvents(await openNamed(context, names, options), {
      ...filter,
      s3,
      strict,
      onReject(reject) {
        steps.reject?.(reject);
        rejects?.write(reject);
      },
    });
    showReading(progress, () => reader.counts);
    const takeEvents = async () => {
      for await (const read of reader) {
        if (context.isInterrupted) break;
        const full = steps.event(read);
        if (full !== undefined) await full;
      }
    };
    await context.untilInterrupted(takeEvents());
    isWhole = true;
    // Taken before anything is waited for: a reading that was given up on may still come to an event.
    return { counts: reader.counts, leftOut: reader.leftOut };
  } finally {
    await steps.end?.(isWhole);
    progress.stop();
    await rejects?.close();
  }
}

export { openNamed, type Reading, type ReadingOptions, readInOrder };
