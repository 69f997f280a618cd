import fc from 'fast-check';
import { Erasure } from '../../../consumer/archive/erasure/erase-outcome';
import { addressHash, pseudonymOf } from '../../../consumer/archive/store/tombstones';
import type { ReadEvent } from '../../../consumer/records/outcome';
import { parseRecord } from '../../../consumer/records/parse-record';

const salt = 'salt';
const people = ['ana@example.com', 'łukasz@example.com', 'a b@example.com'];
const erasure = new Erasure({
  salt,
  people: people.map((address) => {
    const hash = addressHash(salt, address);
    return { hash, pseudonym: pseudonymOf(hash), removed: false };
  }),
});

const time = '2026-03-04T05:06:07.890Z';

/** Few values, so that fields, tags and headers often have the same one. */
const value = fc.constantFrom(
  'Welcome',
  'Hello "Ana", \\ łukasz',
  '192.0.2.7',
  'Agent/1',
  'https://x.example/a?r=7#b',
  'https://x.example/u/YW5hQGV4YW1wbGUuY29t/confirm?r=ana%40example.com',
  'https://x.example/=%3Futf-8%3FB%3FYW5hQGV4YW1wbGUuY29t%3F=/x',
  '?r=7',
  'ana@example.com',
  'ANA@example.com',
  'Ana <ana@example.com>',
  '"a b"@example.com',
  'łukasz@example.com',
  'bob@example.com',
  '{"subject":["Welcome",{"a":1},"Welcome"],"to":"ana@example.com"}',
  '',
);
const key = fc.constantFrom(
  ...['subject', 'userAgent', 'user_agent', 'ipAddress', 'ip_address', 'value', 'link', 'feedback'],
  ...['campaign', 'name', 'ana@example.com', 'ANA@example.com', 'diagnosticCode'],
);
const tags = fc.option(fc.dictionary(key, fc.array(value, { maxLength: 3 }), { maxKeys: 5 }));
const more = fc.dictionary(
  key,
  fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      value,
      fc.constant(1.5),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(key, tie('any'), { maxKeys: 3 }),
    ),
  })).any,
  { maxKeys: 2 },
);
const headers = fc.option(
  fc.array(fc.record({ name: fc.constantFrom('Subject', 'To', 'value', 'Thread-Topic'), value }), {
    maxLength: 4,
  }),
);
const destination = fc.array(fc.constantFrom(...people, 'ANA@Example.com', 'bob@example.com'), {
  minLength: 1,
  maxLength: 2,
});

const mail = fc
  .record({ destination, headers, tags, subject: fc.option(value), source: value, more })
  .map(({ destination, headers, tags, subject, source, more }) => ({
    ...more,
    timestamp: time,
    messageId: 'm',
    source,
    destination,
    headers,
    commonHeaders: { ...more, subject },
    tags,
  }));
const engagement = fc
  .record({ ipAddress: fc.option(value), userAgent: fc.option(value), more })
  .map(({ more, ...rest }) => ({ ...more, timestamp: time, ...rest }));
const bounce = value.map((diagnosticCode) => ({
  bounceType: 'Permanent',
  bounceSubType: 'General',
  timestamp: time,
  feedbackId: 'f',
  bouncedRecipients: [{ emailAddress: 'ana@example.com', diagnosticCode }],
}));

const published = fc.oneof(
  fc.record({ eventType: fc.constant('Send'), mail, send: more }),
  fc.record({ eventType: fc.constant('Open'), mail, open: engagement }),
  fc.record({
    eventType: fc.constant('Click'),
    mail,
    click: fc
      .record({ engagement, link: value, linkTags: tags })
      .map(({ engagement, ...rest }) => ({ ...engagement, ...rest })),
  }),
  fc.record({ eventType: fc.constant('Bounce'), mail, bounce }),
  fc.record({ eventType: fc.constantFrom('Later Kind', 'ana@example.com'), mail, later: more }),
);
const legacy = fc.record({ notificationType: fc.constant('Bounce'), mail, bounce });
const pinpoint = fc
  .record({
    type: fc.constantFrom('_email.open', '_email.click', '_email.send', '_email.later'),
    attributes: fc.dictionary(key, fc.option(value), { maxKeys: 5 }),
    destination,
    headers,
    subject: fc.option(value),
    reader: fc.record({ ip_address: fc.option(value), user_agent: fc.option(value), link: fc.option(value) }),
    link_tags: tags,
  })
  .map(({ type, attributes, destination, headers, subject, reader, link_tags }) => ({
    event_type: type,
    event_timestamp: 1_577_836_800_000,
    arrival_timestamp: 1_577_840_400_000,
    attributes,
    facets: {
      email_channel: {
        mail_event: {
          mail: {
            message_id: 'm',
            message_send_timestamp: 1_577_836_800_000,
            destination,
            headers,
            common_headers: { subject },
          },
          open: reader,
          click: { ...reader, link_tags },
        },
      },
    },
  }));

