import type { EmailEvent } from './email-event';
import type { Mail } from './mail';

/** The recipients of an event, and how certain they are. */
interface EventRecipients {
  /** In the spelling of the record. Empty when `attribution` is `unknown`. */
  addresses: readonly string[];
  /**
   * `named`: the record names them. `candidates`: one or more of them, in complaints that the provider
   * redacts. `unknown`: the message had several recipients and the record does not identify one.
   */
  attribution: 'named' | 'candidates' | 'unknown';
}

const noRecipients: EventRecipients = { addresses: [], attribution: 'unknown' };

/** Returns the recipient of a message with one recipient. With more, the recipient is unknown. */
function onlyRecipient(mail: Mail): EventRecipients {
  const addresses = mail.destination ?? [];
  return addresses.length === 1 ? { addresses, attribution: 'named' } : noRecipients;
}

function named(addresses: readonly string[]): EventRecipients {
  return { addresses, attribution: 'named' };
}

/**
 * Returns the recipients of an event, which can be fewer than the recipients of the message.
 *
 * For an open, a click or a subscription of a message with several recipients, the list is empty. The record
 * does not identify the recipient, and crediting the first one would be a guess.
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
      return noRecipients;
  }
}

export { type EventRecipients, eventRecipients };
