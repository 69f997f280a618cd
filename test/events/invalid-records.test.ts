import { EventParseError, safeParseEvent } from '../../consumer/events';
import { type FixtureKind, fixture, fixtures } from '../fixtures/load';
import { type JsonPath, without, withValue } from './json-path';

/** The paths of the issues with which a record fails; undefined when it is a valid event. */
function faults(record: unknown): string[] | undefined {
  const result = safeParseEvent(record);
  if (result.success) return undefined;
  expect(result.error).toBeInstanceOf(EventParseError);
  expect(result.input).toBe(record);
  return result.error.issues.map(({ path }) => path.join('.'));
}

/** Fixtures in `invalid/` with the paths of their defects. */
const expectedFaults: Readonly<Record<string, readonly string[]>> = {
  'bounce-block-null': ['bounce'],
  'bounce-recipient-without-address': ['bounce.bouncedRecipients.1.emailAddress'],
  'bounce-recipients-object': ['bounce.bouncedRecipients'],
  'bounce-without-block': ['bounce'],
  'bounce-without-mail': ['mail'],
  'click-link-tags-list': ['click.linkTags'],
  'click-without-link': ['click.link'],
  'complaint-with-block-of-another-kind': ['complaint'],
  'delivery-delay-recipients-object': ['deliveryDelay.delayedRecipients'],
  'delivery-with-two-faults': ['mail.messageId', 'delivery.recipients.1'],
  'delivery-without-recipients': ['delivery.recipients'],
  'header-without-value': ['mail.headers.1.value'],
  // It is of an unknown kind, so no schema applies.
  'later-kind-without-mail': [],
  'legacy-bounce-without-mail': ['mail'],
  'legacy-complaint-without-block': ['complaint'],
  'legacy-delivery-recipients-text': ['delivery.recipients'],
  'mail-text': ['mail'],
  'mail-timestamp-number': ['mail.timestamp'],
  'mail-without-message-id': ['mail.messageId'],
  'mail-without-timestamp': ['mail.timestamp'],
  'open-with-boolean-bot-flag': ['open.isBotEvent'],
  'pinpoint-arrival-text': ['arrival_timestamp'],
  'pinpoint-without-facets': ['facets'],
  'pinpoint-without-message-id': ['facets.email_channel.mail_event.mail.message_id'],
  'reject-without-reason': ['reject.reason'],
  'rendering-failure-with-block-named-after-the-kind': ['failure'],
  'send-without-block': ['send'],
  'subscription-without-contact-list': ['subscription.contactList'],
  'tag-value-text': ['mail.tags.campaign'],
};

describe('an invalid record', () => {
  it('has its defects listed in this test', () => {
    expect(fixtures('invalid').map(([name]) => name)).toEqual(Object.keys(expectedFaults).sort());
  });

  it.each(fixtures('invalid'))('fails with issues at its defects: %s', (name, record) => {
    expect(faults(record)).toEqual(expectedFaults[name]);
  });
});

/** Folder, fixture, path of the value, value. The issue must have that path. */
const wrongValues: readonly (readonly [FixtureKind, string, JsonPath, unknown])[] = [
  ['send', 'full', ['mail'], null],
  ['send', 'full', ['mail'], []],
  ['send', 'full', ['mail', 'timestamp'], null],
  ['send', 'full', ['mail', 'source'], ['news@shop.example']],
  ['send', 'full', ['mail', 'sendingAccountId'], 111122223333],
  ['send', 'full', ['mail', 'destination'], 'ana@example.com'],
  ['send', 'full', ['mail', 'destination', 1], null],
  ['send', 'full', ['mail', 'headersTruncated'], 'false'],
  ['send', 'full', ['mail', 'headers'], { From: 'news@shop.example' }],
  ['send', 'full', ['mail', 'headers', 0, 'name'], 1],
  ['send', 'full', ['mail', 'headers', 2], 'Subject: Hello'],
  ['send', 'full', ['mail', 'commonHeaders'], []],
  ['send', 'full', ['mail', 'commonHeaders', 'from'], 'news@shop.example'],
  ['send', 'full', ['mail', 'commonHeaders', 'returnPath'], ['bounces@shop.example']],
  ['send', 'full', ['mail', 'tags'], []],
  ['send', 'full', ['mail', 'tags', 'campaign'], null],
  ['send', 'full', ['mail', 'tags', 'constructor'], 1],
  ['send', 'full', ['mail', 'tags', 'campaign', 0], 1],
  ['send', 'full', ['send'], []],
  ['send', 'full', ['send'], ''],
  ['delivery', 'full', ['delivery', 'timestamp'], 1772600767],
  ['delivery', 'full', ['delivery', 'recipients', 0], { emailAddress: 'ana@example.com' }],
  ['delivery', 'full', ['delivery', 'smtpResponse'], 250],
  ['reject', 'bad-content', ['reject'], 'Bad content'],
  ['rendering-failure', 'full', ['failure', 'templateName'], 7],
  ['bounce', 'permanent-general', ['bounce', 'bounceType'], null],
  ['bounce', 'permanent-general', ['bounce', 'bounceSubType'], 5],
  ['bounce', 'permanent-general', ['bounce', 'bouncedRecipients', 0, 'status'], 5.1],
  ['complaint', 'abuse', ['complaint', 'complainedRecipients', 0], 'ana@example.com'],
  ['complaint', 'abuse', ['complaint', 'complaintSubType'], false],
  ['open', 'full', ['open', 'ipAddress'], 3405803785],
  ['click', 'full', ['click', 'link'], null],
  ['click', 'full', ['click', 'linkTags', 'position'], 'top'],
  ['delivery-delay', 'general', ['deliveryDelay', 'delayType'], null],
  ['delivery-delay', 'general', ['deliveryDelay', 'expirationTime'], 0],
  ['subscription', 'unsubscribe-header', ['subscription', 'newTopicPreferences'], []],
  ['subscription', 'unsubscribe-header', ['subscription', 'newTopicPreferences', 'unsubscribeAll'], 'true'],
  ['subscription', 'unsubscribe-header', ['subscription', 'source'], {}],
  ['legacy-bounce', 'with-headers', ['bounce', 'timestamp'], null],
  ['legacy-complaint', 'not-spam', ['complaint', 'arrivalDate'], 0],
  ['legacy-delivery', 'with-headers', ['mail', 'sourceIp'], 0],
  ['pinpoint-email', 'open', ['event_timestamp'], '1585699200000'],
  ['pinpoint-email', 'open', ['attributes', 'feedback'], 1],
  [
    'pinpoint-email',
    'open',
    ['facets', 'email_channel', 'mail_event', 'mail', 'message_send_timestamp'],
    null,
  ],
];

