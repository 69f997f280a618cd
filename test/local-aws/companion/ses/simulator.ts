import { randomUUID } from 'node:crypto';
import type { KnownEvent } from '../../../../consumer/events';
import { mailBlock } from './mail-block';
import type { Message } from './ses-region';

/** An event of a message at one recipient, with its delay in milliseconds. */
type Outcome = (message: Message, address: string, time: (after: number) => string) => KnownEvent[];

const reportingMTA = 'a8-20.smtp-out.eu-west-1.amazonses.com';
const feedbackId = () => `0102${randomUUID()}-000000`;

const deliver: Outcome = (message, address, time) => [
  {
    eventType: 'Delivery',
    mail: {
      ...mailBlock(message),
      tags: { ...message.tags, 'ses:outgoing-ip': ['198.51.100.24'] },
    },
    delivery: {
      timestamp: time(400),
      processingTimeMillis: 400,
      recipients: [address],
      smtpResponse: '250 2.6.0 Message received',
      remoteMtaIp: '192.0.2.44',
      reportingMTA,
    },
  },
];

const bounce: Outcome = (message, address, time) => [
  {
    eventType: 'Bounce',
    bounce: {
      feedbackId: feedbackId(),
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [
        {
          emailAddress: address,
          action: 'failed',
          status: '5.1.1',
          diagnosticCode: 'smtp; 550 5.1.1 user unknown',
        },
      ],
      timestamp: time(500),
      remoteMtaIp: '192.0.2.44',
      reportingMTA: `dns; ${reportingMTA}`,
    },
    mail: mailBlock(message),
  },
];

const suppress: Outcome = (message, address, time) => [
  {
    eventType: 'Bounce',
    bounce: {
      feedbackId: feedbackId(),
      bounceType: 'Permanent',
      bounceSubType: 'Suppressed',
      bouncedRecipients: [
        {
          emailAddress: address,
          action: 'failed',
          status: '5.1.1',
          diagnosticCode:
            'Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.',
        },
      ],
      timestamp: time(100),
      reportingMTA: 'dns; amazonses.com',
    },
    mail: mailBlock(message),
  },
];

const replyOutOfOffice: Outcome = (message, address, time) => [
  ...deliver(message, address, time),
  {
    eventType: 'Bounce',
    bounce: {
      feedbackId: feedbackId(),
      bounceType: 'Transient',
      bounceSubType: 'General',
      bouncedRecipients: [{ emailAddress: address }],
      timestamp: time(900),
    },
    mail: mailBlock(message),
  },
];

const complain: Outcome = (message, address, time) => [
  ...deliver(message, address, time),
  {
    eventType: 'Complaint',
    complaint: {
      feedbackId: feedbackId(),
      complaintSubType: null,
      complainedRecipients: [{ emailAddress: address }],
      timestamp: time(1_500),
      userAgent: 'Amazon SES Mailbox Simulator',
      complaintFeedbackType: 'abuse',
      arrivalDate: time(400),
    },
    mail: mailBlock(message),
  },
];

/** The local parts of the addresses of the simulator, without labels: `bounce+campaign@…` bounces too. */
const outcomes = new Map<string, Outcome>([
  ['bounce', bounce],
  ['suppressionlist', suppress],
  ['ooto', replyOutOfOffice],
  ['complaint', complain],
]);

/**
 * Returns the events of a message at one recipient, in order: those of the mailbox simulator for its addresses, and a
 * delivery for every other address. The subtypes are from the guide to events.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html#send-email-simulator
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html
 */
function eventsAt(address: string, message: Message): KnownEvent[] {
  const [, name = ''] = /^([^+@]+)(?:\+[^@]*)?@simulator\.amazonses\.com$/i.exec(address) ?? [];
  const outcome = outcomes.get(name.toLowerCase()) ?? deliver;
  return outcome(message, address, (after) => new Date(message.sent + after).toISOString());
}

export { eventsAt };
