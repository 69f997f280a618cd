import { defaultDays } from '../time/windows';

/** Options of a sample archive. */
interface SampleOptions {
  /**
   * Number of different events of the ten kinds, each delivered at least once. Duplicates, broken records and
   * records of other families are additional.
   */
  events: number;
  /** The same seed generates the same archive. A safe integer. */
  seed: number;
  /**
   * The UTC day on which the first message is sent. The time of day is ignored.
   * @default 2026-08-04, two days before SES began to write `isBotEvent`
   */
  start?: Date;
  /**
   * Number of days on which messages are sent, from 1 to 366. Later events follow for up to three weeks.
   * @default - one for each 200 events, from 3 to 28; more above 1.3 million events
   */
  days?: number;
  /**
   * Maximum number of records per object. An object also ends after 15 minutes.
   * @default 20000
   */
  eventsPerObject?: number;
  /**
   * The Firehose stream in the names of objects.
   * @default 'email-events'
   */
  streamName?: string;
}

/** The defaults of {@link SampleOptions}. */
const defaultSampleOptions = {
  start: new Date('2026-08-04T00:00:00Z'),
  eventsPerObject: 20_000,
  streamName: 'email-events',
} as const;

/** The largest value of the option `days`: a leap year. */
const maxDays = 366;

function checkInteger(name: string, value: number, min: number, max = Number.MAX_SAFE_INTEGER): void {
  if (!Number.isSafeInteger(value) || value < min || value > max) {
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
    throw new RangeError(`sample ${name} is ${value}, expected an integer ${range}`);
  }
}

/**
 * Returns the options with their defaults.
 *
 * @throws {RangeError} when a number or the date is invalid
 */
function resolveSampleOptions(options: SampleOptions): Required<SampleOptions> {
  const { days = defaultDays(options.events) } = options;
  const resolved = { ...defaultSampleOptions, ...options, days };
  checkInteger('events', resolved.events, 0);
  if (options.days !== undefined) checkInteger('days', days, 1, maxDays);
  checkInteger('seed', resolved.seed, Number.MIN_SAFE_INTEGER);
  checkInteger('eventsPerObject', resolved.eventsPerObject, 1);
  if (Number.isNaN(resolved.start.getTime())) throw new RangeError('sample start is not a valid date');
  return resolved;
}

export { maxDays, resolveSampleOptions, type SampleOptions };
