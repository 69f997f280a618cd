/** What a sample archive is to hold. */
interface SampleOptions {
  /**
   * How many different events of the ten kinds, each delivered at least once. Second deliveries, broken
   * records and records of other families come on top.
   */
  events: number;
  /** The same seed gives the same archive; a safe integer. */
  seed: number;
  /**
   * The UTC day on which the first message is sent; the time of day is ignored.
   * @default 2026-08-04, two days before SES began to write `isBotEvent`
   */
  start?: Date;
  /**
   * A new object is begun after so many records; it also is after 15 minutes, whatever it holds.
   * @default 20000
   */
  eventsPerObject?: number;
  /**
   * The Firehose stream that the objects are named after.
   * @default 'email-events'
   */
  streamName?: string;
}

/** What {@link SampleOptions} are where they are not given. */
const defaultSampleOptions = {
  start: new Date('2026-08-04T00:00:00Z'),
  eventsPerObject: 20_000,
  streamName: 'email-events',
} as const;

function checkInteger(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`sample ${name} is ${value}, expected an integer of at least ${least}`);
  }
}

/**
 * The options with their defaults filled in.
 *
 * @throws {RangeError} when a number or the date cannot be used
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
