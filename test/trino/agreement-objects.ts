import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sample = join(__dirname, '..', '..', 'examples', 'sample-archive');
const fixtures = join(__dirname, '..', 'fixtures');

/** Records that engines could read differently: tags, nulls, texts, times. */
const odd = [
  {
    eventType: 'Send',
    mail: {
      timestamp: '2026-08-09T07:00:01+0200',
      messageId: 'odd-1',
      destination: ['Zoë <Zoe@EXAMPLE.com>', 'second@example.com'],
      tags: {
        'a:b': ['1'],
        'a.b': ['2'],
        Campaign: ['x'],
        campaign: ['y', 'z'],
        "it's": ['"quoted"'],
        'ses:configuration-set': ['odd'],
      },
      commonHeaders: { subject: 'Grüße 👋 \u0007', from: [], replyTo: null },
    },
    send: {},
  },
  {
    eventType: 'Open',
    mail: {
      timestamp: '2026-08-09T07:00:01.5Z',
      messageId: 'odd-1',
      sourceArn: 'arn:aws:ses',
      destination: ['a@example.com', 'b@example.com'],
      tags: null,
    },
    open: { timestamp: '2026-08-09 07:00:02,123456 +0000', userAgent: null, ipAddress: '::1' },
  },
  {
    eventType: 'Teleport',
    mail: {
      timestamp: 'not a time',
      messageId: 5,
      destination: 'nobody',
      tags: { 'ses:configuration-set': ['odd'] },
    },
    forward: { timestamp: '2026-08-09T07:00:02.000Z' },
  },
  {
    eventType: 'Bounce',
    mail: { timestamp: '2026-08-09T07:00:01.000Z', messageId: 'odd-2' },
    bounce: { bounceType: 'Permanent' },
  },
];

/** Messages of a tenant, one of them with the tag on its bounce only. */
const tenants = [
  ['tenant-1', 'Send', 'shop'],
  ['tenant-1', 'Delivery', 'shop'],
  ['tenant-2', 'Send', undefined],
  ['tenant-2', 'Bounce', 'shop'],
  ['tenant-3', 'Send', 'other'],
].map(([messageId, eventType, tenant]) => {
  const to = `${messageId}@example.org`;
  const timestamp = '2026-08-09T07:00:05.000Z';
  return {
    eventType,
    mail: {
      timestamp: '2026-08-09T07:00:04.000Z',
      messageId,
      source: 'news@shop.example',
      destination: [to],
      tags: { ...(tenant !== undefined && { 'ses:tenant-name': [tenant] }) },
    },
    ...(eventType === 'Send' && { send: {} }),
    ...(eventType === 'Delivery' && { delivery: { timestamp, recipients: [to] } }),
    ...(eventType === 'Bounce' && {
      bounce: {
        timestamp,
        bounceType: 'Permanent',
        bounceSubType: 'NoEmail',
        bouncedRecipients: [{ emailAddress: to }],
        feedbackId: messageId,
      },
    }),
  };
});

/** Messages that SES refused, from senders in unusual forms. */
const senders = [
  '=?UTF-8?B?R3LDvG4=?= <News@Shop.example>',
  '"Grün, \\"Shop\\"" <news@shop.example>',
  ' two\nlines  <news@shop.example> ',
  'a <b@c.example> <d@e.example>',
  '<>',
  'Shop <a>b>',
  'no end <news@shop.example',
  '',
].map((source, index) => ({
  eventType: 'Reject',
  mail: {
    timestamp: '2026-08-09T07:00:03.000Z',
    messageId: `sender-${index}`,
    source,
    destination: ['a@b.example'],
  },
  reject: { reason: 'Bad content' },
}));

/** Returns all fixtures as lines. */
function fixtureLines(): string[] {
  return readdirSync(fixtures, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .map((text) => JSON.stringify(JSON.parse(text)))
    .sort();
}

/** Writes the objects of the bundled sample, and one with the fixtures and the records of this file. */
function writeObjects(folder: string): void {
  cpSync(sample, folder, { recursive: true });
  const hour = join(folder, 'events', 'dt=2026-08-09', 'hour=07');
  mkdirSync(hour, { recursive: true });
  const lines = [
    ...fixtureLines(),
    ...[...odd, ...senders, ...tenants].map((record) => JSON.stringify(record)),
    '',
    'no record',
    '{"eventType":"Send"',
  ];
  const name = 'email-events-1-2026-08-09-07-00-00-00000000-0000-4000-8000-000000000000';
  writeFileSync(join(hour, name), `${lines.join('\r\n')}\n${lines[0]} `);
}

export { writeObjects };
