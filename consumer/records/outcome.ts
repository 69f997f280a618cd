import type { EmailEvent, EventIssue, EventOrigin } from '../events';
import { eventId } from './event-id';
import type { FrameFault } from './frame';

/** An envelope that a record arrived in. */
type Envelope = 'sns' | 'sqs' | 'lambda' | 'eventbridge' | 'firehose-error' | 'firehose-batch';

/** Where a record was found. */
interface RecordLocation {
  /** The object: `s3://bucket/key`, a path, or `-` for standard input. */
  object: string;
  /** Where the record, or the envelope around it, starts: bytes of the decompressed object. */
  offset: number;
  /** Length of the record, or of the envelope around it, in bytes. */
  length: number;
  /** The envelopes around the record, outermost first; empty for a bare one. */
  envelopes: readonly Envelope[];
  /** Which of the envelope's records it is, from 0; absent for a bare one. */
  index?: number;
  /**
   * What Firehose says of a record that it could not deliver: its error record without the data.
   * @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html
   */
  firehoseError?: Readonly<Record<string, unknown>>;
}

/** Where an event was found and which of AWS's streams it came from. */
interface Provenance extends RecordLocation {
  origin: EventOrigin;
}

/** An email event with its provenance. */
class ReadEvent {
  readonly outcome = 'event';

  constructor(
    /** The event; one of event publishing is the parsed record itself. */
    readonly event: EmailEvent,
    readonly provenance: Provenance,
    private readonly bytes: Buffer,
    private readonly start: number,
    private readonly end: number,
  ) {}

  /** The record's own bytes, taken out of any envelope. Shared memory: copy before changing. */
  get raw(): Uint8Array {
    return this.bytes.subarray(this.start, this.end);
  }

  /** The record's {@link eventId}, computed when asked for. */
  get id(): string {
    return eventId(this.raw);
  }
}

/** Why a record is no event. */
type RejectReason =
  | FrameFault
  | 'invalid-event'
  | 'not-an-email-event'
  | 'invalid-envelope'
  | 'damaged-compression'
  | 'unreadable-object'
  | 'unstorable-object'
  | 'not-erasable';

/** A record, or the rest of an object, that could not be read; nothing of it is hidden. */
interface Reject extends RecordLocation {
  outcome: 'reject';
  reason: RejectReason;
  /** What is wrong, in one line; never holds the record's own values. */
  message: string;
  /** zod's issues for an `invalid-event`, their paths starting at the record; otherwise empty. */
  issues: readonly EventIssue[];
  /** The bytes, or the first of them where there are too many to keep. */
  raw: Uint8Array;
}

/** Why a record that is in order was left out. */
type SkipReason =
  | 'other-pinpoint-event'
  | 'end-user-messaging'
  | 'other-eventbridge-event'
  | 'inbound-mail'
  | 'set-up-message'
  | 'notification-of-objects'
  | 'empty-record'
  | 'other-kind'
  | 'outside-time-range';

/** A record that is in order and not an email event that was asked for. */
interface Skip extends RecordLocation {
  outcome: 'skip';
  reason: SkipReason;
}

/** What became of one record. */
type Outcome = ReadEvent | Reject | Skip;

export {
  type Envelope,
  type Outcome,
  type Provenance,
  ReadEvent,
  type RecordLocation,
  type Reject,
  type RejectReason,
  type Skip,
  type SkipReason,
};
