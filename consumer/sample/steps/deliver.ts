import type { DeliveryDelayEvent } from '../../events';
import { isoTime } from '../messages/identifiers';
import { deliveryMailBlock, minimalMailBlock } from '../messages/message';
import type { Timeline } from '../messages/timeline';
import type { Recipient } from '../profiles/recipients';
import type { Random } from '../seed/random';

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
  timeline: Timeline,
  { address, provider }: Recipient = timeline.message.recipients[0],
  smtpResponse: string = provider.acceptance(timeline.random, timeline.message.mail.messageId),
): void {
  const { message, random } = timeline;
  timeline.advance(180, 3_800);
  timeline.add({
    eventType: 'Delivery',
    mail: deliveryMailBlock(message, random),
    delivery: {
      timestamp: isoTime(timeline.now),
      processingTimeMillis: timeline.now - message.sent,
      recipients: [address],
      smtpResponse,
      ...(provider.reportsIp && { remoteMtaIp: provider.exchangerIp }),
      reportingMTA: sendingHost(random),
    },
  });
}

/** The reason for a delay: the label, and the enhanced status and text of the response. */
interface DelayReason {
  delayType: DeliveryDelayEvent['deliveryDelay']['delayType'];
  status: string;
  response: string;
}

/** Common reasons. */
const delayReasons = {
  mailboxFull: { delayType: 'MailboxFull', status: '4.2.2', response: '452 4.2.2 Mailbox full' },
  unreachable: {
    delayType: 'TransientCommunicationFailure',
    status: '4.4.1',
    response: '421 4.4.1 Unable to connect to remote host',
  },
  greylisted: {
    delayType: 'General',
    status: '4.7.1',
    response: '451 4.7.1 Greylisting in action, please come back later',
  },
  throttled: {
    delayType: 'RecipientServerError',
    status: '4.7.28',
    response: '421 4.7.28 Unusual rate of mail from your address, try again later',
  },
} as const satisfies Record<string, DelayReason>;

/** The recipient's server does not accept the message yet. SES retries until the message expires. */
function delay(
  timeline: Timeline,
  reason: DelayReason,
  { address, provider } = timeline.message.recipients[0],
): void {
  const { message } = timeline;
  timeline.advance(60_000, 120_000);
  timeline.add({
    eventType: 'DeliveryDelay',
    mail: minimalMailBlock(message),
    deliveryDelay: {
      timestamp: isoTime(timeline.now),
      delayType: reason.delayType,
      expirationTime: isoTime(timeline.expiration),
      delayedRecipients: [
        { emailAddress: address, status: reason.status, diagnosticCode: `smtp; ${reason.response}` },
      ],
      ...(provider.reportsIp && { reportingMTA: provider.exchangerIp }),
    },
  });
}

export { type DelayReason, delay, delayReasons, deliver, sendingHost };
