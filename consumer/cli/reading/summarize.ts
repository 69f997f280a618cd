import { extname, join } from 'node:path';
import { addCounts, noCounts } from '../../records/counts';
import { mapObjects } from '../../sources/map-objects';
import type { CommandContext } from '../process/context';
import { Progress } from '../progress/progress';
import { showReading } from '../progress/show-progress';
import { openNamed, type Reading, type ReadingOptions, readInOrder } from './read-in-order';
import { addSummary, createTask, emptySummary, type Summary } from './summary';

/** A summary with the counts of its reading. */
interface Summarized extends Reading {
  summary: Summary;
}

const summaryModule = join(__dirname, `summary${extname(__filename)}`);

/** Reads sources completely in worker threads and summarizes them. */
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
  return { summary, counts, skippedObjects: source.skippedObjects };
}

/** Summarizes in this thread, where rejects can be written at once and the first one can end the reading. */
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
 * Reads sources completely and summarizes them.
 * @throws {SourceError} when a source is missing or access is denied
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
