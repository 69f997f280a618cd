import { eventTime, PinpointEmailSchema, pinpointEmailTypes, safeParseEvent } from '../../consumer/events';
import { fixture, fixtures } from '../fixtures/load';
import { withValue } from './json-path';

/** Fixtures in `pinpoint-email/` with their kinds. */
const kinds: Readonly<Record<string, string>> = {
  click: 'Click',
  'click-with-link-in-feedback-only': 'Click',
  'click-without-link': 'Unknown',
  complaint: 'Complaint',
  delivered: 'Delivery',
  'delivered-without-recipients': 'Unknown',
  hardbounce: 'Bounce',
  'hardbounce-without-block': 'Unknown',
  'hardbounce-without-type': 'Bounce',
  'later-type': 'Unknown',
  'null-optionals': 'Delivery',
  open: 'Open',
  rejected: 'Reject',
  'rendering-failure': 'Unknown',
  send: 'Send',
  'send-without-block': 'Send',
  softbounce: 'Bounce',
  'softbounce-without-type': 'Bounce',
  'unknown-fields': 'Open',
  unsubscribe: 'Unknown',
};

/** The kinds whose event publishing form only has the time of the message. */
const withoutOwnTime: readonly unknown[] = ['Send', 'Reject'];

const mappedFixtures = fixtures('pinpoint-email').filter(([name]) => kinds[name] !== 'Unknown');
const unmappedFixtures = fixtures('pinpoint-email').filter(([name]) => kinds[name] === 'Unknown');

function parsed(record: unknown) {
  const result = safeParseEvent(record);
  if (!result.success) throw result.error;
  expect(result.origin).toBe('pinpoint');
  return result.event;
}

it('every fixture has its kind listed in this test', () => {
  expect(fixtures('pinpoint-email').map(([name]) => name)).toEqual(Object.keys(kinds).sort());
});

it('there is a fixture of every documented type', () => {
  const types = fixtures('pinpoint-email').map(([, record]) => record.event_type);
  expect(types).toEqual(expect.arrayContaining([...pinpointEmailTypes]));
});

describe('a Pinpoint email record', () => {
  it.each(fixtures('pinpoint-email'))('is read as its kind: %s', (name, record) => {
    expect(parsed(record).eventType).toBe(kinds[name]);
  });

  it.each(fixtures('pinpoint-email'))('is not changed: %s', (_name, record) => {
    const before = JSON.stringify(record);
    parsed(record);
    expect(JSON.stringify(record)).toBe(before);
  });

  it.each(mappedFixtures)('is kept in full under pinpoint: %s', (_name, record) => {
    expect(parsed(record)).toHaveProperty('pinpoint', record);
  });

  it.each(mappedFixtures)('has the time of its arrival, or of the sending: %s', (_name, record) => {
    const event = parsed(record);
    const ownTime = withoutOwnTime.includes(event.eventType)
      ? record.event_timestamp
      : record.arrival_timestamp;
    expect(eventTime(event)?.getTime()).toBe(ownTime);
  });

  it.each(mappedFixtures)('has no undefined fields: %s', (_name, record) => {
    const event = parsed(record);
    expect(JSON.parse(JSON.stringify(event))).toStrictEqual(event);
  });

  it.each(unmappedFixtures)(
    'that cannot be mapped is an unknown event with all fields: %s',
    (_name, record) => {
      expect(parsed(record)).toEqual({ eventType: 'Unknown', recordType: record.event_type, record });
      expect(eventTime(parsed(record))).toBeUndefined();
    },
  );
});

