import { forget } from '../../../consumer/archive/erasure/forget';
import { addressHash, pseudonymOf } from '../../../consumer/archive/store/tombstones';
import { ArchiveFolder } from '../archive-folder';

const base64url = (text: string) => Buffer.from(text).toString('base64url');
const time = '2026-03-04T05:06:07.890Z';

/** Texts before and after the erasure. `PERSON` is the pseudonym, in any spelling. */
const spellings = (pseudonym: string): readonly (readonly [text: string, left: string])[] => {
  const spelled = (separator: string) => pseudonym.replace('@', separator);
  return [
    ['ana@example.com', pseudonym],
    ['x ANA%40example.com y', `x ${spelled('%40')} y`],
    ['bounces+1-ana=example.com@shop.example', `bounces+1-${spelled('=')}@shop.example`],
    [
      `https://x.example/u/${base64url('ana@example.com')}/confirm`,
      `https://x.example/u/${base64url(pseudonym)}/confirm`,
    ],
    [
      `https://x.example/${base64url('ana@example.com')}/${base64url('1,ana@example.com')}-9f8e`,
      `https://x.example/${base64url(pseudonym)}/${base64url(`1,${pseudonym}`)}-9f8e`,
    ],
    ['中 "\\/ \\u0041na\\u0040example.com é', `中 "\\/ ${spelled('\\u0040')} é`],
    ['=?utf-8?Q?ana=40example.com?=', pseudonym],
    ...[
      'joana@example.com',
      'ana@example.com.au',
      'jo-ana=example.com@lists.example',
      'bounces+jo+ana=example.com@lists.example',
      `https://x.example/u/${base64url('joana@example.com')}/confirm`,
      'SRS0=ab=cd=example.com=joana@fwd.example',
    ].map((text) => [text, text] as const),
  ];
};

/** A message to several people. Its other values are not personal data of one person. */
const mail = (id: string, more: object = {}) => ({
  timestamp: time,
  messageId: id,
  destination: ['a@o.example', 'b@o.example'],
  ...more,
});
const send = (id: string, more: object = {}) => ({ eventType: 'Send', mail: mail(id, more), send: {} });
const click = (id: string, more: object) => ({
  eventType: 'Click',
  mail: mail(id),
  click: { timestamp: time, link: 'https://o.example', ...more },
});

/** Every place that can contain a text, as the lines of an object. */
const places: Readonly<Record<string, (id: string, text: string) => string>> = {
  source: (id, text) => JSON.stringify(send(id, { source: text })),
  destination: (id, text) => JSON.stringify(send(id, { destination: ['a@o.example', text] })),
  headers: (id, text) => JSON.stringify(send(id, { headers: [{ name: 'X', value: text }] })),
  'common headers': (id, text) => JSON.stringify(send(id, { commonHeaders: { to: [text], subject: text } })),
  tags: (id, text) => JSON.stringify(send(id, { tags: { subject: [text], other: ['x', text] } })),
  'a column of one kind': (id, text) => JSON.stringify(click(id, { link: text, userAgent: text })),
  'link tags': (id, text) => JSON.stringify(click(id, { linkTags: { value: [text] } })),
  recipients: (id, text) =>
    JSON.stringify({
      eventType: 'Bounce',
      mail: mail(id),
      bounce: {
        bounceType: 'Transient',
        bounceSubType: 'General',
        timestamp: time,
        feedbackId: 'f',
        bouncedRecipients: [{ emailAddress: text, status: text }],
      },
    }),
  'a field of no column': (id, text) => JSON.stringify(send(id, { later: [{ deep: text }] })),
  'kept bytes': (id, text) => JSON.stringify(send(id, { n: 1, later: text })).replace('"n":1', '"n":1.00'),
  'a kind of later': (id, text) => JSON.stringify({ eventType: 'Later', mail: mail(id), later: { text } }),
  'a record in an envelope': (id, text) =>
    JSON.stringify({
      Type: 'Notification',
      TopicArn: 'arn:aws:sns:eu-west-1:111122223333:t',
      Message: JSON.stringify(send(id, { source: text })),
    }),
  'the Firehose error': (id, text) =>
    JSON.stringify({
      attemptsMade: 1,
      errorMessage: text,
      rawData: Buffer.from(JSON.stringify(send(id))).toString('base64'),
    }),
  'a record cut off': (id, text) => `${JSON.stringify(send(id, { source: text })).slice(0, -12)}`,
  'an invalid record': (id, text) => JSON.stringify({ eventType: 'Open', mail: mail(id, { source: text }) }),
  'another one’s JSON': (id, text) => JSON.stringify({ id, text: [text] }),
};

type Lines = readonly string[];

async function written(before: Lines): Promise<ArchiveFolder> {
  const folder = new ArchiveFolder();
  // An object without an event is read when it is named explicitly.
  await folder.ingest({ source: folder.write('a.json', before.join('\n')) });
  return folder;
}

/** All rows of an archive, with the rebuilt records. */
async function contents(folder: ArchiveFolder) {
  const events = await folder.rows(
    'SELECT * EXCLUDE (event_id, raw), raw::VARCHAR AS raw FROM events ORDER BY message_id',
  );
  return {
    records: (await folder.events()).map(({ record }) => record),
    events: events.map((row) => ({ ...row, extra: JSON.parse(String(row.extra ?? null)) })),
    errors: await folder.rows(
      'SELECT DISTINCT firehose_error FROM occurrences WHERE firehose_error IS NOT NULL ORDER BY ALL',
    ),
    rejects: await folder.rows(
      'SELECT reason, firehose_error, message, issues, raw::VARCHAR AS raw FROM rejects ORDER BY byte_offset',
    ),
  };
}

describe('every spelling of the person, and nothing else, is erased from', () => {
  it.each(Object.keys(places))('%s', async (place) => {
    const line = places[place] ?? String;
    const texts = spellings('PERSON@forgotten.invalid').map(([text]) => text);
    const folder = await written(texts.map((text, index) => line(`m${10 + index}`, text)));
    const [row] = await folder.rows<{ salt: string }>('SELECT salt FROM archive');
    const pseudonym = pseudonymOf(addressHash(row?.salt ?? '', 'ana@example.com'));
    const left = spellings(pseudonym).map(([, text]) => text);
    const expected = await contents(await written(left.map((text, index) => line(`m${10 + index}`, text))));

    const report = await forget('ana@example.com', { archive: folder.archive, wait: 0 });
    const changes = report.eventsChanged + report.rejectsChanged + report.occurrencesChanged;
    expect([changes, report.eventsRejected]).toEqual([7, 0]);
    const found = await contents(folder);
    expect(found).toEqual(expected);

    const again = await forget('ana@example.com', { archive: folder.archive, wait: 0 });
    expect(again).toMatchObject({ eventsChanged: 0, rejectsChanged: 0, occurrencesChanged: 0, columns: {} });
    expect(await contents(folder)).toEqual(found);
  });
});
