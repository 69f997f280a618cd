import fc from 'fast-check';
import { type EventKind, eventKinds } from '../../consumer/events';
import { runs } from '../property-runs';
import { separator, spelledRecord } from './arbitrary';
import { readPlain } from './read-bytes';

/** The spellings of a record on a line. */
const wrappings: ((record: string) => string)[] = [
  (record) => record,
  (record) => JSON.stringify({ Type: 'Notification', TopicArn: 'arn:aws:sns:x', Message: `${record}\n` }),
  (record) => JSON.stringify({ messageId: 'm', receiptHandle: 'r', body: record }),
  (record) => `{"source":"aws.ses","detail-type":"Email Bounced","detail":${record}}`,
  (record) => JSON.stringify({ rawData: Buffer.from(record).toString('base64'), attemptsMade: 1 }),
  (record) =>
    JSON.stringify({
      invocationId: 'i',
      records: [{ recordId: '1', data: Buffer.from(record).toString('base64') }],
    }),
  (record) => record.replace('"Bounce"', '"\\u0042ounce"'),
  (record) => record.replace('"Send"', '"S\\u0065nd"'),
  (record) => record.slice(0, record.length / 2),
];

const line = fc
  .tuple(
    spelledRecord,
    fc.constantFrom(...wrappings),
    fc.oneof({ weight: 4, arbitrary: fc.constant('\n') }, { weight: 1, arbitrary: separator }),
  )
  .map(([record, wrap, after]) => wrap(record) + after);

describe('a kind filter', () => {
  it('finds the same events as reading everything, and counts the bytes not examined', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 12 }),
        fc.subarray([...eventKinds], { minLength: 1, maxLength: 2 }),
        async (lines, kinds) => {
          const bytes = Buffer.from(lines.join(''));
          const whole = await readPlain(bytes);
          const filtered = await readPlain(bytes, { kinds });
          const wanted = whole.events.filter(({ event }) => (kinds as string[]).includes(event.eventType));
          expect(filtered.events.map(({ provenance, id }) => ({ provenance, id }))).toEqual(
            wanted.map(({ provenance, id }) => ({ provenance, id })),
          );
        },
      ),
      { numRuns: runs(500) },
    );
  });

  const record = (kind: EventKind) =>
    JSON.stringify({
      eventType: kind,
      mail: { timestamp: 't', messageId: 'm' },
      send: {},
      reject: { reason: '' },
    });

  it('does not examine lines that cannot contain the kind', async () => {
    const bytes = Buffer.from(`${record('Send')}\n${record('Reject')}\n${record('Send')}\n`);
    const { counts } = await readPlain(bytes, { kinds: ['Reject'] });
    // The last line of a chunk is read, because only the next chunk shows whether its record ends there.
    expect(counts).toMatchObject({ events: 1, unexamined: 1, skipped: { 'other-kind': 1 }, rejects: 0 });
  });

  it.each<[string, string]>([
    ['two records on one line', `${record('Send')} ${record('Reject')}\n`],
    [
      'a record over several lines',
      `{"eventType":\n"Reject","mail":{"timestamp":"t","messageId":"m"},\n"reject":{"reason":""}}\n${record('Send')}\n`,
    ],
    [
      'a Pinpoint record, which has another spelling of the kind',
      `${JSON.stringify({ event_type: '_email.rejected', event_timestamp: 1, arrival_timestamp: 2, facets: { email_channel: { mail_event: { mail: { message_id: 'm', message_send_timestamp: 1 }, reject: { reason: 'x' } } } } })}\n`,
    ],
  ])('finds all events in %s', async (_name, text) => {
    const { counts } = await readPlain(Buffer.from(text + record('Send')), { kinds: ['Reject'] });
    expect(counts.events).toBe(1);
  });
});

describe('a time filter', () => {
  const send = (timestamp: string) =>
    `{"eventType":"Send","mail":{"timestamp":"${timestamp}","messageId":"${timestamp}"},"send":{}}\n`;
  const text = [
    '2026-03-01T00:00:00Z',
    '2026-03-02T00:00:00+02:00',
    '2026-03-02T00:00:00.000Z',
    '2026-03-03T00:00:00Z',
    'no time',
  ]
    .map(send)
    .join('');

  it.each([
    [{ since: new Date('2026-03-02') }, 2],
    [{ until: new Date('2026-03-02') }, 2],
    [{ since: new Date('2026-03-02'), until: new Date('2026-03-03') }, 1],
    [{}, 5],
  ])('returns events in the range %j by event time and counts the others', async (filter, count) => {
    const { counts } = await readPlain(Buffer.from(text), filter);
    expect(counts.events).toBe(count);
    expect(counts.skipped['outside-time-range'] ?? 0).toBe(5 - count);
  });
});
