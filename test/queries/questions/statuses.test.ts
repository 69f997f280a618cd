import fc from 'fast-check';
import { readArchive } from '../../../consumer/archive/file/read-archive';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { archiveEngine } from '../../../consumer/queries/engines/duckdb-engine';
import { ScratchFolder } from '../../cli/scratch-folder';
import { rowsOf } from '../asked-archive';

const scratch = new ScratchFolder();
const mail = { timestamp: '2026-03-04T05:00:00.000Z', messageId: 'm', destination: ['ana@example.com'] };
const timestamp = '2026-03-04T06:00:00.000Z';
const recipient = { emailAddress: 'ana@example.com' };
const bounce = (bounceType: string, bounceSubType = 'General') => ({
  eventType: 'Bounce',
  mail,
  bounce: {
    bounceType,
    bounceSubType,
    bouncedRecipients: [recipient],
    timestamp,
    feedbackId: `${bounceType} ${bounceSubType}`,
  },
});

/** One event for each status, in order of precedence. */
const ladder = [
  ['sent', { eventType: 'Send', mail, send: {} }],
  [
    'delayed',
    {
      eventType: 'DeliveryDelay',
      mail,
      deliveryDelay: { timestamp, delayType: 'General', delayedRecipients: [recipient] },
    },
  ],
  [
    'not_rendered',
    { eventType: 'Rendering Failure', mail, failure: { templateName: 't', errorMessage: 'e' } },
  ],
  ['rejected', { eventType: 'Reject', mail, reject: { reason: 'Bad content' } }],
  ['soft_bounced', bounce('Transient')],
  ['delivered', { eventType: 'Delivery', mail, delivery: { timestamp, recipients: ['ana@example.com'] } }],
  ['opened', { eventType: 'Open', mail, open: { timestamp, ipAddress: '::1', userAgent: 'Firefox' } }],
  [
    'clicked',
    {
      eventType: 'Click',
      mail,
      click: { timestamp, ipAddress: '::1', userAgent: 'Firefox', link: 'https://example.com/' },
    },
  ],
  ['suppressed', bounce('Permanent', 'OnAccountSuppressionList')],
  ['bounced', bounce('Permanent')],
  [
    'complained',
    {
      eventType: 'Complaint',
      mail,
      complaint: { timestamp, complainedRecipients: [recipient], feedbackId: 'c' },
    },
  ],
] as const;
const statuses = ladder.map(([status]) => status as string);

/** Returns the event of the ladder at `index`, for the message `messageId`. */
function eventText(index: number, messageId: string): string {
  const event = ladder[index]?.[1];
  return `${JSON.stringify({ ...event, mail: { ...event?.mail, messageId } })}\n`;
}

/** Returns the status of each message after each arrival. There is a message for each order, and an object for each arrival. */
async function statusesOnArrival(orders: readonly (readonly number[])[]): Promise<number[][]> {
  const archive = scratch.at('arrivals.duckdb');
  const seen = orders.map((): number[] => []);
  for (const arrived of ladder.keys()) {
    const lines = orders.map((order, message) => eventText(order[arrived] ?? 0, `${message}`));
    await ingest(scratch.write(`arrivals/${arrived}`, lines.join('')), { archive, workers: 0 });
    await readArchive(archive, {}, async (database) => {
      const rows = await rowsOf(
        await archiveEngine(database),
        'SELECT status FROM messages ORDER BY message_id::INTEGER',
      );
      for (const [message, { status }] of rows.entries())
        seen[message]?.push(statuses.indexOf(String(status)));
    });
  }
  return seen;
}

describe('the status of a message', () => {
  it('is the furthest status of the events so far, in any order of arrival', async () => {
    const inOrder = [...ladder.keys()];
    const shuffled = fc.shuffledSubarray(inOrder, { minLength: ladder.length });
    const orders = [inOrder, inOrder.toReversed(), ...fc.sample(shuffled, 50)];
    const seen = await statusesOnArrival(orders);
    expect(seen[0]).toEqual(inOrder);
    expect(orders.map((order, message) => ({ order, seen: seen[message] }))).toEqual(
      orders.map((order) => ({
        order,
        seen: order.map((_, arrived) => Math.max(...order.slice(0, arrived + 1))),
      })),
    );
  });

  it('is not changed by a not-spam report', async () => {
    const archive = scratch.at('not-spam.duckdb');
    const complaint = { timestamp, complainedRecipients: [recipient], complaintFeedbackType: 'not-spam' };
    const events = [ladder[5][1], { eventType: 'Complaint', mail, complaint }];
    const object = scratch.write('not-spam', events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    await ingest(object, { archive, workers: 0 });
    await readArchive(archive, {}, async (database) => {
      const rows = await rowsOf(
        await archiveEngine(database),
        'SELECT status, complaint_events, first_complained_at FROM messages',
      );
      expect(rows).toEqual([{ status: 'delivered', complaint_events: 1, first_complained_at: null }]);
    });
  });
});
