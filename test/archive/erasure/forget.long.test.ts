import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openDatabase } from '../../../consumer/archive/file/open';
import { run } from '../../cli/run-command';
import { ArchiveFolder } from '../archive-folder';

const message = {
  timestamp: '2026-03-04T05:06:07.890Z',
  messageId: 'm-1',
  source: 'Shop <bounces+9-ana=example.com@shop.example>',
  destination: ['Ana@Example.com'],
  headers: [
    { name: 'To', value: '"Ana Berg" <ana@example.com>' },
    { name: 'Subject', value: 'Your order, Ana' },
    { name: 'List-Unsubscribe', value: '<https://shop.example/u?e=ana%40example.com>' },
  ],
  commonHeaders: {
    from: ['Shop <news@shop.example>'],
    to: ['Ana Berg <ana@example.com>'],
    subject: 'Your order, Ana',
  },
  tags: { user: ['ana@example.com'], campaign: ['spring'] },
};
const time = '2026-03-05T05:06:07.890Z';
const reader = { timestamp: time, ipAddress: '203.0.113.77', userAgent: 'AnaBrowser/7' };
const shared = { ...message, messageId: 'm-2', destination: ['jo@example.com', 'ana@example.com'] };

const records = {
  send: { eventType: 'Send', mail: message, send: {} },
  open: { eventType: 'Open', mail: message, open: reader },
  click: {
    eventType: 'Click',
    mail: message,
    click: {
      ...reader,
      link: `https://shop.example/a?u=${Buffer.from('ana@example.com').toString('base64url')}`,
      linkTags: null,
    },
  },
  bounce: {
    eventType: 'Bounce',
    mail: shared,
    bounce: {
      bounceType: 'Permanent',
      bounceSubType: 'General',
      timestamp: time,
      feedbackId: 'f',
      bouncedRecipients: [
        {
          emailAddress: 'ana@example.com',
          diagnosticCode: 'smtp; 550 5.1.1 unknown <ana@example.com>',
          note: 'ana@example.com',
        },
      ],
    },
  },
  sharedOpen: { eventType: 'Open', mail: shared, open: { ...reader, ipAddress: '198.51.100.9' } },
  other: {
    eventType: 'Send',
    mail: {
      ...message,
      messageId: 'm-3',
      source: 'news@shop.example',
      destination: ['joana@example.com'],
      headers: [],
      commonHeaders: {},
      tags: {},
    },
    send: {},
  },
};
/** Numbers that JSON.parse rounds, so the archive keeps the bytes. */
const kept = JSON.stringify({ ...records.send, mail: { ...message, messageId: 'm-4' } })
  .replace('"send":{}', '"send":{"n":1.00}')
  .replace('ana@example.com', 'an\\u0061\\u0040example.com');
const firehoseError = {
  attemptsMade: 1,
  errorCode: 'x',
  errorMessage: 'refused ana@example.com',
  rawData: Buffer.from(JSON.stringify({ ...records.send, mail: { ...message, messageId: 'm-5' } })).toString(
    'base64',
  ),
};
const brokenEnvelope = {
  attemptsMade: 1,
  errorCode: 'x',
  rawData: Buffer.from(`{"eventType":"Send","mail":{"to":"ana@example.com"}`).toString('base64'),
};

/** An archive with the person in every place and spelling. */
function filled(): ArchiveFolder {
  const folder = new ArchiveFolder();
  const { other, ...about } = records;
  folder.write(
    '2026/a.json',
    Object.values(about)
      .map((record) => `${JSON.stringify(record)}\n`)
      .join(''),
  );
  folder.write(
    '2026/b.gz',
    gzipSync(
      [
        kept,
        JSON.stringify(firehoseError),
        JSON.stringify(brokenEnvelope),
        '{"eventType":"Send","to":["Ana Berg <ana@example.com>"',
        '',
      ].join('\n'),
    ),
  );
  folder.write('2026/c.json', `${JSON.stringify(other)}\n`);
  return folder;
}

