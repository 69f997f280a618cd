/**
 * A record that is an email event of a kind this version does not know. Nothing of it is lost.
 *
 * Its `eventType` is the literal `Unknown`, so that an exhaustive `switch` narrows; the record's own
 * label is in `recordType`.
 *
 * @example
 * ```json
 * { "eventType": "Unknown", "recordType": "Teleport", "record": { "eventType": "Teleport", "mail": {} } }
 * ```
 */
interface UnknownEvent {
  eventType: 'Unknown';
  /** The record's own `eventType`, `notificationType` or `event_type`. */
  recordType: string;
  /** The record as parsed. */
  record: Readonly<Record<string, unknown>>;
}

export type { UnknownEvent };
