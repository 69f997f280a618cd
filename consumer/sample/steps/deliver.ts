import type { DeliveryDelayEvent } from '../../events';
import type { Recipient } from '../profiles/recipients';
import { isoTime } from '../messages/identifiers';
import type { LifeCycle } from '../messages/timeline';
import { bareMail, deliveryMail } from '../messages/message';
import type { Random } from '../seed/random';
import { halfDay } from '../time/calendar';

/** Returns one of the hosts that send for SES. */
function sendingHost(random: Random): string {
  return `a${random.integer(1, 60)}-${random.integer(1, 120)}.smtp-out.example.com`;
}

/**
 * The recipient's server accepts the message, shortly after the previous step.
 *
 * @param smtpResponse defaults to the usual response of the provider
 */
function deliver(
  cycle: LifeCycle,
  { address, provider }: Recipient = cycle.message.recipients[0],
  smtpResponse: string = provider.accepts(cycle.random, cycle.message.mail.messageId),
): void {
  const { message, random } = cycle;
  cycle.pass(180, 3_800);
  cycle.plan({
    eventType: 'Delivery',
    mail: deliveryMail(message, random),
    delivery: {
      timestamp: isoTime(cycle.now),
      processingTimeMillis: cycle.now - message.sent,
      recipients: [address],
      smtpResponse,
      ...(provider.tellsIp && { remoteMtaIp: provider.exchangerIp }),
      reportingMTA: sendingHost(random),
    },
  });
}

/** The reason for a delay: the label, and the enhanced status and text of the response. */
interface DelayReason {
  delayType: DeliveryDelayEvent['deliveryDelay']['delayType'];
  status: string;
  answer: string;
}

/** The usual reasons. */
const delayReasons = {
  mailboxFull: { delayType: 'MailboxFull', status: '4.2.2', answer: '452 4.2.2 Mailbox full' },
  unreachable: {
    delayType: 'TransientCommunicationFailure',
    status: '4.4.1',
    answer: '421 4.4.1 Unable to connect to remote host',
  },
  greylisted: {
    delayType: 'General',
    status: '4.7.1',
    answer: '451 4.7.1 Greylisting in action, please come back later',
  },
  throttled: {
    delayType: 'RecipientServerError',
    status: '4.7.28',
    answer: '421 4.7.28 Unusual rate of mail from your address, try again later',
  },
} as const satisfies Record<string, DelayReason>;

/** The recipient's server does not accept the message yet. SES continues to try for half a day. */
function delay(
  cycle: LifeCycle,
  reason: DelayReason,
  { address, provider } = cycle.message.recipients[0],
): void {
  const { message } = cycle;
  cycle.pass(60_000, 120_000);
  cycle.plan({
    eventType: 'DeliveryDelay',
    mail: bareMail(message),
    deliveryDelay: {
      timestamp: isoTime(cycle.now),
      delayType: reason.delayType,
      expirationTime: isoTime(message.sent + halfDay),
      delayedRecipients: [
        { emailAddress: address, status: reason.status, diagnosticCode: `smtp; ${reason.answer}` },
      ],
      ...(provider.tellsIp && { reportingMTA: provider.exchangerIp }),
    },
  });
}

export { type DelayReason, delay, delayReasons, deliver, sendingHost };
