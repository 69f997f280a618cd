import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { replayRejects } from '../../../consumer/archive/rejects/replay';
import { run } from '../../cli/run-command';
import { fixtures } from '../../fixtures/load';
import { ArchiveFolder } from '../archive-folder';
import { tableDump, wrongCounts } from '../table-dump';

/** The value in every query and fragment below. */
const secret = 'c0ffee5ec2e7';
const page = 'https://shop.example/reset';
const link = `${page}?token=${secret}#${secret}`;

const mail = { timestamp: '2026-03-04T05:06:07.890Z', messageId: 'm-1', destination: ['ana@example.com'] };
const click = { ipAddress: '192.0.2.1', timestamp: '2026-03-04T09:00:05.000Z', userAgent: 'Mozilla/5.0' };
const clickOf = (id: string, more: object = {}) =>
  JSON.stringify({
    eventType: 'Click',
    mail: { ...mail, messageId: id },
    click: { ...click, link, ...more },
  });
/** It has no message id. */
const invalidClick = clickOf('invalid').replace('"messageId"', '"id"');
const pinpointClick = (attributes: object, clicked: object) =>
  JSON.stringify({
    event_type: '_email.click',
    event_timestamp: 1_577_836_800_000,
    arrival_timestamp: 1_577_840_400_000,
    attributes,
    facets: {
      email_channel: {
        mail_event: {
          mail: { message_id: 'p-1', message_send_timestamp: 1_577_836_800_000 },
          click: clicked,
        },
      },
    },
  });

/** Objects with a clicked link in every place in which an archive can store one, by name. */
const objects: Readonly<Record<string, string | Buffer>> = {
  'line.json': `${clickOf('line')}\n`,
  'link-with-an-escape.json': `${clickOf('escape').replace('reset?', 'reset\\u003f')}\n`,
  'compressed.gz': gzipSync(`${clickOf('gzip')}\n`),
  'unknown-field.json': clickOf('field', { device: { link } }),
  'kept-bytes.json': clickOf('kept').replace('"click":', '"size":1e400,"size":2,"click":'),
  'two-links.json': clickOf('two').replace('"link":', `"link":"${link}","link":`),
  'sns.json': JSON.stringify({
    Type: 'Notification',
    TopicArn: 'arn:aws:sns:eu-west-1:111122223333:t',
    Message: clickOf('sns'),
  }),
  'firehose-error.json': JSON.stringify({
    attemptsMade: 1,
    errorCode: 'x',
    errorMessage: 'refused',
    rawData: Buffer.from(clickOf('firehose')).toString('base64'),
  }),
  'unknown-kind.json': JSON.stringify({ eventType: 'Tap', mail, tap: { link } }),
  'pinpoint-link.json': pinpointClick({}, { link }),
  'pinpoint-feedback.json': pinpointClick({ feedback: link }, {}),
  'truncated.json': clickOf('truncated').slice(0, -60),
  'start-is-missing.json': `${clickOf('start').slice(clickOf('start').indexOf('token='))}\n${clickOf('next')}\n`,
  'invalid.json': invalidClick,
  'invalid-in-sns.json': JSON.stringify({
    Type: 'Notification',
    TopicArn: 'arn:aws:sns:eu-west-1:111122223333:t',
    Message: invalidClick,
  }),
  'truncated.gz': gzipSync(Buffer.from(`${clickOf('cut')}\n`.repeat(30))).subarray(0, -12),
};

const spelledSecrets = [0, 1, 2].map((shift) =>
  Buffer.from(`${'x'.repeat(shift)}${secret}`)
    .toString('base64')
    .slice(shift === 0 ? 0 : 4, -4),
);

function folderOf(contents: Readonly<Record<string, string | Buffer>> = objects): ArchiveFolder {
  const folder = new ArchiveFolder();
  for (const [name, content] of Object.entries(contents)) folder.write(name, content);
  return folder;
}

const ingested = async (folder: ArchiveFolder, maskLinks: boolean) =>
  folder.ingest({ source: folder.written, maskLinks });

/** A Buffer, as JSON.stringify passes it to a replacer. */
const isBuffer = (value: unknown): value is { type: 'Buffer'; data: number[] } =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer';

/** All values of the archive's tables in one text, with bytes in latin1. */
async function everything(folder: ArchiveFolder): Promise<string> {
  return JSON.stringify(await tableDump(folder), (_, value: unknown) => {
    if (typeof value === 'bigint') return String(value);
    return isBuffer(value) ? Buffer.from(value.data).toString('latin1') : value;
  });
}