/** Texts that identify the person, in any letter case. */
const traces = [
  /\bana(@|%40|%2540|=|\\u0040|\\x40)example\.com(?!\.)/i,
  /an\\u0061/,
  /Ana Berg/,
  new RegExp(Buffer.from('ana@example.com').toString('base64url')),
  /YW5hQGV4YW1wbGUuY29t|FuYUBleGFtcGxlLmNvb|hbmFAZXhhbXBsZS5jb2/,
];
const found = (text: string) => traces.filter((trace) => trace.test(text));

/** Every table of an archive as text. */
async function dump(archive: string): Promise<string> {
  const database = await openDatabase(archive, { readOnly: true, wait: 0 });
  try {
    let text = '';
    for (const table of ['archive', 'objects', 'event_rows', 'occurrences', 'rejects', 'tombstones']) {
      const rows = await database.rows(`SELECT * FROM ${table}`);
      text += JSON.stringify(rows, (_, value) =>
        typeof value === 'bigint'
          ? String(value)
          : value instanceof Uint8Array
            ? Buffer.from(value).toString('latin1')
            : value,
      );
    }
    return text;
  } finally {
    database.close();
  }
}

/** The bytes of every file beside an archive, except the delivered objects. */
function bytesBeside({ path, objects }: ArchiveFolder): string {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(objects))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

const forget = (folder: ArchiveFolder, ...more: string[]) =>
  run(['forget', ...more, '--archive', folder.archive, '--wait', '0']);
const ingest = (folder: ArchiveFolder) =>
  run(['ingest', folder.objects, '--archive', folder.archive, '--allow-rejects']);

async function expectNoTrace(folder: ArchiveFolder): Promise<void> {
  expect(found(await dump(folder.archive))).toEqual([]);
  expect(found(bytesBeside(folder))).toEqual([]);
  expect(readdirSync(folder.path).sort()).toEqual(['archive.duckdb', 'objects']);
}

