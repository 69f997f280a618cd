import { eventKinds, eventRecipients, eventTime, safeParseEvent } from '../../consumer/events';
import { fixture, fixtures } from '../fixtures/load';
import { envelopeFolders, eventFolders } from './event-folders';

describe.each(eventFolders)('a %s record', (folder, kind, block) => {
  it.each(fixtures(folder))('is a valid event, returned unchanged: %s', (_name, record, text) => {
    const result = safeParseEvent(record);
    if (!result.success) throw result.error;
    expect(result.event.eventType).toBe(kind);
    expect(result.event).toBe(record);
    expect(result.event).toEqual(JSON.parse(text));
    expect(result.origin).toBe('event-publishing');
  });

  it.each(fixtures(folder))('contains the block of its kind: %s', (_name, record) => {
    expect(record[block]).toEqual(expect.any(Object));
  });

  it.each(fixtures(folder))('has a time and recipients: %s', (_name, record) => {
    const result = safeParseEvent(record);
    if (!result.success) throw result.error;
    expect(eventTime(result.event)).toBeInstanceOf(Date);
    expect(Array.isArray(eventRecipients(result.event).addresses)).toBe(true);
  });

  it('has fixtures with required fields only, with nulls, and with undocumented fields', () => {
    const names = fixtures(folder).map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining(['minimal', 'null-optionals']));
    expect(names.some((name) => name.includes('unknown'))).toBe(true);
  });
});

it('has fixtures of every known kind', () => {
  const kinds = eventFolders.flatMap(([folder]) => fixtures(folder).map(([, record]) => record.eventType));
  expect(new Set(kinds)).toEqual(new Set(eventKinds));
});

it('does not parse an envelope as an event, only its content', () => {
  const parsed = envelopeFolders.flatMap((folder) =>
    fixtures(folder).map(([, record]) => safeParseEvent(record)),
  );
  expect(parsed.length).toBeGreaterThan(0);
  expect(parsed.filter(({ success }) => success)).toEqual([]);
});

it.each([
  ['email-sent', 'Email Sent', 'Send'],
  ['email-delivered', 'Email Delivered', 'Delivery'],
  ['email-bounced', 'Email Bounced', 'Bounce'],
  ['email-complaint-received', 'Email Complaint Received', 'Complaint'],
  ['email-rejected', 'Email Rejected', 'Reject'],
  ['email-opened', 'Email Opened', 'Open'],
  ['email-clicked', 'Email Clicked', 'Click'],
  ['email-rendering-failed', 'Email Rendering Failed', 'Rendering Failure'],
  ['email-delivery-delayed', 'Email Delivery Delayed', 'DeliveryDelay'],
  ['email-subscribed', 'Email Subscribed', 'Subscription'],
])('reads the detail of EventBridge fixture %s (%s) as %s', (name, detailType, kind) => {
  const envelope = fixture('eventbridge', name);
  expect(envelope['detail-type']).toBe(detailType);
  expect(safeParseEvent(envelope.detail)).toMatchObject({ success: true, event: { eventType: kind } });
});
