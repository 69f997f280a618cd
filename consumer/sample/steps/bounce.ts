import type { BounceEvent } from '../../events';
import { isoTime, sesId } from '../messages/identifiers';
import type { Timeline } from '../messages/timeline';
import type { Recipient } from '../profiles/recipients';
import { sendingHost } from './deliver';

type Bounce = BounceEvent['bounce'];
type Detail = Omit<Bounce['bouncedRecipients'][number], 'emailAddress'>;

/** The labels of SES for a bounce, and the content of the delivery status notification (DSN). */
interface BounceReason {
  bounceType: Bounce['bounceType'];
  bounceSubType: Bounce['bounceSubType'];
  /** Absent without a DSN. The recipient then consists of an address only. */
  detail?: (recipient: Recipient) => Detail;
  /** Whether the response came from the recipient's server and not from SES. */
  reachedServer: boolean;
}

/** Returns a reason whose DSN quotes the response of the server. */
function fromServer(
  bounceType: Bounce['bounceType'],
  bounceSubType: Bounce['bounceSubType'],
  status: string,
  response: string,
): BounceReason {
  const detail = { action: 'failed', status, diagnosticCode: `smtp; ${response}` };
  return { bounceType, bounceSubType, reachedServer: true, detail: () => detail };
}

/** Returns a reason whose DSN contains a sentence from SES. */
function fromSes(bounceSubType: Bounce['bounceSubType'], sentence: string): BounceReason {
  const detail = { action: 'failed', status: '5.1.1', diagnosticCode: sentence };
  return { bounceType: 'Permanent', bounceSubType, reachedServer: false, detail: () => detail };
}

/** Reasons that are frequent or easily misread. */
const bounceReasons = {
  noMailbox: {
    bounceType: 'Permanent',
    bounceSubType: 'NoEmail',
    reachedServer: true,
    detail: ({ address }) => ({
      action: 'failed',
      status: '5.1.1',
      diagnosticCode: `smtp; 550 5.1.1 <${address}>: Recipient address rejected: User unknown in virtual mailbox table`,
    }),
  },
  hard: fromServer(
    'Permanent',
    'General',
    '5.7.1',
    '550-5.7.1 This message was blocked by our policy.\n550 5.7.1 See https://postmaster.example/policy',
  ),
  globallySuppressed: fromSes(
    'Suppressed',
    'The address was suppressed because it has a recent history of invalid deliveries.',
  ),
  onAccountSuppressionList: fromSes(
    'OnAccountSuppressionList',
    'The message was not sent: the address is on the suppression list for your account.',
  ),
  mailboxFull: {
    bounceType: 'Transient',
    bounceSubType: 'MailboxFull',
    reachedServer: true,
    detail: ({ provider }) => ({
      action: 'failed',
      status: '4.2.2',
      diagnosticCode: `X-Postfix; host ${provider.exchanger}[${provider.exchangerIp}] said: 452 4.2.2 Mailbox full (in reply to RCPT TO command)`,
    }),
  },
  expired: fromServer(
    'Transient',
    'General',
    '4.4.7',
    '554 4.4.7 Message expired: unable to deliver before the end of all retries',
  ),
  outOfOffice: { bounceType: 'Transient', bounceSubType: 'General', reachedServer: false },
  permanentLabeledTransient: fromServer(
    'Transient',
    'General',
    '5.7.26',
    '550 5.7.26 This mail is unauthenticated, which poses a security risk',
  ),
  undetermined: {
    bounceType: 'Undetermined',
    bounceSubType: 'Undetermined',
    reachedServer: false,
    // Without a diagnostic code, which is optional in a DSN.
    detail: () => ({ action: 'failed', status: '5.0.0' }),
  },
} as const satisfies Record<string, BounceReason>;

/** The other labels of SES, all rare. */
const rareBounceReasons: readonly BounceReason[] = [
  fromServer('Transient', 'MessageTooLarge', '5.3.4', '552 5.3.4 Message size exceeds fixed limit'),
  fromServer('Transient', 'ContentRejected', '5.7.0', '554 5.7.0 Message content rejected'),
  fromServer(
    'Transient',
    'AttachmentRejected',
    '5.7.0',
    '552 5.7.0 Attachments of this type are not accepted',
  ),
  fromServer(
    'Transient',
    'CustomTimeoutExceeded',
    '4.4.7',
    '554 4.4.7 Message expired: sender timeout exceeded',
  ),
  fromSes('UnsubscribedRecipient', 'The message was not sent: the contact has unsubscribed from the topic.'),
  fromSes('EmailValidationSuppressed', 'The message was not sent: the address did not pass validation.'),
  bounceReasons.undetermined,
];

/** The message bounces, shortly after the previous step. */
function bounce(timeline: Timeline, reason: BounceReason, recipient = timeline.message.recipients[0]): void {
  const { message, random } = timeline;
  const { address, provider } = recipient;
  timeline.advance(400, 6_000);
  const host = random.pick(['dns; ', 'dsn; ', '']) + sendingHost(random);
  timeline.add({
    eventType: 'Bounce',
    bounce: {
      feedbackId: sesId(random, message.sender.region, timeline.now),
      bounceType: reason.bounceType,
      bounceSubType: reason.bounceSubType,
      bouncedRecipients: [{ emailAddress: address, ...reason.detail?.(recipient) }],
      timestamp: isoTime(timeline.now),
      ...(reason.reachedServer && provider.reportsIp && { remoteMtaIp: provider.exchangerIp }),
      ...(reason.detail && { reportingMTA: host }),
    },
    mail: message.mail,
  });
}

export { type BounceReason, bounce, bounceReasons, rareBounceReasons };
