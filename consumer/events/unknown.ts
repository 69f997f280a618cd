/**
 * An email event of a kind that this version does not know. It contains the complete record.
 *
 * Its `eventType` is the literal `Unknown`, so that an exhaustive `switch` narrows. `recordType` contains the
 * label of the record.
 *
 * @example
 * ```json
 * { "eventType": "Unknown", "recordType": "Teleport", "record": { "eventType": "Teleport", "mail": {} } }
 * ```
 */
interface UnknownEvent {
  eventType: 'Unknown';
  /** The `eventType`, `notificationType` or `event_type` of the record. */
  recordType: string;
  /** The record as parsed. */
  record: Readonly<Record<string, unknown>>;
}

export type { UnknownEvent };
