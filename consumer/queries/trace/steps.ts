import { type EmailEvent, type EventOrigin, eventRecipients } from '../../events';
import { happenings, type Judgment } from './happening';

/** The subject of a trace: a message or an address. */
type Traced = { messageId: string } | { address: string };

/** The filter for steps, by their time, and their level of detail. */
interface TraceOptions {
  since?: Date | undefined;
  until?: Date | undefined;
  /**
   * Whether to include the place of each event.
   * @default false
   */
  withPlaces?: boolean | undefined;
}

/** Normalizes an address as in the view `recipients`: in lower case, without a display name. */
function bareAddress(recipient: string): string {
  return (/<([^<>]+)>[ ]*$/.exec(recipient)?.[1] ?? recipient).trim().toLowerCase();
}

/**
 * Parses the input of the user. The Message-ID header of SES, `<id@email.amazonses.com>`, contains the id of
 * the message. The addresses of the mailbox simulator look similar, but are recipients.
 */
function traced(text: string): Traced {
  const [, id] = /^<?([^@<>\s]+)@(?!simulator\.)(?:[a-z0-9.-]+\.)?amazonses\.com>?$/i.exec(text.trim()) ?? [];
  if (id !== undefined) return { messageId: id };
  return text.includes('@') ? { address: bareAddress(text) } : { messageId: text.trim() };
}

/** One step in the life of a message. */
interface TraceStep {
  /** Undefined when the record contains no time. */
  time: Date | undefined;
  eventType: string;
  /** The description in plain words, with the responses of servers. */
  what: string;
  /** In the spelling of the record; empty when the record does not identify them. */
  recipients: readonly string[];
  /** From `eventRecipients`. */
  attribution: 'named' | 'candidates' | 'unknown';
  messageId: string;
  /** The subject of the message. It is the same on each step, whichever event contains it. */
  subject: string | undefined;
  eventId: string;
  /** The places of the event, as object and byte. Empty unless requested. */
  places: readonly string[];
}

/** An event of a traced message, with its facts from the views. */
interface TracedEvent extends Judgment {
  id: string;
  origin: EventOrigin;
  event: EmailEvent;
  /** The time of the event, in the form of the archive. Undefined when the record contains no time. */
  time: Date | undefined;
  messageId: string;
  subject: string | undefined;
  /** The feedback id of a bounce or a complaint. */
  feedbackId: string | undefined;
  places: readonly string[];
}

/** Groups items by a key. */
function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** Checks whether an event is a legacy twin of another event. */
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

/**
 * Checks whether a step concerns the traced address. A step without recipients counts, because its message
 * was sent to the address.
 */
function concerns(what: Traced, { recipients }: Pick<TraceStep, 'recipients'>): boolean {
  return (
    'messageId' in what ||
    recipients.length === 0 ||
    recipients.some((recipient) => bareAddress(recipient) === what.address)
  );
}

/**
 * Returns the steps in the order of the events, without legacy twins and without steps of other recipients
 * only.
 */
function traceSteps(events: readonly TracedEvent[], what: Traced): TraceStep[] {
  const ofMessages = groupBy(events, ({ messageId }) => messageId);
  // Not every event of a templated message contains the subject.
  const subjectOf = (messageId: string) =>
    ofMessages.get(messageId)?.find(({ subject }) => subject !== undefined)?.subject;
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
        subject: subjectOf(messageId),
        eventId: id,
        places,
      }));
    })
    .filter((step) => concerns(what, step));
}

export { groupBy, type Traced, type TracedEvent, type TraceOptions, type TraceStep, traced, traceSteps };
