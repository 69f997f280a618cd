import {
  eventTime,
  LegacyNotificationSchema,
  legacyToEmailEvent,
  safeParseEvent,
} from '../../consumer/events';
import { fixture, fixtures } from '../fixtures/load';
import { legacyFolders } from './event-folders';

describe.each(legacyFolders)('a %s record', (folder, kind, block) => {
  it.each(fixtures(folder))('is read as an event: %s', (_name, record) => {
    const result = safeParseEvent(record);
    if (!result.success) throw result.error;
    expect(result.event.eventType).toBe(kind);
    expect(result.origin).toBe('legacy-notification');
    expect(result.event).toMatchObject({ notificationType: kind, [block]: expect.any(Object) });
  });

  it.each(fixtures(folder))('equals the notification without the added eventType: %s', (_name, record) => {
    const result = safeParseEvent(record);
    if (!result.success) throw result.error;
    const { eventType, ...rest } = result.event;
    expect(eventType).toBe(kind);
    expect(JSON.parse(JSON.stringify(rest))).toEqual(record);
    expect(Object.keys(rest)).toEqual(Object.keys(record));
  });

  it.each(fixtures(folder))('is not changed: %s', (_name, record) => {
    const before = JSON.stringify(record);
    safeParseEvent(record);
    expect(JSON.stringify(record)).toBe(before);
    expect(record).not.toHaveProperty('eventType');
  });

  it.each(fixtures(folder))('never has tags: %s', (_name, record) => {
    expect(record).not.toHaveProperty('mail.tags');
  });
});

it('legacyToEmailEvent keeps the same block objects', () => {
  const notification = LegacyNotificationSchema.parse(fixture('legacy-bounce', 'with-headers'));
  const event = legacyToEmailEvent(notification);
  expect(event).toEqual({ ...notification, eventType: 'Bounce' });
  expect(event).toHaveProperty('mail', notification.mail);
});

it.each([
  ['legacy-bounce', 'zone-after-a-space', '2018-10-08T14:05:46.000Z'],
  ['legacy-bounce', 'microseconds-without-zone', '2019-06-05T04:03:04.987Z'],
  ['legacy-delivery', 'offset', '2016-01-27T14:59:40.000Z'],
] as const)('the unusual timestamp of %s/%s is read as %s', (folder, name, time) => {
  const result = safeParseEvent(fixture(folder, name));
  expect(result.success && eventTime(result.event)?.toISOString()).toBe(time);
});

it('eventType takes precedence over notificationType', () => {
  const record = { ...fixture('bounce', 'permanent-general'), notificationType: 'Bounce' };
  expect(safeParseEvent(record)).toMatchObject({ success: true, origin: 'event-publishing' });
});
