import { type TraceOptions as StepOptions, type TraceStep, traced } from '../trace/steps';
import { type AnswerOptions, type AnswerSource, fromSource } from './answer-source';
import { Rows } from './rows';

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
  return new Rows(() => fromSource(source, options, (open) => open.trace(traced(subject), options))).all();
}

export { type TraceOptions, trace };
