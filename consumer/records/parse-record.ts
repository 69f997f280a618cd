import type { RecordLimits } from './limits';
import { ObjectReader } from './object-reader';
import type { Outcome } from './outcome';

/**
 * Parses one record, with or without its envelope, as text, bytes, or an object that JSON.parse returned.
 * Examples are a line of an S3 object, an SNS message, an SQS body, an EventBridge event, and a Firehose
 * error record.
 *
 * @returns one outcome for a record without envelope; one for each record in an envelope (a batch of SQS
 * messages has several); none for blank text. An outcome is an event, a reject with its reason, or a skip.
 * @throws {TypeError} when an object cannot be written as JSON (it is circular, or contains a bigint)
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html
 *
 * @example
 * ```ts
 * for (const outcome of parseRecord(line)) {
 *   if (outcome.outcome === 'event') console.log(outcome.event.eventType);
 *   else console.log(outcome.outcome, outcome.reason);
 * }
 * ```
 */
function parseRecord(
  record: string | Uint8Array | object,
  options: { limits?: Partial<RecordLimits> } = {},
): Outcome[] {
  const bytes =
    record instanceof Uint8Array
      ? record
      : Buffer.from(typeof record === 'string' ? record : JSON.stringify(record));
  const reader = new ObjectReader('(record)', options);
  return [...reader.push(bytes), ...reader.end()];
}

export { parseRecord };
