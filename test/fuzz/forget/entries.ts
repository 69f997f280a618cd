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

/** A line of an object, and what must become of it. */
interface Entry {
  /** Which message it is of; by this it is found again. */
  id: string;
  line: Buffer;
  /** What it is, for those who look at a failure. */
  what: string;
  isEvent: boolean;
  /** Whether the person is in it; otherwise it stays as it is. */
  hasPerson: boolean;
  /** The one field that may change; absent where more goes with the person. */
  place?: Path;
  /** What the field starts and ends with before and behind the person. */
  around?: [before: string, behind: string];
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

/** Fields that hold a text: a record with the text in it, and the path to it. */
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
  'a field of later': (id, note) => [
    { eventType: 'Open', mail: mail(id), open: reader, later: { note: [note] } },
    ['later', 'note', 0],
  ],
};

/** Fields that hold an address. */
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

/** How a record is written. */
interface Form {
  write(record: object, value: string): string;
  /** Whether it is an event then. */
  isEvent: boolean;
  /** Whether there are bytes in it that are no UTF-8. */
  isText?: boolean;
}

const forms: Readonly<Record<string, Form>> = {
  'as it is': { write: (record) => JSON.stringify(record), isEvent: true },
  'with kept bytes': {
    write: (record) => JSON.stringify(record).replace(/\}$/, ',"n":1E5}'),
    isEvent: true,
  },
  'with escapes': {
    write: (record, value) =>
      JSON.stringify(record).replace(JSON.stringify(value), () => `"${escaped(value)}"`),
    isEvent: true,
  },
  'with bytes that are no text': {
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
  'cut off': { write: (record) => JSON.stringify(record).slice(0, -1), isEvent: false },
  'without a time': {
    write: (record) => JSON.stringify(record).replace('"timestamp":', '"sent":'),
    isEvent: false,
  },
};

/** A record's line in a form. */
function lineOf({ write, isText = true }: Form, record: object, value: string): Buffer {
  const bytes = Buffer.from(write(record, value));
  const sender = isText ? -1 : bytes.indexOf('news@shop.test');
  if (sender !== -1) bytes[sender] = 0xff;
  return bytes;
}

const place = fc.oneof(
  fc
    .record({
      field: fc.constantFrom(...Object.entries(textPlaces)),
      spelling: fc.constantFrom(...Object.entries(textSpellings)),
      around: fc.constantFrom(['', ''], ['https://x.test/?e=', '&x=1'], ['see ', ' later'], ['(', ')']),
    })
    .map((chosen) => ({ ...chosen, isLink: false })),
  fc
    .record({
      field: fc.constantFrom(...Object.entries(textPlaces)),
      spelling: fc.constantFrom(...Object.entries(pathSpellings)),
      around: fc
        .tuple(
          fc.constantFrom('https://x.test/', 'https://x.test/u/', 'https://x.test/un-sub/v2_'),
          fc.constantFrom('', '/confirm', '-9f8e7d', '_x', '?a=1', '.html', '#top', '/', '/c/d-e_f'),
        )
        .map(([before, behind]) => [before, behind]),
    })
    .map((chosen) => ({ ...chosen, isLink: true })),
  fc
    .record({
      field: fc.constantFrom(...Object.entries(addressPlaces)),
      spelling: fc.constantFrom(...Object.entries(addressSpellings)),
      around: fc.constant(['', '']),
    })
    .map((chosen) => ({ ...chosen, isLink: false })),
);

type EntryMaker = (id: string, forgotten: Person) => Entry;

/** A record with the person, or a neighbor, in one field; its message has other recipients. */
const sharedEntry: fc.Arbitrary<EntryMaker> = fc
  .record({
    place,
    form: fc.constantFrom(...Object.entries(forms)),
    neighbor: fc.option(fc.constantFrom(...Object.entries(neighborOf)), { freq: 2 }),
  })
  .map(({ place, form: [formName, form], neighbor }) => (id, forgotten) => {
    const { field, spelling, around, isLink } = place;
    const [fieldName, inField] = field;
    const [spellingName, spell] = spelling;
    const [before = '', behind = ''] = around;
    const who = neighbor === null ? forgotten : neighbor[1](forgotten);
    const value = before + spell(who) + behind;
    const [record, path] = inField(id, value);
    const what = `${neighbor?.[0] ?? 'the person'} ${spellingName}, in ${fieldName}, ${formName}`;
    return {
      id,
      line: lineOf(form, record, value),
      what,
      isEvent: form.isEvent,
      hasPerson: neighbor === null,
      place: path,
      ...(isLink && form.isText !== false && { around: [before, behind] as [string, string] }),
    };
  });

const ownValues = ['Welcome', reader.userAgent, reader.ipAddress, 'https://x.test/a', 'other'];
const ownKeys = [
  'subject',
  'userAgent',
  'user_agent',
  'ipAddress',
  'ip_address',
  'value',
  'link',
  'campaign',
];

/** A record about the person alone, whose other values go too; in tags they may stand under the same names. */
const ownEntry: fc.Arbitrary<EntryMaker> = fc
  .record({
    kind: fc.constantFrom('Send', 'Open', 'Click'),
    tags: fc.dictionary(fc.constantFrom(...ownKeys), fc.constantFrom(...ownValues), { maxKeys: 3 }),
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
      what: `${kind} about the person alone, ${formName}`,
      isEvent: form.isEvent,
      hasPerson: true,
    };
  });

/** Someone, and lines with and without this person. */
const personAndEntries: fc.Arbitrary<{ person: Person; entries: Entry[] }> = fc
  .tuple(
    person,
    fc.array(fc.oneof({ weight: 6, arbitrary: sharedEntry }, { weight: 1, arbitrary: ownEntry }), {
      minLength: 1,
      maxLength: 40,
    }),
  )
  .map(([someone, makers]) => ({
    person: someone,
    entries: makers.map((make, index) => make(`m-${index}`, someone)),
  }));

export { type Entry, type Path, personAndEntries };