/** Records with and without an envelope, and their spelling. */
const written = fc
  .record({
    record: fc.oneof(published, legacy, pinpoint),
    indent: fc.constantFrom(0, 2),
    isEscaped: fc.boolean(),
    damage: fc.constantFrom('', '\xff', '\xf0\x9f'),
    isInEnvelope: fc.boolean(),
  })
  .map(({ record, indent, isEscaped, damage, isInEnvelope }) => {
    const json = JSON.stringify(record, undefined, indent);
    const text = isEscaped
      ? json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      : json;
    const envelope = {
      Type: 'Notification',
      TopicArn: 'arn:aws:sns:eu-west-1:111122223333:t',
      Message: text,
    };
    if (isInEnvelope) return Buffer.from(JSON.stringify(envelope));
    // Invalid UTF-8 in a text that also contains the person.
    const bytes = Buffer.from(text.replace('"messageId":"m"', '"messageId":"m DAMAGE ana@example.com"'));
    const at = bytes.indexOf('DAMAGE');
    if (damage === '' || at < 0) return Buffer.from(text);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(damage, 'latin1'), bytes.subarray(at + 6)]);
  });

function eventOf(bytes: Uint8Array): ReadEvent {
  const [outcome, ...others] = parseRecord(bytes);
  if (outcome?.outcome !== 'event' || others.length > 0)
    throw new Error(`no event: ${JSON.stringify(outcome)}`);
  return outcome;
}

const spelling =
  /(?:^|[^a-z])ana(?:@|%40|\\u0040)example\.com|YW5hQGV4YW1wbGUuY29t|"a b\\*"@|łukasz@|\\u0142ukasz@/i;

describe('an event with equal values in its fields, tags and headers', () => {
  it('remains a valid event of its kind without the person, and a second erasure changes nothing', () => {
    fc.assert(
      fc.property(written, (bytes) => {
        const before = eventOf(bytes);
        const after = erasure.outcome(before);
        if (after?.outcome !== 'event') throw new Error(`no event any more: ${JSON.stringify(after)}`);
        expect(after.event.eventType).toBe(before.event.eventType);
        expect(after.provenance).toEqual(before.provenance);
        expect(after.id).toBe(before.id);
        const again = eventOf(after.raw);
        expect(again.event).toEqual(after.event);
        expect(Buffer.from(after.raw).toString()).not.toMatch(spelling);
        expect(erasure.outcome(again)).toBe(again);
      }),
      { numRuns: 3_000 },
    );
  });

  it('changes nothing in events about other people', () => {
    const others = fc.constantFrom('bob@example.com', 'joana@example.com');
    fc.assert(
      fc.property(fc.array(others, { minLength: 1, maxLength: 2 }), tags, (destination, tags) => {
        const record = {
          eventType: 'Send',
          mail: { timestamp: time, messageId: 'm', destination, commonHeaders: { subject: 'Welcome' }, tags },
          send: {},
        };
        const text = JSON.stringify(record);
        fc.pre(!spelling.test(text) && !text.includes('ana@') && !text.includes('ANA@'));
        const event = eventOf(Buffer.from(text));
        expect(erasure.outcome(event)).toBe(event);
      }),
    );
  });
});

