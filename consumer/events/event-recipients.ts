import type { EmailEvent } from './email-event';
import type { Mail } from './mail';

/** Who an event is about, and how sure that is. */
interface EventRecipients {
  /** As the record spells them. Empty when `attribution` is `unknown`. */
  addresses: readonly string[];
  /**
   * `named`: the record names them. `candidates`: one or more of them (complaints, where providers
   * redact). `unknown`: the message had several recipients and the record does not say which.
   */
  attribution: 'named' | 'candidates' | 'unknown';
}

const nobody: EventRecipients = { addresses: [], attribution: 'unknown' };

/** The recipient of a message that has only one; otherwise nobody can be named. */
function onlyRecipient(mail: Mail): EventRecipients {
  const addresses = mail.destination ?? [];
  return addresses.length === 1 ? { addresses, attribution: 'named' } : nobody;
}

function named(addresses: readonly string[]): EventRecipients {
  return { addresses, attribution: 'named' };
}

/**
 * The recipients that the event is about, which may be fewer than the message's.
 *
 * An open, a click or a subscription of a message with several recipients names nobody: the record does
 * not say whose it was, and crediting the first would be a guess.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/faqs-metrics.html
 *
 * @example
 * ```ts
 * const { addresses, attribution } = eventRecipients(event);
 * ```
 */
function eventRecipients(event: EmailEvent): EventRecipients {
  switch (event.eventType) {
    case 'Send':
    case 'Reject':
    case 'Rendering Failure':
      return named(event.mail.destination ?? []);
    case 'Delivery':
      return named(event.delivery.recipients);
    case 'Bounce':
      return named(event.bounce.bouncedRecipients.map((recipient) => recipient.emailAddress));
    case 'Complaint':
      return {
        addresses: event.complaint.complainedRecipients.map((recipient) => recipient.emailAddress),
        attribution: 'candidates',
      };
    case 'DeliveryDelay':
      return named(event.deliveryDelay.delayedRecipients.map((recipient) => recipient.emailAddress));
    case 'Open':
    case 'Click':
    case 'Subscription':
      return onlyRecipient(event.mail);
    case 'Unknown':
      return nobody;
  }
}

export { type EventRecipients, eventRecipients };