describe('an archive with masked links', () => {
  it('contains no byte of a query or fragment, in no place and no encoding', async () => {
    const folder = folderOf();
    const counts = await ingested(folder, true);
    expect(counts).toMatchObject({ failed: [], newEvents: 13 });
    const values = await everything(folder);
    const bytes = readdirSync(folder.path)
      .filter((name) => name.startsWith('archive.duckdb'))
      .map((name) => readFileSync(join(folder.path, name), 'latin1'));
    for (const text of [values, ...bytes]) {
      for (const spelling of [secret, 'token', ...spelledSecrets]) expect(text).not.toContain(spelling);
    }
    expect(await folder.rows('SELECT DISTINCT link FROM events')).toEqual(
      expect.arrayContaining([{ link: page }, { link: null }]),
    );
    expect(await wrongCounts(folder)).toEqual([]);
  });

  it('has what the test looks for, without the option', async () => {
    const folder = folderOf();
    await ingested(folder, false);
    const values = await everything(folder);
    for (const spelling of [secret, 'token']) expect(values).toContain(spelling);
  });

  it('differs from one without masking only by the links, and by the bytes of rejects', async () => {
    const [plain, masked] = [folderOf(), folderOf()];
    await ingested(plain, false);
    await ingested(masked, true);
    const text = async (folder: ArchiveFolder) =>
      JSON.parse((await everything(folder)).replaceAll(folder.path, ''));
    const cut = (value: unknown): unknown =>
      typeof value === 'string' ? value.replaceAll(/(reset)(?:\?|\\\\u003f)token=[^"\\]*/g, '$1') : value;
    const [expected, found] = [await text(plain), await text(masked)];
    const rows = (list: Record<string, unknown>[]) =>
      list.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cut(value)])));
    const times = ({ etag: _, fingerprint: __, ...object }: Record<string, unknown>) => object;
    expect(found.objects.map(times)).toEqual(expected.objects.map(times));
    expect(found.occurrences).toEqual(expected.occurrences);
    expect(found.events).toEqual(rows(expected.events));
    expect(found.rejects).toEqual(
      expected.rejects.map((reject: Record<string, unknown>) => ({ ...reject, raw: '' })),
    );
    expect(found.rejects.map(({ reason }: { reason: string }) => reason).sort()).toEqual([
      'damaged-compression',
      'damaged-json',
      'invalid-event',
      'invalid-event',
      'not-json',
    ]);
  });

  it.each([
    [false, true, `${link}`],
    [true, false, page],
  ])(
    'has one event for a record that is ingested with and without: %s, then %s',
    async (first, then, kept) => {
      const folder = new ArchiveFolder();
      const [one, other] = [
        folder.write('a.json', clickOf('a')),
        folder.write('b.json', ` ${clickOf('a')}\n`),
      ];
      expect(await folder.ingest({ source: [one], maskLinks: first })).toMatchObject({ newEvents: 1 });
      expect(await folder.ingest({ source: [other], maskLinks: then })).toMatchObject({
        newEvents: 0,
        duplicates: 1,
      });
      expect(await folder.rows('SELECT link FROM events')).toEqual([{ link: kept }]);
    },
  );

  it('also masks records in which a person is erased', async () => {
    const folder = folderOf({ 'a.json': clickOf('a') });
    await ingested(folder, true);
    await run(['forget', 'ana@example.com', '--archive', folder.archive, '--wait', '0']);
    const [{ event_id: before } = {}] = await folder.rows('SELECT event_id FROM events');
    await folder.run('DELETE FROM event_rows; DELETE FROM occurrences; DELETE FROM objects');
    await ingested(folder, true);
    expect(await folder.rows('SELECT event_id, link FROM events')).toEqual([
      { event_id: before, link: page },
    ]);
    expect(await everything(folder)).not.toContain('ana@');
  });

  it('leaves events of every other kind unchanged', async () => {
    const others = (['send', 'open', 'bounce', 'complaint'] as const).flatMap((kind) =>
      fixtures(kind).map(([, , text]) => text),
    );
    const [plain, masked] = [
      folderOf({ 'a.json': others.join('\n') }),
      folderOf({ 'a.json': others.join('\n') }),
    ];
    await ingested(plain, false);
    await ingested(masked, true);
    expect((await tableDump(masked)).events).toEqual((await tableDump(plain)).events);
  });
});

describe('rejects with masked links', () => {
  it('are stored in part: a replay requests their objects, and the next ingest reads them again', async () => {
    const folder = folderOf({ 'a.json': objects['invalid-in-sns.json'] ?? '' });
    await ingested(folder, true);
    const replay = (maskLinks: boolean) => replayRejects({ archive: folder.archive, wait: 0, maskLinks });
    expect(await replay(true)).toMatchObject({ rejects: 1, recovered: 0, partial: 1 });
    expect(await ingested(folder, true)).toMatchObject({ read: { objects: 1, rejects: 1 } });
    expect(await everything(folder)).not.toContain(secret);
  });

  it.each([true, false])('recover events with or without their links: %s', async (maskLinks) => {
    const nested = clickOf('nested', { linkTags: { a: ['b'] } });
    const folder = folderOf({ 'a.json': nested });
    expect(await folder.ingest({ source: folder.written, limits: { maxDepth: 3 } })).toMatchObject({
      newEvents: 0,
    });
    expect(await replayRejects({ archive: folder.archive, wait: 0, maskLinks })).toMatchObject({
      recovered: 1,
    });
    expect(await folder.rows('SELECT link FROM events')).toEqual([{ link: maskLinks ? page : link }]);
    expect((await everything(folder)).includes(secret)).toBe(!maskLinks);
  });
});
