import fc from 'fast-check';
import {
  addressSpellings,
  escaped,
  neighborOf,
  type Person,
  pathSpellings,
  person,
  plain,
  textSpellings,
} from './spellings';

type Path = (string | number)[];

/** A line of an object, with the expected result. */
interface Entry {
  /** The message id, which identifies the line in the archive. */
  id: string;
  line: Buffer;
  /** A description for the messages of failures. */
  description: string;
  isEvent: boolean;
  /** Whether the line contains the person. Otherwise it must not change. */
  hasPerson: boolean;
  /** The only field that can change; absent when the person's other values are erased too. */
  place?: Path;
  /** The text of the field before and after the person. */
  around?: [before: string, after: string];
}

const time = '2026-03-04T05:06:07.890Z';
const others = ['jun@elsewhere.test', 'kim@elsewhere.test'];
const reader = { timestamp: time, ipAddress: '203.0.113.77', userAgent: 'Reader/7' };

const mail = (id: string, more: object = {}) => ({
  timestamp: time,
  messageId: id,
  source: 'news@shop.test',
  destination: others,
  ...more,
});

/** Fields with a text: functions that return a record with the text, and the path of the field. */
const textPlaces: Readonly<Record<string, (id: string, text: string) => [object, Path]>> = {
  header: (id, value) => [
    { eventType: 'Send', mail: mail(id, { headers: [{ name: 'X-Note', value }] }), send: {} },
    ['mail', 'headers', 0, 'value'],
  ],
  subject: (id, subject) => [
    { eventType: 'Send', mail: mail(id, { commonHeaders: { subject } }), send: {} },
    ['mail', 'commonHeaders', 'subject'],
  ],
  'common header': (id, to) => [
    { eventType: 'Send', mail: mail(id, { commonHeaders: { to: [to] } }), send: {} },
    ['mail', 'commonHeaders', 'to', 0],
  ],
  source: (id, source) => [{ eventType: 'Send', mail: mail(id, { source }), send: {} }, ['mail', 'source']],
  tag: (id, tag) => [
    { eventType: 'Send', mail: mail(id, { tags: { user: ['7', tag] } }), send: {} },
    ['mail', 'tags', 'user', 1],
  ],
  link: (id, link) => [
    { eventType: 'Click', mail: mail(id), click: { ...reader, link, linkTags: null } },
    ['click', 'link'],
  ],
  'link tag': (id, tag) => [
    {
      eventType: 'Click',
      mail: mail(id),
      click: { ...reader, link: 'https://x.test/', linkTags: { user: [tag] } },
    },
    ['click', 'linkTags', 'user', 0],
  ],
  'diagnostic code': (id, diagnosticCode) => [
    {
      eventType: 'Bounce',
      mail: mail(id),
      bounce: {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        timestamp: time,
        bouncedRecipients: [{ emailAddress: others[0], diagnosticCode }],
      },
    },
    ['bounce', 'bouncedRecipients', 0, 'diagnosticCode'],
  ],
  'SMTP response': (id, smtpResponse) => [
    {
      eventType: 'Delivery',
      mail: mail(id),
      delivery: { timestamp: time, processingTimeMillis: 7, recipients: others, smtpResponse },
    },
    ['delivery', 'smtpResponse'],
  ],
  'an unknown field': (id, note) => [
    { eventType: 'Open', mail: mail(id), open: reader, later: { note: [note] } },
    ['later', 'note', 0],
  ],
};

/** Fields with an address. */
const addressPlaces: typeof textPlaces = {
  destination: (id, address) => [
    { eventType: 'Send', mail: mail(id, { destination: [...others, address] }), send: {} },
    ['mail', 'destination', 2],
  ],
  'bounced recipient': (id, emailAddress) => [
    {
      eventType: 'Bounce',
      mail: mail(id),
      bounce: {
        bounceType: 'Transient',
        bounceSubType: 'MailboxFull',
        timestamp: time,
        bouncedRecipients: [{ emailAddress }],
      },
    },
    ['bounce', 'bouncedRecipients', 0, 'emailAddress'],
  ],
};

/** A way to write a record. */
interface Form {
  write(record: object, value: string): string;
  /** Whether the result is an event. */
  isEvent: boolean;
  /** Whether the result is valid UTF-8. @default true */
  isText?: boolean;
}

const forms: Readonly<Record<string, Form>> = {
  unchanged: { write: (record) => JSON.stringify(record), isEvent: true },
  'with stored bytes': {
    write: (record) => JSON.stringify(record).replace(/\}$/, ',"n":1E5}'),
    isEvent: true,
  },
  'with escapes': {
    write: (record, value) =>
      JSON.stringify(record).replace(JSON.stringify(value), () => `"${escaped(value)}"`),
    isEvent: true,
  },
  'with invalid UTF-8': {
    write: (record, value) =>
      JSON.stringify(record).replace(JSON.stringify(value), (text) => `"\\u0122 ${text.slice(1)}`),
    isEvent: true,
    isText: false,
  },
  'in a Firehose error record': {
    write: (record) =>
      JSON.stringify({
        attemptsMade: 1,
        errorCode: 'x',
        rawData: Buffer.from(JSON.stringify(record)).toString('base64'),
      }),
    isEvent: true,
  },
  truncated: { write: (record) => JSON.stringify(record).slice(0, -1), isEvent: false },
  'without a time': {
    write: (record) => JSON.stringify(record).replace('"timestamp":', '"sent":'),
    isEvent: false,
  },
};

