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

function checkInteger(name: string, value: number, min: number): void {
  if (!Number.isSafeInteger(value) || value < min) {
    throw new RangeError(`sample ${name} is ${value}, expected an integer of at least ${min}`);
  }
}

/**
 * Returns the options with their defaults.
 *
 * @throws {RangeError} when a number or the date is invalid
 */
function resolveSampleOptions(options: SampleOptions): Required<SampleOptions> {
  const resolved = { ...defaultSampleOptions, ...options };
  checkInteger('events', resolved.events, 0);
  checkInteger('seed', resolved.seed, Number.MIN_SAFE_INTEGER);
  checkInteger('eventsPerObject', resolved.eventsPerObject, 1);
  if (Number.isNaN(resolved.start.getTime())) throw new RangeError('sample start is not a valid date');
  return resolved;
}

export { resolveSampleOptions, type SampleOptions };
