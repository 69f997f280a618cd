import { type EmailEvent, type EventOrigin, eventRecipients } from '../../events';
import { happenings, type Judgment } from './happening';
import { bareAddress, type Traced } from './traced';

/** One thing that happened to a message. */
interface TraceStep {
  /** Undefined where the record does not say when. */
  time: Date | undefined;
  eventType: string;
  /** In plain words, with what servers said. */
  what: string;
  /** To whom, as the record spells them; empty when it does not say. */
  recipients: readonly string[];
  /** As of `eventRecipients`. */
  attribution: 'named' | 'candidates' | 'unknown';
  messageId: string;
  /** Of the message: the same on each of its steps, whichever of its events has it. */
  subject: string | undefined;
  eventId: string;
  /** Where the event was found, object and byte; empty unless that was asked for. */
  places: readonly string[];
}

/** An event of a message that is traced, with what the views say of it. */
interface TracedEvent extends Judgment {
  id: string;
  origin: EventOrigin;
  event: EmailEvent;
  /** As of `EmailEvent`, in the archive's form: undefined where the record does not say. */
  time: Date | undefined;
  messageId: string;
  subject: string | undefined;
  /** The id that a bounce and a complaint have. */
  feedbackId: string | undefined;
  places: readonly string[];
}

/** Whether an event is a legacy notification of what event publishing has told as well. */
function isTwin(event: TracedEvent, others: readonly TracedEvent[]): boolean {
  return (
    event.origin === 'legacy-notification' &&
    others.some(
      (other) =>
        other.origin === 'event-publishing' &&
        other.event.eventType === event.event.eventType &&
        ((event.feedbackId !== undefined && other.feedbackId === event.feedbackId) ||
          other.time?.getTime() === event.time?.getTime()),
    )
  );
}

/** Whether a step is a person's, or may be: then it is of a message to the person, and names nobody. */
function concerns(what: Traced, { recipients }: Pick<TraceStep, 'recipients'>): boolean {
  return (
    'messageId' in what ||
    recipients.length === 0 ||
    recipients.some((recipient) => bareAddress(recipient) === what.address)
  );
}

/** What happened, in the order of the events, without what was told twice and what is of other people only. */
function traceSteps(events: readonly TracedEvent[], what: Traced): TraceStep[] {
  const ofMessages = new Map<string, TracedEvent[]>();
  // Not every event of a templated send has it.
  const subjects = new Map<string, string>();
  for (const event of events) {
    const { messageId, subject } = event;
    if (subject !== undefined && !subjects.has(messageId)) subjects.set(messageId, subject);
    const others = ofMessages.get(event.messageId);
    if (others === undefined) ofMessages.set(event.messageId, [event]);
    else others.push(event);
  }
  return events
    .filter((event) => !isTwin(event, ofMessages.get(event.messageId) ?? []))
    .flatMap((traced) => {
      const { id, event, time, messageId, places } = traced;
      const { attribution } = eventRecipients(event);
      return happenings(event, traced).map((happening) => ({
        ...happening,
        time,
        eventType: event.eventType,
        attribution,
        messageId,
        subject: subjects.get(messageId),
        eventId: id,
        places,
      }));
    })
    .filter((step) => concerns(what, step));
}

export { type TracedEvent, type TraceStep, traceSteps };
