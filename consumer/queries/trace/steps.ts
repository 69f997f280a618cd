import { bareAddress } from '../../archive/views/mailbox';

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

export { concerns, type Traced, type TraceOptions, type TraceStep, traced };
