import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A message of the small archive. */
interface Message {
  id: string;
  sent: string;
  to: readonly string[];
  set: 'news' | 'alerts';
  source?: string;
  tag?: string;
}

const m1: Message = {
  id: 'm1',
  sent: '2026-03-01T10:00:00Z',
  to: ['Ana <Ana@A.example>'],
  set: 'news',
  tag: 'spring',
};
const m2: Message = {
  id: 'm2',
  sent: '2026-03-01T11:00:00Z',
  to: ['bo@a.example', 'cy@b.example'],
  set: 'news',
  tag: 'spring',
};
const m3: Message = { id: 'm3', sent: '2026-03-01T12:00:00Z', to: ['dan@b.example'], set: 'alerts' };
const m4: Message = { id: 'm4', sent: '2026-03-03T09:00:00Z', to: ['eve@b.example'], set: 'alerts' };
const m5: Message = { id: 'm5', sent: '2026-03-03T09:30:00Z', to: ['fay@a.example'], set: 'alerts' };
const m6: Message = {
  id: 'm6',
  sent: '2026-03-03T10:00:00Z',
  to: ['gus@a.example'],
  set: 'alerts',
  source: 's2@x.example',
};
const m7: Message = { id: 'm7', sent: '2026-03-03T10:30:00Z', to: ['hal@a.example'], set: 'alerts' };
const m8: Message = { id: 'm8', sent: '2026-03-03T11:00:00Z', to: ['ian@a.example'], set: 'alerts' };

function mail({ id, sent, to, set, source = 's1@x.example', tag }: Message) {
  return {
    timestamp: sent,
    messageId: id,
    source,
    destination: to,
    commonHeaders: { subject: `subject of ${id}` },
    tags: { 'ses:configuration-set': [set], ...(tag && { campaign: [tag] }) },
  };
}

const person = { ipAddress: '192.0.2.1', userAgent: 'Firefox' };
const machine = { ipAddress: '192.0.2.2', userAgent: 'Mozilla/5.0' };

const send = (message: Message) => ({ eventType: 'Send', mail: mail(message), send: {} });
const delivery = (message: Message, timestamp: string, ...recipients: string[]) => ({
  eventType: 'Delivery',
  mail: mail(message),
  delivery: {
    timestamp,
    recipients: recipients.length === 0 ? message.to : recipients,
    smtpResponse: '250 ok',
  },
});
const open = (message: Message, timestamp: string, reader: object) => ({
  eventType: 'Open',
  mail: mail(message),
  open: { timestamp, ...reader },
});
const click = (message: Message, timestamp: string, link: string, reader: object) => ({
  eventType: 'Click',
  mail: mail(message),
  click: { timestamp, link, ...reader },
});
const bounce = (message: Message, timestamp: string, type: [string, string], recipient: object) => ({
  eventType: 'Bounce',
  mail: mail(message),
  bounce: {
    timestamp,
    bounceType: type[0],
    bounceSubType: type[1],
    bouncedRecipients: [recipient],
    feedbackId: `bounce of ${message.id}`,
  },
});
const complaint = (message: Message, timestamp: string, type: string) => ({
  timestamp,
  complaintFeedbackType: type,
  complainedRecipients: message.to.map((emailAddress) => ({ emailAddress })),
  feedbackId: `complaint of ${message.id}`,
});
const delay = (message: Message, timestamp: string) => ({
  eventType: 'DeliveryDelay',
  mail: mail(message),
  deliveryDelay: {
    timestamp,
    delayType: 'MailboxFull',
    delayedRecipients: message.to.map((emailAddress) => ({ emailAddress, diagnosticCode: '452 4.2.2 full' })),
  },
});

const first = send(m1);
const spam = complaint(m3, '2026-03-03T12:00:00Z', 'abuse');

/** The events that were delivered on 2026-03-03 at 12:00. */
const noon = [
  first,
  delivery(m1, '2026-03-01T10:00:02Z'),
  open(m1, '2026-03-01T10:00:03Z', machine),
  open(m1, '2026-03-01T10:01:00Z', person),
  click(m1, '2026-03-01T10:01:30Z', 'https://l.example/p?u=1', person),
  click(m1, '2026-03-01T10:01:31Z', 'https://l.example/p#2', { ...person, isBotEvent: 'Likely' }),
  { eventType: 'Complaint', mail: mail(m1), complaint: complaint(m1, '2026-03-02T10:00:00Z', 'not-spam') },
  {
    eventType: 'Subscription',
    mail: mail(m1),
    subscription: {
      timestamp: '2026-03-02T11:00:00Z',
      contactList: 'readers',
      source: 'UnsubscribeHeader',
      newTopicPreferences: { unsubscribeAll: true },
      oldTopicPreferences: { unsubscribeAll: false },
    },
  },
  send(m2),
  bounce(m2, '2026-03-01T11:00:03Z', ['Permanent', 'NoEmail'], {
    emailAddress: 'BO@a.example',
    action: 'failed',
    status: '5.1.1',
    diagnosticCode: 'smtp; 550 5.1.1 nobody',
  }),
  delivery(m2, '2026-03-01T11:00:05Z', 'cy@b.example'),
  send(m3),
  delay(m3, '2026-03-01T13:00:00Z'),
  delay(m3, '2026-03-01T14:00:00Z'),
  delivery(m3, '2026-03-01T15:00:00Z'),
  send(m4),
  delivery(m4, '2026-03-03T09:00:01Z'),
  // An out-of-office reply.
  bounce(m4, '2026-03-03T09:00:10Z', ['Transient', 'General'], { emailAddress: 'eve@b.example' }),
  send(m5),
  { eventType: 'Reject', mail: mail(m6), reject: { reason: 'Bad content' } },
  {
    eventType: 'Rendering Failure',
    mail: mail(m7),
    failure: { templateName: 'welcome', errorMessage: 'no name' },
  },
  send(m8),
  bounce(m8, '2026-03-03T11:00:01Z', ['Permanent', 'OnAccountSuppressionList'], {
    emailAddress: 'ian@a.example',
  }),
];

/** The events that were delivered on 2026-03-04 at 02:00, with a duplicate and a legacy twin. */
const late = [
  first,
  open(m2, '2026-03-03T13:00:00Z', person),
  { eventType: 'Complaint', mail: mail(m3), complaint: spam },
  { notificationType: 'Complaint', mail: mail(m3), complaint: spam },
];

const objectName = (time: string) => `mail-1-${time}-0a85bde0-a71a-4e60-a4ba-45f0b4d8d6f6`;

/** Writes the objects of the small archive to a temporary folder, which is removed after the tests of the file. */
function smallObjects(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ses-events-small-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  for (const [path, events] of [
    [`events/dt=2026-03-03/hour=12/${objectName('2026-03-03-12-00-00')}`, noon],
    [`events/dt=2026-03-04/hour=02/${objectName('2026-03-04-02-00-00')}`, late],
  ] as const) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  }
  return folder;
}

export { smallObjects };
