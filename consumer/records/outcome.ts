import type { EmailEvent, EventIssue, EventOrigin } from '../events';
import { eventId } from './event-id';
import type { FrameFault } from './frame';

/**
 * An envelope around a record:
 * - `sns`: an SNS notification;
 * - `sqs`: a message as SQS returns it, with its body;
 * - `lambda`: the input of a Lambda function, with the records of SNS or SQS;
 * - `eventbridge`: an EventBridge event;
 * - `firehose-error`: an error record of Firehose, for a record that it could not deliver;
 * - `firehose-batch`: the input of a Firehose transformation.
 */
type Envelope = 'sns' | 'sqs' | 'lambda' | 'eventbridge' | 'firehose-error' | 'firehose-batch';

/** The place of a record: its object, its bytes and its envelopes. */
interface RecordLocation {
  /** The object: `s3://bucket/key`, a path, or `-` for standard input. */
  object: string;
  /** Offset of the record, or of the envelope around it, in bytes of the decompressed object. */
  offset: number;
  /** Length of the record, or of the envelope around it, in bytes. */
  length: number;
  /** The envelopes around the record, outermost first; empty for a record without an envelope. */
  envelopes: readonly Envelope[];
  /** Index of the record in the envelope, from 0; absent for a record without an envelope. */
  index?: number;
  /**
   * The error record of Firehose for a record that it could not deliver, without the data.
   * @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html
   */
  firehoseError?: Readonly<Record<string, unknown>>;
}

/** The place of an event, and the family of its record. */
interface Provenance extends RecordLocation {
  /** The family of the record: event publishing, legacy notification or Pinpoint. */
  origin: EventOrigin;
}

/**
 * An email event with its provenance.
 *
 * @typeParam Event the kinds of event, as a union: those of the filter
 */
class ReadEvent<out Event extends EmailEvent = EmailEvent> {
  readonly outcome = 'event';

  constructor(
    /** The event. For a record of event publishing, this is the parsed record, not a copy. */
    readonly event: Event,
    readonly provenance: Provenance,
    private readonly bytes: Buffer,
    private readonly start: number,
    private readonly end: number,
  ) {}

  /** The bytes of the record, without any envelope. Shared memory: copy it before you change it. */
  get raw(): Uint8Array {
    return this.bytes.subarray(this.start, this.end);
  }

  /** The {@link eventId} of the record, computed on access. */
  get id(): string {
    return eventId(this.raw);
  }
}

/** The reason why a record is not an event. */
type RejectReason =
  | FrameFault
  | 'invalid-event'
  | 'not-an-email-event'
  | 'invalid-envelope'
  | 'damaged-compression'
  | 'unreadable-object'
  | 'unstorable-object'
  | 'not-erasable';

/** A record, or the rest of an object, that could not be read. It contains the original bytes. */
interface Reject extends RecordLocation {
  outcome: 'reject';
  reason: RejectReason;
  /** The error in one line, without the values of the record. */
  message: string;
  /** Issues of zod for an `invalid-event`, with paths that start at the record; otherwise empty. */
  issues: readonly EventIssue[];
  /** The bytes, or the first of them if they exceed the limit. */
  raw: Uint8Array;
}

/** The reason why a valid record was skipped. */
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

/** A valid record that is not an email event, or that the filter excludes. */
interface Skip extends RecordLocation {
  outcome: 'skip';
  reason: SkipReason;
}

/** The outcome of one record. */
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
