import { duckdb } from '../../../consumer/archive/dialects/duckdb';
import { messageStatuses } from '../../../consumer/archive/views/messages';
import { ask } from '../../../consumer/queries/answers/ask';
import type { ParameterValues } from '../../../consumer/queries/questions/parameters';
import { questionSql, questions } from '../../../consumer/queries/questions/question';
import { ScratchFolder } from '../../cli/scratch-folder';
import { AskedArchive, type Row } from '../asked-archive';

/** A message with its Send event, and other events. */
interface Sent {
  id: string;
  to: readonly string[];
  subject?: string;
  /** Second of the send time. @default - no time */
  second?: number;
  tags?: Readonly<Record<string, readonly string[]>>;
  /** A recipient in the bounce only. */
  bounced?: string;
}

const sent: readonly Sent[] = [
  { id: 'a', second: 1, to: ['Ana <Ana@Example.com>', 'bo@example.net'], subject: '50% off_today' },
  { id: 'b', second: 2, to: ['bo@example.net'], subject: "It's 50\\50", bounced: 'Old.Bo@example.org' },
  { id: 'c', second: 2, to: ['ana@example.com.evil'], subject: 'GRÜSSE und 500 off today' },
  { id: 'd', second: 3, to: ['xana@example.com'], subject: '=?UTF-8?B?R3LDvMOfZQ==?=' },
  { id: 'e', to: [] },
];

function lines({ id, to, subject, second, bounced }: Sent): string[] {
  const mail = {
    messageId: id,
    destination: to,
    timestamp: second === undefined ? 'never' : `2026-03-04T05:00:0${second}.000Z`,
    ...(subject !== undefined && { commonHeaders: { subject } }),
  };
  const bounce = {
    timestamp: '2026-03-04T06:00:00.000Z',
    bounceType: 'Permanent',
    bounceSubType: 'NoEmail',
    bouncedRecipients: [{ emailAddress: bounced }],
    feedbackId: id,
  };
  const events = [
    { eventType: 'Send', mail, send: {} },
    ...(bounced === undefined ? [] : [{ eventType: 'Bounce', mail, bounce }]),
  ];
  return events.map((event) => JSON.stringify(event));
}

const scratch = new ScratchFolder();
const sample = new AskedArchive();
const archive = new AskedArchive(scratch.write('objects/a', sent.flatMap(lines).join('\n')));

async function find(values: ParameterValues, isCounted = false, asked = archive): Promise<Row[]> {
  const question = questions().find(({ name }) => name === 'messages');
  if (question === undefined) throw new Error('there is no question messages');
  return asked.rows(questionSql(question, values, duckdb, { isCounted }));
}

const idsOf = (rows: readonly Row[]) => rows.map(({ message_id }) => message_id).join('');

describe('messages', () => {
  it.each<[values: ParameterValues, ids: string]>([
    [{}, 'dbcae'],
    [{ recipient: 'ana@example.com' }, 'a'],
    [{ recipient: ' ANA@EXAMPLE.COM ' }, 'a'],
    [{ recipient: 'Ana <ana@example.com>' }, 'a'],
    [{ recipient: 'bo@example.net' }, 'ba'],
    [{ recipient: 'old.bo@example.org' }, 'b'],
    [{ recipient: '@example.com' }, 'da'],
    [{ recipient: '@Example.COM' }, 'da'],
    [{ recipient: 'example.com' }, ''],
    [{ recipient: 'ana' }, ''],
    [{ subject: '50%' }, 'a'],
    [{ subject: 'off_' }, 'a'],
    [{ subject: 'OFF' }, 'ca'],
    [{ subject: '50\\5' }, 'b'],
    [{ subject: "it's" }, 'b'],
    [{ subject: 'grüsse' }, 'c'],
    // The words are encoded in the record.
    [{ subject: 'Grüße' }, ''],
    [{ subject: '=?utf-8?b?' }, 'd'],
    [{ status: 'bounced' }, 'b'],
    [{ status: 'sent' }, 'dcae'],
    [{ status: 'clicked' }, ''],
    [{ since: new Date('2026-03-04T05:00:02Z') }, 'dbc'],
    [{ until: new Date('2026-03-04T05:00:02Z') }, 'a'],
    [{ since: new Date('2026-03-04T05:00:02Z'), recipient: 'bo@example.net' }, 'b'],
    [{ subject: 'off', recipient: '@example.com', status: 'sent' }, 'a'],
  ])('%j are found, newest first', async (values, ids) => {
    expect(idsOf(await find(values))).toBe(ids);
  });

  it.each<ParameterValues>([{}, { status: 'sent' }, { recipient: '@example.com' }])(
    'with %j and a limit are the first ones, with the number of all',
    async (values) => {
      const all = await find(values);
      for (let limit = 1; limit <= all.length; limit++) {
        const some = await find({ ...values, limit }, true);
        expect(some).toEqual(all.slice(0, limit).map((row) => ({ ...row, rows_in_all: all.length })));
      }
    },
  );

  it('show the first recipient as in the record, and the number of all', async () => {
    const rows = await find({});
    expect(rows.map(({ first_recipient, recipients }) => [first_recipient, recipients])).toEqual([
      ['xana@example.com', 1],
      ['bo@example.net', 1],
      ['ana@example.com.evil', 1],
      ['Ana <Ana@Example.com>', 2],
      [null, null],
    ]);
  });

  it.each(messageStatuses)('with the status %s are those with it in the sample', async (status) => {
    const all = await find({ limit: 'all' }, false, sample);
    const expected = all.filter((row) => row.status === status);
    // A later event follows each delay in the sample.
    expect(expected.length > 0).toBe(status !== 'delayed');
    expect(await find({ limit: 'all', status }, false, sample)).toEqual(expected);
  });

  it('require a known status', () => {
    // The compiler refuses it.
    const status = 'lost' as 'sent';
    expect(() => ask(archive.path, 'messages', { status })).toThrow(
      'status must be one of complained, bounced, suppressed, ',
    );
  });
});
