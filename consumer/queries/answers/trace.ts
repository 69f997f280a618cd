import { checkBoolean, checkDate, checkOptions, checkThat } from '../../records/check-options';
import { type TraceOptions as StepOptions, type TraceStep, traced } from '../trace/steps';
import { type AnswerOptions, type AnswerSource, fromSource } from './answer-source';
import { answerChecks, type Checks, checkAnswerSource } from './check-answer';
import { Rows } from './rows';

/** The filter for steps, and options of every query. Steps of Athena always have places, without the byte. */
interface TraceOptions extends StepOptions, AnswerOptions {}

const traceChecks: Checks<TraceOptions> = {
  ...answerChecks,
  since: checkDate,
  until: checkDate,
  withPlaces: checkBoolean,
};

const checkSubject = checkThat(
  (value) => typeof value === 'string' && value.trim() !== '',
  'a message id or an address',
);

/**
 * Returns the steps of a message, or of all messages to an address, in the order of time. The command
 * `ses-events trace` shows the same. The steps contain personal data. All of them are in memory, and up to 8 MiB of
 * records at a time; not the headers, which no step shows.
 *
 * @param subject the message id that the send call returned, or an address in any letter case
 * @throws {TypeError} for an argument of another type or an unknown option
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
  checkAnswerSource(source);
  checkSubject('the subject', subject);
  checkOptions(options, traceChecks);
  return new Rows(() =>
    fromSource(source, options, async (open) => (await open.trace(traced(subject), options)).newest()),
  ).all();
}

export { type TraceOptions, trace };
