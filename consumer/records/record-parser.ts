import { type EventIssue, safeParseEvent } from '../events';
import { isJsonObject } from '../events/json-object';
import { isKnownEvent } from '../events/known-event';
import { type EnvelopeContent, type OpenedEnvelope, openEnvelope, repeatedError } from './envelope';
import { type RecordFamily, recordFamily } from './family';
import { type BadFrame, type Frame, frameLength, type RecordFrame } from './frame';
import type { RecordLimits } from './limits';
import {
  type Envelope,
  type Outcome,
  type Provenance,
  ReadEvent,
  type RecordLocation,
  type Reject,
  type RejectReason,
  type Skip,
  type SkipReason,
} from './outcome';
import { Splitter } from './splitter';

/** Maximum number of nested envelopes. SNS in SQS, with EventBridge in it, is three. */
const maxEnvelopes = 8;

const skippedFamilies: Partial<Record<RecordFamily, SkipReason>> = {
  'sns-set-up': 'set-up-message',
  'set-up-message': 'set-up-message',
  'eventbridge-other': 'other-eventbridge-event',
  'pinpoint-other': 'other-pinpoint-event',
  'end-user-messaging': 'end-user-messaging',
  'inbound-mail': 'inbound-mail',
  'notification-of-objects': 'notification-of-objects',
};

/** The plain text that SES publishes to a topic that has just become an event destination. */
const setUpText = /^Successfully validated SNS topic for Amazon SES event publishing\.?$/;

const faultMessages: Readonly<Record<BadFrame['fault'], string>> = {
  'damaged-json': 'the record is not valid JSON: cut off or damaged',
  'not-json': 'text that is not a JSON object',
  'record-too-large': 'the record is larger than the limit',
  'record-too-deep': 'the record nests deeper than the limit',
};

/** The envelopes of a record without any; one shared list. */
const noEnvelopes: readonly Envelope[] = [];

/** The position of the parser: the place in the object and the envelopes. */
interface Place {
  location: RecordLocation;
  /** Path from the outermost envelope, for issues. */
  path: readonly (string | number)[];
  /** Shared by all records of one outermost envelope. */
  numbering: Numbering;
}

/** The numbering of the records in an envelope. */
interface Numbering {
  next: number;
  /** The Firehose error of the last record, and its short form for the next ones. */
  error?: RecordLocation['firehoseError'];
  repeated?: RecordLocation['firehoseError'];
}

/** Converts frames to outcomes: opens envelopes, determines the family of each record, and validates it. */
class RecordParser {
  constructor(
    private readonly object: string,
    private readonly limits: Partial<RecordLimits> = {},
  ) {}

  /** Returns the outcomes of a frame: one, or several for an envelope with several records. */
  *outcomes(frame: Frame): Generator<Outcome, void> {
    const { offset } = frame;
    const location = { object: this.object, offset, length: frameLength(frame), envelopes: noEnvelopes };
    yield* this.nested(frame, { location, path: [], numbering: { next: 0 } });
  }

  /** Returns the event of a frame of event publishing, the usual case; otherwise undefined. */
  publishedEvent(frame: Frame): ReadEvent | undefined {
    if (frame.frame === 'bad' || !isKnownEvent(frame.value)) return undefined;
    const { bytes, start, end, offset, value } = frame;
    const provenance: Provenance = {
      object: this.object,
      offset,
      length: end - start,
      envelopes: noEnvelopes,
      origin: 'event-publishing',
    };
    return new ReadEvent(value, provenance, bytes, start, end);
  }