describe('a valid record with one wrong value', () => {
  it.each(wrongValues)('fails at that value: %s/%s %j = %j', (folder, name, path, value) => {
    const record = fixture(folder, name);
    expect(faults(record)).toBeUndefined();
    expect(faults(withValue(record, path, value))).toEqual([path.join('.')]);
  });
});

/** Folder, fixture, path of a field without which the record is invalid. */
const requiredFields: readonly (readonly [FixtureKind, string, JsonPath])[] = [
  ['send', 'minimal', ['mail', 'timestamp']],
  ['send', 'minimal', ['mail', 'messageId']],
  ['send', 'minimal', ['send']],
  ['delivery', 'minimal', ['delivery', 'timestamp']],
  ['delivery', 'minimal', ['delivery', 'recipients']],
  ['reject', 'minimal', ['reject', 'reason']],
  ['rendering-failure', 'minimal', ['failure']],
  ['bounce', 'minimal', ['bounce', 'bounceType']],
  ['bounce', 'minimal', ['bounce', 'bounceSubType']],
  ['bounce', 'minimal', ['bounce', 'bouncedRecipients']],
  ['bounce', 'minimal', ['bounce', 'timestamp']],
  ['complaint', 'minimal', ['complaint', 'complainedRecipients']],
  ['complaint', 'minimal', ['complaint', 'timestamp']],
  ['open', 'minimal', ['open', 'timestamp']],
  ['click', 'minimal', ['click', 'timestamp']],
  ['click', 'minimal', ['click', 'link']],
  ['delivery-delay', 'minimal', ['deliveryDelay', 'timestamp']],
  ['delivery-delay', 'minimal', ['deliveryDelay', 'delayType']],
  ['delivery-delay', 'minimal', ['deliveryDelay', 'delayedRecipients']],
  ['subscription', 'minimal', ['subscription', 'timestamp']],
  ['subscription', 'minimal', ['subscription', 'contactList']],
];

describe('a record with required fields only', () => {
  it.each(requiredFields)('fails without each of them: %s/%s %j', (folder, name, path) => {
    const record = fixture(folder, name);
    expect(faults(record)).toBeUndefined();
    expect(faults(without(record, path))).toEqual([path.join('.')]);
  });
});

describe('input that is not an email event', () => {
  it.each(fixtures('skipped'))('fails without issues: fixture %s', (_name, record) => {
    expect(faults(record)).toEqual([]);
  });

  it.each([
    ['null', null],
    ['undefined', undefined],
    ['a number', 7],
    ['a text', '{"eventType":"Send"}'],
    ['a boolean', true],
    ['an empty object', {}],
    ['an empty list', []],
    ['a list of events', [fixture('send', 'full')]],
    ['an eventType that is not a text', { ...fixture('send', 'full'), eventType: 1 }],
    ['an eventType that is null', { ...fixture('send', 'full'), eventType: null }],
    ['an unknown notificationType', { ...fixture('legacy-bounce', 'minimal'), notificationType: 'Open' }],
    ['an event_type of another channel', { ...fixture('pinpoint-email', 'open'), event_type: '_email' }],
    ['an inherited key', { eventType: 'toString' }],
    ['an inherited key as notificationType', { notificationType: 'constructor', mail: {} }],
  ])('fails without issues: %s', (_name, record) => {
    expect(faults(record)).toEqual([]);
  });
});
