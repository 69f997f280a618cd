import { readArchive } from '../../archive/file/read-archive';
import { athenaEngine } from '../engines/athena/athena-engine';
import { type TraceOptions as StepOptions, type TraceStep, traced } from '../trace/steps';
import { traceArchive } from '../trace/trace-archive';
import { traceAthena } from '../trace/trace-athena';
import type { AnswerOptions, AnswerSource } from './answer-source';

/** The filter for steps, and options of every query. Steps of Athena always have places, without the byte. */
interface TraceOptions extends StepOptions, AnswerOptions {}

/**
 * Returns the steps of a message, or of all messages to an address, in the order of time. The command
 * `ses-events trace` shows the same. The steps contain personal data.
 *
 * @param subject the message id that the send call returned, or an address in any letter case
 * @throws {QueryError} when the engine fails
 * @throws {ArchiveError} when the archive cannot be opened
 *
 * @example
 * ```ts
 * for (const { time, what } of await trace('ses-events.duckdb', 'ana@example.com')) console.log(time, what);
 * ```
 */
async function trace(
  source: AnswerSource,
  subject: string,
  options: TraceOptions = {},
): Promise<TraceStep[]> {
  const of = traced(subject);
  if (typeof source === 'string') {
    return readArchive(source, options, (database) => traceArchive(database, of, options));
  }
  const engine = await athenaEngine({ ...source, signal: options.signal });
  try {
    const { steps, unreadable } = await traceAthena(engine, of, options);
    if (unreadable.lines > 0) options.onUnreadable?.(unreadable);
    return steps;
  } finally {
    engine.close();
  }
}

export { type TraceOptions, trace };
