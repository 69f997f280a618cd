import type { BounceEvent } from '../../events';
import type { Recipient } from '../profiles/recipients';
import { isoTime, sesId } from '../messages/identifiers';
import type { LifeCycle } from '../messages/timeline';
import { sendingHost } from './deliver';

type Bounce = BounceEvent['bounce'];
type Detail = Omit<Bounce['bouncedRecipients'][number], 'emailAddress'>;

/** The labels of SES for a bounce, and the content of the delivery status notification. */
interface BounceReason {
  bounceType: Bounce['bounceType'];
  bounceSubType: Bounce['bounceSubType'];
  /** Absent without such a notification. The recipient then consists of an address only. */
  detail?: (recipient: Recipient) => Detail;
  /** Whether SES reached the recipient's server, rather than deciding itself. */
  reached: boolean;
}

/** Returns the reason for a notification that quotes the response of the server. */
function answered(
  bounceType: Bounce['bounceType'],
  bounceSubType: Bounce['bounceSubType'],
  status: string,
  answer: string,
): BounceReason {
  const detail = { action: 'failed', status, diagnosticCode: `smtp; ${answer}` };
  return { bounceType, bounceSubType, reached: true, detail: () => detail };
}

/** Returns the reason for a notification that SES itself wrote, in a plain sentence. */
function decidedBySes(bounceSubType: Bounce['bounceSubType'], sentence: string): BounceReason {
  const detail = { action: 'failed', status: '5.1.1', diagnosticCode: sentence };
  return { bounceType: 'Permanent', bounceSubType, reached: false, detail: () => detail };
}

/** Reasons that are frequent or easily misread. */
const bounceReasons = {
  noMailbox: {
    bounceType: 'Permanent',
    bounceSubType: 'NoEmail',
    reached: true,
    detail: ({ address }) => ({
      action: 'failed',
      status: '5.1.1',
      diagnosticCode: `smtp; 550 5.1.1 <${address}>: Recipient address rejected: User unknown in virtual mailbox table`,
    }),
  },
  hard: answered(
    'Permanent',
    'General',
    '5.7.1',
    '550-5.7.1 This message was blocked by our policy.\n550 5.7.1 See https://postmaster.example/policy',
  ),
  globallySuppressed: decidedBySes(
    'Suppressed',
    'The address was suppressed because it has a recent history of invalid deliveries.',
  ),
  onAccountList: decidedBySes(
    'OnAccountSuppressionList',
    'The message was not sent: the address is on the suppression list for your account.',
  ),
  mailboxFull: {
    bounceType: 'Transient',
    bounceSubType: 'MailboxFull',
    reached: true,
    detail: ({ provider }) => ({
      action: 'failed',
      status: '4.2.2',
      diagnosticCode: `X-Postfix; host ${provider.exchanger}[${provider.exchangerIp}] said: 452 4.2.2 Mailbox full (in reply to RCPT TO command)`,
    }),
  },
  givenUp: answered(
    'Transient',
    'General',
    '4.4.7',
    '554 4.4.7 Message expired: unable to deliver in 720 minutes',
  ),
  outOfOffice: { bounceType: 'Transient', bounceSubType: 'General', reached: false },
  permanentLabelledTransient: answered(
    'Transient',
    'General',
    '5.7.26',
    '550 5.7.26 This mail is unauthenticated, which poses a security risk',
  ),
  undetermined: {
    bounceType: 'Undetermined',
    bounceSubType: 'Undetermined',
    reached: false,
    // Without a diagnostic code, which is optional in a notification.
    detail: () => ({ action: 'failed', status: '5.0.0' }),
  },
} as const satisfies Record<string, BounceReason>;

/** The other labels of SES, all rare. */
const seldomBounceReasons: readonly BounceReason[] = [
  answered('Transient', 'MessageTooLarge', '5.3.4', '552 5.3.4 Message size exceeds fixed limit'),
  answered('Transient', 'ContentRejected', '5.7.0', '554 5.7.0 Message content rejected'),
  answered('Transient', 'AttachmentRejected', '5.7.0', '552 5.7.0 Attachments of this type are not accepted'),
  answered(
    'Transient',
    'CustomTimeoutExceeded',
    '4.4.7',
    '554 4.4.7 Message expired: sender timeout exceeded',
  ),
  decidedBySes(
    'UnsubscribedRecipient',
    'The message was not sent: the contact has unsubscribed from the topic.',
  ),
  decidedBySes('EmailValidationSuppressed', 'The message was not sent: the address did not pass validation.'),
  bounceReasons.undetermined,
];

/** The message bounces, shortly after the previous step. */
function bounce(cycle: LifeCycle, reason: BounceReason, recipient = cycle.message.recipients[0]): void {
  const { message, random } = cycle;
  const { address, provider } = recipient;
  cycle.pass(400, 6_000);
  const host = random.pick(['dns; ', 'dsn; ', '']) + sendingHost(random);
  cycle.plan({
    eventType: 'Bounce',
    bounce: {
      feedbackId: sesId(random, message.sender.region, cycle.now),
      bounceType: reason.bounceType,
      bounceSubType: reason.bounceSubType,
      bouncedRecipients: [{ emailAddress: address, ...reason.detail?.(recipient) }],
      timestamp: isoTime(cycle.now),
      ...(reason.reached && provider.tellsIp && { remoteMtaIp: provider.exchangerIp }),
      ...(reason.detail && { reportingMTA: host }),
    },
    mail: message.mail,
  });
}

export { type BounceReason, bounce, bounceReasons, seldomBounceReasons };
