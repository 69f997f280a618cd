import { type EmailEvent, eventRecipients, parseTimestamp } from '../../events';

/** The facts about an event that its record does not contain. */
interface Judgment {
  /** The sign that an open or a click is a machine's. */
  machineReason?: string | undefined;
  /** The outcome of its emails, in the words of the view `recipients`. */
  outcome?: string | undefined;
  /** The class of each recipient's bounce, by the recipient in the spelling of the record. */
  bounceClasses: ReadonlyMap<string, string>;
}

/** The part of an event that concerns some recipients of a message, in plain words. */
interface Happening {
  what: string;
  /** In the spelling of the record; empty when the record does not identify them. */
  recipients: readonly string[];
}

/** Returns the reason from a server or a list, as a suffix of the description. */
function because(...reasons: readonly (string | null | undefined)[]): string {
  const given = reasons.filter((reason) => reason !== null && reason !== undefined && reason !== '');
  return given.length === 0 ? '' : `: ${given.join(', ')}`;
}

function by(machineReason: string | undefined): string {
  return machineReason === undefined ? '' : ` by a machine (${machineReason})`;
}

function minute(timestamp: string | null | undefined): string {
  const time = timestamp == null ? undefined : parseTimestamp(timestamp);
  return time === undefined
    ? ''
    : `; SES retries until ${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Describes an event, by its recipients. */
function happenings(
  event: EmailEvent,
  { machineReason, outcome = '', bounceClasses }: Judgment,
): Happening[] {
  const { addresses: recipients } = eventRecipients(event);
  const all = (what: string): Happening[] => [{ what, recipients }];
  switch (event.eventType) {
    case 'Send':
      return all('accepted by SES');
    case 'Delivery':
      return all(`delivered${because(event.delivery.smtpResponse)}`);
    case 'Reject':
      return all(`refused by SES${because(event.reject.reason)}`);
    case 'Rendering Failure':
      return all(
        `not rendered, template ${event.failure.templateName}${because(event.failure.errorMessage)}`,
      );
    case 'Bounce': {
      const { bounceType, bounceSubType, bouncedRecipients } = event.bounce;
      return bouncedRecipients.map(({ emailAddress, status, diagnosticCode }) => {
        const verdict = outcome.replace('_', '-');
        const meaning = [bounceClasses.get(emailAddress), `${bounceType}/${bounceSubType}`];
        return {
          what: `${verdict} (${meaning.filter((part) => part !== undefined && part !== verdict).join('; ')})${because(status, diagnosticCode)}`,
          recipients: [emailAddress],
        };
      });
    }
    case 'Complaint': {
      const { complaintFeedbackType: type, complaintSubType: subType } = event.complaint;
      if (outcome === 'not_spam') return all('marked as not spam');
      if (outcome === 'suppressed') return all(`suppressed${because(subType)}`);
      const who = recipients.length > 1 ? 'one of the recipients complained' : 'complained';
      return all(`${who}${because(type, subType)}`);
    }
    case 'DeliveryDelay': {
      const { delayType, delayedRecipients, expirationTime } = event.deliveryDelay;
      return delayedRecipients.map(({ emailAddress, status, diagnosticCode }) => ({
        what: `delayed (${delayType})${because(status, diagnosticCode)}${minute(expirationTime)}`,
        recipients: [emailAddress],
      }));
    }
    case 'Open':
      return all(`opened${by(machineReason)}`);
    case 'Click':
      return all(`clicked${by(machineReason)}: ${event.click.link}`);
    case 'Subscription':
      return all(
        `changed the subscription to ${event.subscription.contactList}${because(event.subscription.source)}`,
      );
    case 'Unknown':
      return all(`event of unknown kind ${event.recordType}`);
  }
}

export { type Happening, happenings, type Judgment };
