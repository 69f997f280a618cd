import { createHash } from 'node:crypto';
import { isWhitespace } from './json-scanner';

/**
 * Returns the identity of an event: the first 128 bits of the SHA-256 of its record. The input is the UTF-8
 * bytes without envelope, and without space, tab, CR and LF at both ends.
 *
 * SES events have no id. Only the whole record distinguishes all events. Two opens of a message by the same
 * reader are two records. A record that Firehose delivered twice is one. DuckDB and Athena compute the same
 * with `sha256`.
 *
 * @param record the record as text or bytes, without envelope
 * @returns 32 lower-case hexadecimal digits
 * @see https://docs.aws.amazon.com/firehose/latest/dev/basic-deliver.html (delivery at least once)
 *
 * @example
 * ```ts
 * eventId('{"eventType":"Send"}\n') === eventId('{"eventType":"Send"}'); // true
 * ```
 */
function eventId(record: string | Uint8Array): string {
  const bytes = typeof record === 'string' ? Buffer.from(record) : record;
  let start = 0;
  let end = bytes.length;
  // Both indexes are within bounds while start < end.
  while (start < end && isWhitespace(bytes[start] as number)) start++;
  while (start < end && isWhitespace(bytes[end - 1] as number)) end--;
  return createHash('sha256').update(bytes.subarray(start, end)).digest('hex').slice(0, 32);
}

export { eventId };