describe('the mail block of a Pinpoint email record', () => {
  it('has the names and types of event publishing', () => {
    expect(parsed(fixture('pinpoint-email', 'delivered'))).toMatchObject({
      mail: {
        timestamp: expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        messageId: expect.stringMatching(/^0100/),
        source: 'news@shop.example',
        sendingAccountId: '111122223333',
        destination: [expect.stringContaining('@example.com')],
        headersTruncated: false,
        headers: expect.arrayContaining([{ name: 'From', value: 'news@shop.example' }]),
        commonHeaders: { from: ['news@shop.example'], subject: expect.any(String) },
      },
    });
  });

  it('keeps null as null, and adds no absent fields', () => {
    const event = parsed(fixture('pinpoint-email', 'null-optionals'));
    expect(event).toMatchObject({
      mail: { source: null, headers: null, commonHeaders: null, destination: null },
    });
    expect(event).not.toHaveProperty('mail.tags');
    expect(event).not.toHaveProperty('mail.sourceArn');
    expect(event).not.toHaveProperty('delivery.remoteMtaIp');
  });

  it('keeps a list in from', () => {
    const event = parsed(fixture('pinpoint-email', 'unknown-fields'));
    expect(event).toHaveProperty('mail.commonHeaders.from', ['Shop <news@shop.example>']);
  });
});

describe('the block of a Pinpoint email record', () => {
  it.each([
    ['send', 'send', {}],
    ['send-without-block', 'send', {}],
    [
      'delivered',
      'delivery',
      {
        processingTimeMillis: 1310,
        smtpResponse: '250 ok:  Message 82080542 accepted',
        reportingMTA: 'mta7.ses-out.example',
      },
    ],
    ['open', 'open', { ipAddress: '203.0.113.9', userAgent: expect.stringContaining('iPhone') }],
    ['click', 'click', { link: 'https://shop.example/spring', linkTags: { unsubscribeLinkTag: ['top'] } }],
    ['click-with-link-in-feedback-only', 'click', { link: 'https://shop.example/offers' }],
    ['rejected', 'reject', { reason: 'Bad content' }],
    ['complaint', 'complaint', { complaintFeedbackType: 'abuse', userAgent: 'ExampleMail-Feedback/2.0' }],
    ['hardbounce', 'bounce', { bounceType: 'Permanent', bounceSubType: 'NoEmail' }],
    ['hardbounce-without-type', 'bounce', { bounceType: 'Permanent', bounceSubType: 'Undetermined' }],
    ['softbounce', 'bounce', { bounceType: 'Transient', bounceSubType: 'MailboxFull' }],
    ['softbounce-without-type', 'bounce', { bounceType: 'Transient', bounceSubType: 'Undetermined' }],
  ])('has the names of event publishing: %s', (name, block, fields) => {
    expect(parsed(fixture('pinpoint-email', name))).toMatchObject({ [block]: fields });
  });

  it('names bounced recipients as event publishing does, with their unknown fields', () => {
    expect(parsed(fixture('pinpoint-email', 'softbounce'))).toHaveProperty('bounce.bouncedRecipients', [
      {
        emailAddress: expect.stringContaining('@example.com'),
        action: 'failed',
        status: '4.2.2',
        diagnosticCode: 'smtp; 452 4.2.2 over quota',
        remote_host: 'mx1.example.com',
      },
    ]);
  });

  it('names candidates of a complaint as event publishing does', () => {
    expect(parsed(fixture('pinpoint-email', 'complaint'))).toHaveProperty('complaint.complainedRecipients', [
      { emailAddress: expect.stringContaining('@example.com') },
    ]);
  });

  it('prefers the link of the block to the link in feedback', () => {
    const record = withValue(
      fixture('pinpoint-email', 'click'),
      ['attributes', 'feedback'],
      'https://example.org/',
    );
    expect(parsed(record)).toHaveProperty('click.link', 'https://shop.example/spring');
  });
});

it.each([8.64e15 + 1, -1e300])(
  'an arrival time outside the range of dates (%d) results in an unknown event',
  (arrival) => {
    const record = withValue(fixture('pinpoint-email', 'open'), ['arrival_timestamp'], arrival);
    expect(parsed(record)).toMatchObject({ eventType: 'Unknown', recordType: '_email.open' });
  },
);

it('the schema rejects other prefixes', () => {
  const record = fixture('pinpoint-email', 'open');
  expect(PinpointEmailSchema.safeParse(record).success).toBe(true);
  expect(PinpointEmailSchema.safeParse({ ...record, event_type: '_campaign.send' }).success).toBe(false);
});
