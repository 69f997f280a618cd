import type { ReadCounts } from '../../records/counts';
import type { ReadEvent, Reject } from '../../records/outcome';
import type { RecordFilter } from '../../records/record-filter';
import { readEvents } from '../../sources/event-reader';
import { openSource } from '../../sources/open-source';
import type { S3Options } from '../../sources/s3-options';
import type { SkippedObjects, Source } from '../../sources/source';
import type { CommandContext } from '../process/context';
import { Progress } from '../progress/progress';
import { showReading } from '../progress/show-progress';
import { RejectFile } from './reject-file';

/** Options of a reading. */
interface ReadingOptions {
  filter: RecordFilter;
  s3: S3Options;
  /** Whether the first reject ends the reading. */
  strict: boolean;
  /** File for rejects, one JSON object per line. */
  rejectsFile?: string | undefined;
  progress: boolean;
}

/** The result of a reading. */
interface Reading {
  counts: ReadCounts;
  skippedObjects: SkippedObjects;
}

/** Callbacks of a reading. */
interface ReadingSteps {
  /** Returns a promise where the output is full. */
  event(read: ReadEvent): Promise<void> | undefined;
  reject?(reject: Reject): void;
  /**
   * Called at the end, in every case.
   * @param isComplete whether the reading completed; false after an error
   */
  end?(isComplete: boolean): Promise<void>;
}

/**
 * Opens the sources of a command; `-` is the standard input of its call.
 * @throws {SourceError} when a source does not exist
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
 * Reads sources one by one in this thread, until the user interrupts.
 * @throws {SourceError} when a source is missing or access is denied
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
  let isComplete = false;
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
      for await (const batch of reader.batches()) {
        for (const read of batch) {
          if (context.isInterrupted) return;
          const full = steps.event(read);
          if (full !== undefined) await full;
        }
      }
    };
    await context.untilInterrupted(takeEvents());
    isComplete = true;
    // Copy the counts before any await: an abandoned reading may still produce an event.
    return { counts: reader.counts, skippedObjects: reader.skippedObjects };
  } finally {
    await steps.end?.(isComplete);
    progress.stop();
    await rejects?.close();
  }
}

export { openNamed, type Reading, type ReadingOptions, readInOrder };