/** Returns the line of a record in a form. */
function lineOf({ write, isText = true }: Form, record: object, value: string): Buffer {
  const bytes = Buffer.from(write(record, value));
  const senderAt = isText ? -1 : bytes.indexOf('news@shop.test');
  if (senderAt !== -1) bytes[senderAt] = 0xff;
  return bytes;
}

const place = fc.oneof(
  fc
    .record({
      field: fc.constantFrom(...Object.entries(textPlaces)),
      spelling: fc.constantFrom(...Object.entries(textSpellings)),
      around: fc.constantFrom(['', ''], ['https://x.test/?e=', '&x=1'], ['see ', ' later'], ['(', ')']),
    })
    .map((selected) => ({ ...selected, isLink: false })),
  fc
    .record({
      field: fc.constantFrom(...Object.entries(textPlaces)),
      spelling: fc.constantFrom(...Object.entries(pathSpellings)),
      around: fc
        .tuple(
          fc.constantFrom('https://x.test/', 'https://x.test/u/', 'https://x.test/un-sub/v2_'),
          fc.constantFrom('', '/confirm', '-9f8e7d', '_x', '?a=1', '.html', '#top', '/', '/c/d-e_f'),
        )
        .map(([before, after]) => [before, after]),
    })
    .map((selected) => ({ ...selected, isLink: true })),
  fc
    .record({
      field: fc.constantFrom(...Object.entries(addressPlaces)),
      spelling: fc.constantFrom(...Object.entries(addressSpellings)),
      around: fc.constant(['', '']),
    })
    .map((selected) => ({ ...selected, isLink: false })),
);

type CreateEntry = (id: string, forgotten: Person) => Entry;

/** A record with the person, or a similar address, in one field. Its message has other recipients. */
const sharedEntry: fc.Arbitrary<CreateEntry> = fc
  .record({
    place,
    form: fc.constantFrom(...Object.entries(forms)),
    neighbor: fc.option(fc.constantFrom(...Object.entries(neighborOf)), { freq: 2 }),
  })
  .map(({ place, form: [formName, form], neighbor }) => (id, forgotten) => {
    const { field, spelling, around, isLink } = place;
    const [fieldName, inField] = field;
    const [spellingName, spell] = spelling;
    const [before = '', after = ''] = around;
    const subject = neighbor === null ? forgotten : neighbor[1](forgotten);
    const value = before + spell(subject) + after;
    const [record, path] = inField(id, value);
    const description = `${neighbor?.[0] ?? 'the person'} ${spellingName}, in ${fieldName}, ${formName}`;
    return {
      id,
      line: lineOf(form, record, value),
      description,
      isEvent: form.isEvent,
      hasPerson: neighbor === null,
      place: path,
      ...(isLink && form.isText !== false && { around: [before, after] as [string, string] }),
    };
  });

const personalValues = ['Welcome', reader.userAgent, reader.ipAddress, 'https://x.test/a', 'other'];
const personalKeys = [
  'subject',
  'userAgent',
  'user_agent',
  'ipAddress',
  'ip_address',
  'value',
  'link',
  'campaign',
];

/** A record about the person only, whose other values are erased too. Tags can have the same names as these fields. */
const personalEntry: fc.Arbitrary<CreateEntry> = fc
  .record({
    kind: fc.constantFrom('Send', 'Open', 'Click'),
    tags: fc.dictionary(fc.constantFrom(...personalKeys), fc.constantFrom(...personalValues), { maxKeys: 3 }),
    form: fc.constantFrom(...Object.entries(forms)),
  })
  .map(({ kind, tags, form: [formName, form] }) => (id, forgotten) => {
    const lists = Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, [value]]));
    const common = { to: [plain(forgotten)], subject: 'Welcome' };
    const message = mail(id, { destination: [plain(forgotten)], commonHeaders: common, tags: lists });
    const blocks: Record<string, object> = {
      Send: { send: {} },
      Open: { open: reader },
      Click: { click: { ...reader, link: 'https://x.test/a?u=7', linkTags: lists } },
    };
    const record = { eventType: kind, mail: message, ...blocks[kind] };
    return {
      id,
      line: lineOf(form, record, 'Welcome'),
      description: `${kind} about the person only, ${formName}`,
      isEvent: form.isEvent,
      hasPerson: true,
    };
  });

/** A person, and lines with and without the person. */
const personAndEntries: fc.Arbitrary<{ person: Person; entries: Entry[] }> = fc
  .tuple(
    person,
    fc.array(fc.oneof({ weight: 6, arbitrary: sharedEntry }, { weight: 1, arbitrary: personalEntry }), {
      minLength: 1,
      maxLength: 40,
    }),
  )
  .map(([someone, creators]) => ({
    person: someone,
    entries: creators.map((create, index) => create(`m-${index}`, someone)),
  }));

export { type Entry, type Path, personAndEntries };