describe('of an event about one person only', () => {
  const [pseudonym = ''] = people.map((address) => pseudonymOf(addressHash(salt, address)));
  const message = { timestamp: time, messageId: 'm', destination: ['ana@example.com'] };
  const subject = { commonHeaders: { subject: 'Welcome' } };
  const reader = { timestamp: time, ipAddress: '192.0.2.7', userAgent: 'Agent/1' };
  const link = 'https://x.example/a?r=7';
  const pinpointMail = {
    message_id: 'm',
    message_send_timestamp: 1,
    destination: ['ana@example.com'],
    common_headers: { subject: 'Welcome' },
  };
  const pinpointClick = { ip_address: '192.0.2.7', user_agent: 'Agent/1', link };
  const pinpoint = (event_type: string, block: object, attributes: object) => ({
    event_type,
    event_timestamp: 1,
    arrival_timestamp: 2,
    attributes,
    facets: { email_channel: { mail_event: { mail: pinpointMail, ...block } } },
  });
  const send = (mail: object) => ({ eventType: 'Send', mail: { ...message, ...subject, ...mail }, send: {} });

  it.each([
    ['a tag named subject', send({ tags: { subject: ['Welcome', 'x'] } }), 'mail.tags.subject', ['', 'x']],
    ['a tag named value', send({ tags: { value: ['Welcome'] } }), 'mail.tags.value', ['']],
    [
      'a list within a list, after an object',
      send({ note: { subject: [['x', { y: 'z' }, 'Welcome'], 'Welcome'] } }),
      'mail.note.subject',
      [['x', { y: 'z' }, ''], ''],
    ],
    [
      'a member of the same name',
      send({ note: { subject: 'Welcome', value: 'Welcome' } }),
      'mail.note',
      { subject: null, value: '' },
    ],
    [
      'a tag named userAgent',
      { eventType: 'Open', mail: { ...message, tags: { userAgent: ['Agent/1'] } }, open: reader },
      'mail.tags.userAgent',
      [''],
    ],
    [
      'a link tag named ipAddress',
      {
        eventType: 'Click',
        mail: message,
        click: { ...reader, link, linkTags: { ipAddress: ['192.0.2.7'], link: [link] } },
      },
      'click.linkTags',
      { ipAddress: [''], link: ['https://x.example/a'] },
    ],
    [
      'a user agent that equals the link',
      { eventType: 'Click', mail: message, click: { ...reader, userAgent: 'x', link: 'x' } },
      'click',
      { timestamp: time, ipAddress: null, userAgent: null, link: 'x' },
    ],
    [
      'a link that is only a query',
      { eventType: 'Click', mail: message, click: { ...reader, link: '?r=7' } },
      'click.link',
      '',
    ],
    [
      'a legacy notification',
      {
        notificationType: 'Delivery',
        mail: { ...message, ...subject, tags: { subject: ['Welcome'] } },
        delivery: { timestamp: time, recipients: ['ana@example.com'] },
      },
      'mail.tags.subject',
      [''],
    ],
    [
      'a link tag of Pinpoint',
      pinpoint(
        '_email.click',
        { click: { ...pinpointClick, link_tags: { user_agent: ['Agent/1'], subject: ['Welcome'] } } },
        {},
      ),
      'facets.email_channel.mail_event.click.link_tags',
      { user_agent: [''], subject: [''] },
    ],
    [
      'attributes of Pinpoint',
      pinpoint(
        '_email.click',
        { click: pinpointClick },
        { feedback: link, subject: 'Welcome', ip_address: '192.0.2.7', value: 'Welcome' },
      ),
      'attributes',
      { feedback: 'https://x.example/a', subject: null, ip_address: null, value: '' },
    ],
  ])('%s loses the personal values and keeps its structure', (_, record, path, expected) => {
    for (const text of [JSON.stringify(record), JSON.stringify(record, undefined, ' ')]) {
      const after = erasure.outcome(eventOf(Buffer.from(text)));
      if (after?.outcome !== 'event') throw new Error('no event');
      let found = JSON.parse(Buffer.from(after.raw).toString());
      expect(JSON.stringify(found)).toContain(pseudonym);
      for (const key of path.split('.')) found = found[key];
      expect(found).toEqual(expected);
    }
  });
});
