import { extname, join } from 'node:path';
import { addCounts, noCounts, type ReadCounts } from '../../records/counts';
import type { RecordFilter } from '../../records/object-reader';
import { readEvents } from '../../sources/event-reader';
import { mapObjects } from '../../sources/map-objects';
import type { S3Options } from '../../sources/s3-options';
import type { LeftOut } from '../../sources/source';
import type { CommandContext } from '../process/context';
import { readProgress } from '../progress/progress';
import { closingLine } from '../reports/closing-line';
import { openNamed } from './open-named';
import { RejectFile } from './reject-file';
import { addSummary, createTask, emptySummary, type Summary } from './summary';

/** How to summarize sources. */
interface SummarizeOptions {
  filter: RecordFilter;
  s3: S3Options;
  progress: boolean;
  /** Whether the first reject ends the reading. */
  strict?: boolean;
  /** File that rejects are written to. */
  rejectsFile?: string | undefined;
}

/** A summary with its counts and the line that accounts for them. */
interface Summarized {
  summary: Summary;
  counts: ReadCounts;
  leftOut: LeftOut;
  closing: string;
}

const summaryModule = join(__dirname, `summary${extname(__filename)}`);

/** Reads sources to their end in worker threads and sums up what they hold. */
async function summarizeInWorkers(
  context: CommandContext,
  names: readonly string[],
  options: SummarizeOptions,
): Promise<Summarized> {
  const started = Date.now();
  const { filter, s3 } = options;
  const source = await openNamed(context, names, { s3, since: filter.since });
  const summary = emptySummary();
  const counts = noCounts();
  const progress = readProgress(context, () => counts, options.progress);
  const addObjects = async () => {
    for await (const object of mapObjects<Summary>(source, summaryModule, { filter, s3 })) {
      if (context.isInterrupted) break;
      addSummary(summary, object.result);
      addCounts(counts, object.counts);
    }
  };
  try {
    await context.untilInterrupted(addObjects());
  } finally {
    progress.stop();
  }
  const { leftOut } = source;
  return { summary, counts, leftOut, closing: closingLine(counts, leftOut, (Date.now() - started) / 1000) };
}

/** The same in this thread, where rejects can be written as they come and the first one can end it. */
async function summarizeInOrder(
  context: CommandContext,
  names: readonly string[],
  options: SummarizeOptions,
): Promise<Summarized> {
  const started = Date.now();
  const { filter, s3, strict = false } = options;
  const rejects = await RejectFile.open(options.rejectsFile);
  const task = createTask('', undefined);
  const source = await openNamed(context, names, { s3, since: filter.since });
  const reader = readEvents(source, {
    ...filter,
    s3,
    strict,
    onReject: (reject) => {
      task.outcome(reject);
      rejects?.write(reject);
    },
  });
  const progress = readProgress(context, () => reader.counts, options.progress);
  const addEvents = async () => {
    for await (const read of reader) {
      if (context.isInterrupted) break;
      task.outcome(read);
    }
  };
  try {
    await context.untilInterrupted(addEvents());
    const { counts, leftOut } = reader;
    const closing = closingLine(counts, leftOut, (Date.now() - started) / 1000);
    return { summary: task.result(), counts, leftOut, closing };
  } finally {
    progress.stop();
    await rejects?.close();
  }
}

/**
 * Reads sources to their end and sums up what they hold.
 * @throws {SourceError} when a source is missing or refuses
 * @throws {RejectedRecordError} with `strict`
 */
function summarize(
  context: CommandContext,
  names: readonly string[],
  options: SummarizeOptions,
): Promise<Summarized> {
  const inOrder = options.strict === true || options.rejectsFile !== undefined;
  return inOrder ? summarizeInOrder(context, names, options) : summarizeInWorkers(context, names, options);
}

export { type Summarized, type SummarizeOptions, summarize };