describe('ses-events forget ADDRESS', () => {
  it('removes every trace from tables and files, and no later ingest adds one', async () => {
    const folder = filled();
    expect(await ingest(folder)).toMatchObject({ code: 0 });
    expect(found(await dump(folder.archive)).length).toBeGreaterThan(2);

    const dry = await forget(folder, 'ANA@example.com', '--dry-run');
    expect(dry).toMatchObject({ code: 0, stderr: expect.stringContaining('dry run: would change') });
    expect(found(await dump(folder.archive)).length).toBeGreaterThan(2);

    const { code, stdout } = await forget(folder, 'ANA@example.com');
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toEqual({ ...JSON.parse(dry.stdout), isDryRun: false });
    expect(report).toMatchObject({
      pseudonym: expect.stringMatching(/^forgotten-[0-9a-f]{12}@forgotten\.invalid$/),
      eventsChanged: 7,
      eventsRemoved: 0,
      rejectsChanged: 2,
      occurrencesChanged: 1,
      objects: [join(folder.objects, '2026/a.json'), join(folder.objects, '2026/b.gz')],
    });
    expect(report.columns).toMatchObject({
      'event_rows.destination': 7,
      'event_rows.ip_address': 2,
      'event_rows.user_agent': 2,
      'event_rows.subject': 5,
      'event_rows.raw': 1,
      'event_rows.bounced_recipients': 1,
      'occurrences.firehose_error': 1,
      'rejects.raw': 2,
    });
    await expectNoTrace(folder);

    // The same objects again: unchanged, changed, and without the ledger.
    expect((await ingest(folder)).stderr).toContain('3 unchanged');
    folder.write('2026/a.json', `\n${readFileSync(join(folder.objects, '2026/a.json'), 'utf8')}`);
    expect(await ingest(folder)).toMatchObject({ code: 0 });
    await expectNoTrace(folder);
    await folder.run('DELETE FROM objects');
    folder.write('2026/d.json', JSON.stringify({ ...records.send, mail: { ...message, messageId: 'm-6' } }));
    expect((await ingest(folder)).stderr).toContain('1 new event, 8 duplicates');
    await expectNoTrace(folder);
    const ids = await folder.rows('SELECT count(*) AS events, count(DISTINCT event_id) AS ids FROM events');
    expect(ids).toEqual([{ events: 9n, ids: 9n }]);
  });

  it('erases values of the recipient only, and keeps those of other people', async () => {
    const folder = filled();
    await ingest(folder);
    const { pseudonym } = JSON.parse((await forget(folder, 'ana@example.com')).stdout);
    const rows = await folder.rows(
      "SELECT event_type, message_id, destination, source, header_to, subject, ip_address, user_agent, link FROM events WHERE message_id <> 'm-4' AND message_id <> 'm-5' ORDER BY message_id, event_type",
    );
    const own = {
      message_id: 'm-1',
      destination: [pseudonym],
      source: `Shop <bounces+9-${pseudonym.replace('@', '=')}@shop.example>`,
      header_to: [pseudonym],
      subject: null,
      ip_address: null,
      user_agent: null,
      link: null,
    };
    const both = {
      ...own,
      message_id: 'm-2',
      destination: ['jo@example.com', pseudonym],
      subject: 'Your order, Ana',
    };
    expect(rows).toEqual([
      { ...own, event_type: 'Click', link: 'https://shop.example/a' },
      { ...own, event_type: 'Open' },
      { ...own, event_type: 'Send' },
      { ...both, event_type: 'Bounce' },
      { ...both, event_type: 'Open', ip_address: '198.51.100.9', user_agent: 'AnaBrowser/7' },
      expect.objectContaining({ message_id: 'm-3', destination: ['joana@example.com'], subject: null }),
    ]);
    const [bounce] = await folder.rows<{ bounced_recipients: string }>(
      "SELECT bounced_recipients FROM events WHERE event_type = 'Bounce'",
    );
    expect(JSON.parse(bounce?.bounced_recipients ?? '')).toEqual([
      { emailAddress: pseudonym, diagnosticCode: `smtp; 550 5.1.1 unknown <${pseudonym}>`, note: pseudonym },
    ]);
    const events = await folder.events();
    expect(events.find(({ event }) => JSON.stringify(event).includes('"m-4"'))?.record).toContain('"n":1.00');
  });

  it('with --remove deletes the events about the person only, and later ingests skip them', async () => {
    const folder = filled();
    await ingest(folder);
    const report = JSON.parse((await forget(folder, 'ana@example.com', '--remove')).stdout);
    expect(report).toMatchObject({ eventsChanged: 2, eventsRemoved: 5, objects: { length: 2 } });
    await expectNoTrace(folder);
    rmSync(join(folder.objects, '2026/c.json'));
    folder.write('2026/a.json', `\n${readFileSync(join(folder.objects, '2026/a.json'), 'utf8')}`);
    expect((await ingest(folder)).stderr).toContain(
      'ingested 5 records: 0 new events, 2 duplicates, 3 already erased',
    );
    await expectNoTrace(folder);
    const left = await folder.rows(
      'SELECT event_type, count(*)::INTEGER AS count FROM events GROUP BY ALL ORDER BY ALL',
    );
    expect(left).toEqual([
      { event_type: 'Bounce', count: 1 },
      { event_type: 'Open', count: 1 },
      { event_type: 'Send', count: 1 },
    ]);
    expect(
      await folder.rows('SELECT * FROM occurrences WHERE event_id NOT IN (SELECT event_id FROM event_rows)'),
    ).toEqual([]);
  });

  it('with --remove after an erasure without it, finds the person by the pseudonym', async () => {
    const folder = filled();
    await ingest(folder);
    await forget(folder, 'ana@example.com');
    const again = JSON.parse((await forget(folder, 'ana@example.com')).stdout);
    expect(again).toMatchObject({
      eventsChanged: 0,
      eventsRemoved: 0,
      rejectsChanged: 0,
      columns: {},
      objects: { length: 2 },
    });
    const removed = JSON.parse((await forget(folder, 'ana@example.com', '--remove')).stdout);
    expect(removed).toMatchObject({ eventsChanged: 0, eventsRemoved: 5 });
  });

  it('counts the same person once, and two people as two', async () => {
    const folder = filled();
    await ingest(folder);
    await forget(folder, 'ana@example.com');
    await forget(folder, 'jo@example.com');
    const people = await folder.rows(
      'SELECT DISTINCT unnest(destination) AS person FROM events ORDER BY person',
    );
    expect(people).toHaveLength(3);
    expect(people.map(({ person }) => String(person).replace(/[0-9a-f]{12}/, '…'))).toEqual([
      'forgotten-…@forgotten.invalid',
      'forgotten-…@forgotten.invalid',
      'joana@example.com',
    ]);
  });

  it('changes nothing for an address that does not occur', async () => {
    const folder = filled();
    await ingest(folder);
    const before = await folder.rows('SELECT * FROM events ORDER BY event_id');
    const { stdout } = await forget(folder, 'nobody@example.com');
    expect(JSON.parse(stdout)).toMatchObject({
      eventsChanged: 0,
      rejectsChanged: 0,
      columns: {},
      objects: [],
    });
    expect(await folder.rows('SELECT * FROM events ORDER BY event_id')).toEqual(before);
  });

  it('shows tables with --format table', async () => {
    const folder = filled();
    await ingest(folder);
    const { stdout, stderr } = await forget(folder, 'ana@example.com', '--format', 'table');
    expect(stdout).toMatch(/events changed\s*│\s*7/);
    expect(stdout).toMatch(/event_rows\.destination\s*│\s*7/);
    expect(stdout).toContain(`contain the person's data:\n${join(folder.objects, '2026/a.json')}\n`);
    expect(stderr).toBe(
      "changed 7 events and 2 rejects, removed 0 events; 2 delivered objects still contain the person's data: rewrite or expire them\n",
    );
  });

  it('reads the address from standard input, so that no process list shows it', async () => {
    const folder = filled();
    await ingest(folder);
    const { code, stdout } = await run(['forget', '-', '--archive', folder.archive], {
      stdin: ' ANA@example.com \r\n',
    });
    expect([code, JSON.parse(stdout).eventsChanged]).toEqual([0, 7]);
    await expectNoTrace(folder);
  });

  it.each([
    ['', 'standard input is empty'],
    [' \n\n', 'standard input is empty'],
    ['bo@example.com\njo@example.com\n', 'standard input has several lines'],
    ['Bo Berg\n', 'standard input is not a valid email address'],
    [`${'bo'.repeat(100_000)}\n`, 'standard input is not a valid email address'],
  ])('rejects %j on standard input without quoting it', async (stdin, message) => {
    const folder = new ArchiveFolder();
    const result = await run(['forget', '-', '--archive', folder.archive], { stdin });
    expect(result).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
    expect(result.stderr).not.toMatch(/jo@|bo@|bo ?b/i);
  });

  it('accepts an address that requires quotes', async () => {
    const folder = new ArchiveFolder();
    const mail = { ...message, destination: ['"ana b"@example.com', 'ana@example.com'] };
    folder.write('a.json', JSON.stringify({ eventType: 'Send', mail, send: {} }));
    await ingest(folder);
    const { code, stdout } = await forget(folder, '"ana b"@example.com');
    const { pseudonym, eventsChanged } = JSON.parse(stdout);
    expect([code, eventsChanged]).toEqual([0, 1]);
    const [row] = await folder.rows('SELECT destination FROM events');
    expect(row).toEqual({ destination: [pseudonym, 'ana@example.com'] });
  });

  it.each([
    [['ana'], 2, '"ana" is not a valid email address'],
    [['Ana <ana@example.com>'], 2, 'is not a valid email address'],
    [[], 2, 'an address or --older-than is required'],
    [['a@b.example', '--older-than', '1d'], 2, 'an address cannot be combined with --older-than'],
    [['--older-than', '1d', '--remove'], 2, '--remove requires an address'],
    [['--older-than', 'soon'], 2, '"soon" is not a valid duration'],
    [['--older-than', '9000000d'], 2, '"9000000d" is too long: the maximum is '],
    [['a@b.example'], 1, 'there is no archive'],
  ])('rejects %j', async (args, code, text) => {
    const folder = new ArchiveFolder();
    const result = await forget(folder, ...args);
    expect(result).toEqual({ code, stdout: '', stderr: expect.stringContaining(text) });
    expect(readdirSync(folder.path)).toEqual(['objects']);
  });
});
