import { extname, join } from 'node:path';
import { addCounts, noCounts } from '../../records/counts';
import { mapObjects } from '../../sources/map-objects';
import type { CommandContext } from '../process/context';
import { Progress } from '../progress/progress';
import { showReading } from '../progress/show-progress';
import { openNamed, type Reading, type ReadingOptions, readInOrder } from './read-in-order';
import { addSummary, createTask, emptySummary, type Summary } from './summary';

/** A summary with its counts. */
interface Summarized extends Reading {
  summary: Summary;
}

const summaryModule = join(__dirname, `summary${extname(__filename)}`);

/** Reads sources to their end in worker threads and sums up what they hold. */
async function summarizeInWorkers(
  context: CommandContext,
  names: readonly string[],
  options: ReadingOptions,
): Promise<Summarized> {
  const { s3, filter } = options;
  const source = await openNamed(context, names, options);
  const summary = emptySummary();
  const counts = noCounts();
  const progress = new Progress(context, options.progress);
  showReading(progress, () => counts);
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
  return { summary, counts, leftOut: source.leftOut };
}

/** The same in this thread, where rejects can be written as they come and the first one can end it. */
async function summarizeInOrder(
  context: CommandContext,
  names: readonly string[],
  options: ReadingOptions,
): Promise<Summarized> {
  const task = createTask('', undefined);
  const reading = await readInOrder(context, names, options, {
    event: (read) => void task.outcome(read),
    reject: (reject) => task.outcome(reject),
  });
  return { ...reading, summary: task.result() };
}

/**
 * Reads sources to their end and sums up what they hold.
 * @throws {SourceError} when a source is missing or refuses
 * @throws {RejectedRecordError} with `strict`
 */
function summarize(
  context: CommandContext,
  names: readonly string[],
  options: ReadingOptions,
): Promise<Summarized> {
  const inOrder = options.strict || options.rejectsFile !== undefined;
  return inOrder ? summarizeInOrder(context, names, options) : summarizeInWorkers(context, names, options);
}

export { summarize };
