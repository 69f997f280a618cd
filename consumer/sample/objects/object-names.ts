import { isoTime } from '../messages/identifiers';
import type { Random } from '../seed/random';

/**
 * Names objects as Firehose does, below the prefixes `events/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/`
 * and `errors/!{firehose:error-output-type}/dt=…/hour=…/`.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html
 */
class ObjectNames {
  constructor(
    private readonly streamName: string,
    private readonly random: Random,
  ) {}

  /**
   * @param arrival of the object's oldest record, in epoch milliseconds
   * @param extension of the compression, with its dot
   */
  events(arrival: number, extension: string): string {
    return `events/${this.partitioned(arrival)}${extension}`;
  }

  /** Error objects have no extension. */
  processingFailed(arrival: number): string {
    return `errors/processing-failed/${this.partitioned(arrival)}`;
  }

  private partitioned(arrival: number): string {
    const time = isoTime(arrival);
    const [day, hour] = [time.slice(0, 10), time.slice(11, 13)];
    const second = time.slice(0, 19).replace(/[T:]/g, '-');
    return `dt=${day}/hour=${hour}/${this.streamName}-1-${second}-${this.random.uuid()}`;
  }
}

export { ObjectNames };