  private *nested(frame: Frame, place: Place): Generator<Outcome, void> {
    if (frame.frame === 'bad') {
      yield this.badFrame(frame, place);
      return;
    }
    const family = recordFamily(frame.value);
    const bytes = frame.bytes.subarray(frame.start, frame.end);
    // Only objects have a family, and openEnvelope requires an object.
    const opened = isJsonObject(frame.value) ? openEnvelope(frame.value, family, bytes) : undefined;
    if (opened === undefined) {
      yield this.leaf(frame, family, place);
      return;
    }
    if (place.location.envelopes.length === maxEnvelopes) {
      const message = `more than ${maxEnvelopes} envelopes around a record`;
      yield this.reject('invalid-envelope', message, [], bytes, inside(place, opened, []));
      return;
    }
    if (opened.contents.length === 0) yield this.skip('empty-record', place);
    for (const content of opened.contents) yield* this.content(content, inside(place, opened, content.path));
  }

  private *content({ bytes, entry }: EnvelopeContent, place: Place): Generator<Outcome, void> {
    if (bytes === undefined) {
      const envelope = place.location.envelopes.at(-1);
      const message = `the ${envelope} envelope has no readable record at ${place.path.join('.')}`;
      yield this.reject('invalid-envelope', message, [], entry, place);
    } else {
      yield* this.contentFrames(bytes, place);
    }
  }

  private *contentFrames(bytes: Buffer, place: Place): Generator<Outcome, void> {
    const splitter = new Splitter({ limits: this.limits });
    let empty = true;
    splitter.push(bytes);
    for (let frame = splitter.next(true); frame !== undefined; frame = splitter.next(true)) {
      empty = false;
      yield* this.nested(frame, place);
    }
    if (empty) yield this.skip('empty-record', place);
  }

  private leaf(frame: RecordFrame, family: RecordFamily | undefined, place: Place): Outcome {
    const skipReason = family === undefined ? undefined : skippedFamilies[family];
    if (skipReason !== undefined) return this.skip(skipReason, place);
    const result = safeParseEvent(frame.value);
    const { bytes, start, end } = frame;
    if (result.success) {
      const provenance = { ...this.numbered(place), origin: result.origin };
      return new ReadEvent(result.event, provenance, bytes, start, end);
    }
    const { message, issues } = result.error;
    const reason = issues.length > 0 ? 'invalid-event' : 'not-an-email-event';
    return this.reject(reason, message, issues, Buffer.from(bytes.subarray(start, end)), place);
  }

  private badFrame(frame: BadFrame, place: Place): Outcome {
    const isSetUp = frame.fault === 'not-json' && setUpText.test(frame.kept.toString('latin1'));
    if (isSetUp) return this.skip('set-up-message', place);
    return this.reject(frame.fault, faultMessages[frame.fault], [], frame.kept, place);
  }

  private skip(reason: SkipReason, place: Place): Skip {
    const { location, numbering } = place;
    const index = location.envelopes.length === 0 ? {} : { index: numbering.next++ };
    return { outcome: 'skip', reason, ...location, ...index };
  }

  private reject(
    reason: RejectReason,
    message: string,
    issues: readonly EventIssue[],
    raw: Uint8Array,
    place: Place,
  ): Reject {
    const rooted = issues.map((issue) => ({ ...issue, path: [...place.path, ...issue.path] }));
    return { outcome: 'reject', reason, message, issues: rooted, raw, ...this.numbered(place) };
  }

  /** Returns the location, with the number of the record if it is in an envelope. */
  private numbered({ location, numbering }: Place): RecordLocation {
    if (location.envelopes.length === 0) return location;
    const { firehoseError: error } = location;
    const index = numbering.next++;
    if (error === undefined || error !== numbering.error) {
      numbering.error = error;
      numbering.repeated = error && repeatedError(error);
      return { ...location, index };
    }
    return { ...location, ...(numbering.repeated && { firehoseError: numbering.repeated }), index };
  }
}

/** Returns a place inside an envelope, at a path. */
function inside(
  outer: Place,
  { envelope, firehoseError }: OpenedEnvelope,
  path: readonly (string | number)[],
): Place {
  return {
    ...outer,
    location: {
      ...outer.location,
      envelopes: [...outer.location.envelopes, envelope],
      ...(firehoseError && { firehoseError }),
    },
    path: [...outer.path, ...path],
  };
}

export { maxEnvelopes, RecordParser };
