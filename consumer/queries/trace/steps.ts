import { type EmailEvent, type EventOrigin, eventRecipients } from '../../events';
import { happenings, type Judgment } from './happening';

/** What to trace. */
type Traced = { messageId: string } | { address: string };

/** Which steps, by when they happened, and how much of them. */
interface TraceOptions {
  since?: Date | undefined;
  until?: Date | undefined;
  /**
   * Whether to say where each event was found.
   * @default false
   */
  withPlaces?: boolean | undefined;
}

/** An address as the view `recipients` has it: in lower case, without a display name. */
function bareAddress(recipient: string): string {
  return (/<([^<>]+)>[ ]*$/.exec(recipient)?.[1] ?? recipient).trim().toLowerCase();
}

/**
 * What someone has typed, as what is traced. The Message-ID header of SES's own, `<id@email.amazonses.com>`,
 * is the message's id; the mailbox simulator's addresses look alike, and are recipients.
 */
function traced(text: string): Traced {
  const [, id] = /^<?([^@<>\s]+)@(?!simulator\.)(?:[a-z0-9.-]+\.)?amazonses\.com>?$/i.exec(text.trim()) ?? [];
  if (id !== undefined) return { messageId: id };
  return text.includes('@') ? { address: bareAddress(text) } : { messageId: text.trim() };
}

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

/** Items by a key of theirs. */
function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
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
  const ofMessages = groupBy(events, ({ messageId }) => messageId);
  // Not every event of a templated send has it.
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
