import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { duckdb } from '../../../consumer/archive/dialects/duckdb';
import { type EmailEvent, eventRecipients, eventTime } from '../../../consumer/events';
import { questionSql, questions } from '../../../consumer/queries/questions/question';
import { eventFolders, legacyFolders } from '../../events/event-folders';
import { fixtures } from '../../fixtures/load';
import { AskedArchive, type Row, rowsOf } from '../asked-archive';
import { type ReadEvent, readOnce, uniqueEvents } from '../unique-events';

/** All fixtures of events as one object, in addition to the sample. */
const folder = mkdtempSync(join(tmpdir(), 'ses-events-fixtures-'));
afterAll(() => rmSync(folder, { recursive: true }));
const records = [
  ...eventFolders,
  ...legacyFolders,
  ['pinpoint-email'] as const,
  ['unknown'] as const,
].flatMap(([kind]) => fixtures(kind).map(([, record]) => JSON.stringify(record)));
writeFileSync(join(folder, 'fixtures'), records.map((record) => `${record}\n`).join(''));
const sample = join(__dirname, '../../../examples/sample-archive');
const archive = new AskedArchive([sample, folder]);

/** The events, read without the archive. */
let events: ReadonlyMap<string, ReadEvent> = new Map();
beforeAll(async () => {
  events = await readOnce([sample, folder]);
});

const unique = () => uniqueEvents(events);

async function answer(name: string): Promise<Row[]> {
  const question = questions().find((candidate) => candidate.name === name);
  if (question === undefined) throw new Error(`there is no question ${name}`);
  return archive.ask((engine) => rowsOf(engine, questionSql(question, {}, duckdb)));
}

const bare = (recipient: string) => (/<([^<>]+)> *$/.exec(recipient)?.[1] ?? recipient).trim().toLowerCase();

/** Counts the distinct values. */
const distinct = (values: readonly string[]) => new Set(values).size;

/** Returns the emails of each event of a kind. */
const emails = (kind: EmailEvent['eventType'], pick: (event: EmailEvent) => boolean = () => true) =>
  unique().flatMap(([, event]) =>
    event.eventType !== kind || event.eventType === 'Unknown' || !pick(event)
      ? []
      : eventRecipients(event).addresses.map((address) => `${event.mail.messageId} ${bare(address)}`),
  );

const isPermanent = (event: EmailEvent) =>
  event.eventType === 'Bounce' && event.bounce.bounceType === 'Permanent';
const isSpam = (event: EmailEvent) =>
  event.eventType === 'Complaint' && event.complaint.complaintFeedbackType !== 'not-spam';

/** Checks whether SES did not send because of the suppression list of the account or tenant. */
const isOnOwnList = (event: EmailEvent) => {
  const subType =
    event.eventType === 'Bounce'
      ? event.bounce.bounceSubType
      : event.eventType === 'Complaint'
        ? event.complaint.complaintSubType
        : undefined;
  return ['OnAccountSuppressionList', 'OnTenantSuppressionList'].includes(subType ?? '');
};

describe('recomputed from the events', () => {
  it('the sample and the fixtures have events of all kinds', () => {
    expect(
      distinct([...events.values()].map(({ event, origin }) => `${origin} ${event.eventType}`)),
    ).toBeGreaterThan(14);
    expect(unique().length).toBeLessThan(events.size);
  });

  it('the view unique_events has the same events', async () => {
    const rows = await archive.rows('SELECT event_id FROM unique_events');
    expect(rows.map(({ event_id }) => event_id).sort()).toEqual(
      unique()
        .map(([id]) => id)
        .sort(),
    );
  });

  it('the view recipients has the results of eventRecipients for each event', async () => {
    const rows = await archive.rows('SELECT event_id, recipient, attribution, address FROM recipients');
    const actual = rows.map((row) =>
      JSON.stringify([row.event_id, row.recipient, row.attribution, row.address]),
    );
    const expected = unique().flatMap(([id, event]) => {
      const { addresses, attribution } = eventRecipients(event);
      const named = addresses.map((address) => JSON.stringify([id, address, attribution, bare(address)]));
      return attribution === 'unknown' ? [JSON.stringify([id, null, attribution, null])] : named;
    });
    expect(actual.sort()).toEqual(expected.sort());
  });

  it('health has the same numbers', async () => {
    const [row] = await answer('health');
    const delivered = new Set(
      unique().flatMap(([, event]) => (event.eventType === 'Delivery' ? [event.mail.messageId] : [])),
    );
    const sent = emails('Send').length;
    const bounced = distinct(emails('Bounce', (event) => isPermanent(event) && !isOnOwnList(event)));
    const complained = distinct(emails('Complaint', (event) => isSpam(event) && !isOnOwnList(event)));
    expect(bounced).toBeLessThan(distinct(emails('Bounce', isPermanent)));
    expect(complained).toBeLessThan(distinct(emails('Complaint', isSpam)));
    expect(row).toMatchObject({
      sent,
      delivered: emails('Delivery').length,
      bounced,
      complained,
      bounce_rate: bounced / sent,
      complaint_rate: complained / sent,
      delivered_messages: delivered.size,
    });
  });

  it('delivery times are nearest-rank percentiles', async () => {
    const times = new Map<string, number[]>();
    for (const [, event] of unique()) {
      const [time, sent] = [
        eventTime(event),
        event.eventType === 'Delivery' ? Date.parse(event.mail.timestamp) : NaN,
      ];
      if (event.eventType !== 'Delivery' || time === undefined) continue;
      for (const address of event.delivery.recipients) {
        const domain = bare(address).split('@').at(-1) ?? '';
        times.set(domain, [...(times.get(domain) ?? []), time.getTime() - sent]);
      }
    }
    const rows = await answer('delivery-times');
    expect(rows).toHaveLength(times.size);
    for (const { domain, deliveries, p50, p95, p99, longest } of rows) {
      const sorted = (times.get(String(domain)) ?? []).sort((a, b) => a - b);
      const rank = (percent: number) => sorted[Math.ceil((percent * sorted.length) / 100) - 1];
      expect([domain, deliveries, p50, p95, p99, longest]).toEqual([
        domain,
        sorted.length,
        rank(50),
        rank(95),
        rank(99),
        sorted.at(-1),
      ]);
    }
  });

  it('the days are contiguous and add up', async () => {
    const rows = await answer('daily');
    const days = rows.map(({ day }) => Date.parse(String(day)));
    for (const [index, day] of days.entries()) expect(day).toBe((days[0] ?? 0) + index * 86_400_000);
    const sum = (name: string) => rows.reduce((total, row) => total + Number(row[name]), 0);
    expect([sum('sent'), sum('delivered'), sum('opens')]).toEqual([
      emails('Send').length,
      emails('Delivery').length,
      // Includes opens without a known recipient.
      unique().filter(([, event]) => event.eventType === 'Open').length,
    ]);
  });

  it('a not-spam report, an out-of-office reply or a full mailbox alone does not suppress an address', async () => {
    const hard = new Set(
      unique().flatMap(([, event]) =>
        isPermanent(event) || isSpam(event) ? eventRecipients(event).addresses.map(bare) : [],
      ),
    );
    const question = questions().find(({ name }) => name === 'suppression');
    if (question === undefined) throw new Error('there is no question suppression');
    const rows = await archive.ask((engine) =>
      rowsOf(engine, questionSql(question, { limit: 1_000_000 }, duckdb)),
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const { address } of rows) expect(hard).toContain(address);
  });
});
