import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { openDatabase } from '../../../consumer/archive/file/open';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { Database } from '../../../consumer/archive/store/database';
import { schemaVersion } from '../../../consumer/archive/store/schema';
import { fixture } from '../../fixtures/load';
import { S3Server } from '../../s3-server/s3-server';
import { ArchiveFolder } from '../archive-folder';

const open = JSON.stringify(fixture('open', 'full'));
const laterOpen = open.replace(/("open":\{[^}]*"timestamp":"[^"]*)\.\d{3}Z/, '$1.999Z');
const bounce = JSON.stringify(fixture('bounce', 'permanent-no-email'));
const broken = '{"eventType":"Send","mail":{}}';
const lines = (...records: string[]) => `${records.join('\n')}\n`;

const count = async (folder: ArchiveFolder, table: string) =>
  Number((await folder.rows(`SELECT count(*) AS count FROM ${table}`))[0]?.count);

describe('ingest', () => {
  it('stores each event once, however often and wherever it was delivered', async () => {
    const folder = new ArchiveFolder();
    folder.write('a.json', lines(open, bounce, open));
    folder.write('b.json', lines(` ${bounce} `));
    const first = await folder.ingest();
    expect(first).toMatchObject({ newEvents: 2, duplicates: 2, read: { events: 4, objects: 2 } });
    folder.write('c.json', lines(open));
    expect(await folder.ingest()).toMatchObject({ newEvents: 0, duplicates: 1, unchangedObjects: 2 });
    expect(await count(folder, 'events')).toBe(2);
    expect(await count(folder, 'occurrences')).toBe(5);
    const duplicates = await folder.rows<{ object: string; byte_offset: bigint }>(
      'SELECT object, byte_offset FROM duplicates ORDER BY ALL',
    );
    expect(
      duplicates.map(({ object, byte_offset }) => [relative(folder.objects, object), Number(byte_offset)]),
    ).toEqual([
      ['a.json', lines(open, bounce).length],
      ['b.json', 1],
      ['c.json', 0],
    ]);
  });

  it('keeps repeated opens, which are not duplicates', async () => {
    const folder = new ArchiveFolder();
    expect(laterOpen).not.toBe(open);
    folder.write('a.json', lines(open, laterOpen));
    expect(await folder.ingest()).toMatchObject({ newEvents: 2, duplicates: 0 });
  });

  it('keeps the legacy twin of a bounce, and links it to the published event', async () => {
    const folder = new ArchiveFolder();
    const { eventType: _, ...rest } = fixture('bounce', 'permanent-no-email');
    const twin = JSON.stringify({ notificationType: 'Bounce', ...rest });
    const other = JSON.stringify(fixture('legacy-complaint', 'not-spam'));
    folder.write('a.json', lines(bounce, twin, other));
    expect(await folder.ingest()).toMatchObject({ newEvents: 3, duplicates: 0 });
    const twins = await folder.rows(`
      SELECT legacy.origin, published.origin AS twin_origin, legacy.event_type
      FROM feedback_twins JOIN events legacy USING (event_id) JOIN events published ON published.event_id = twin_of`);
    expect(twins).toEqual([
      { origin: 'legacy-notification', twin_origin: 'event-publishing', event_type: 'Bounce' },
    ]);
  });

  it('decodes records that Firehose could not deliver, and keeps the Firehose error', async () => {
    const folder = new ArchiveFolder();
    folder.write('events/a.json', lines(bounce));
    const error = { attemptsMade: 4, errorCode: 'Lambda.FunctionError', errorMessage: 'it failed' };
    const record = JSON.stringify({ ...error, rawData: Buffer.from(bounce).toString('base64') });
    folder.write('errors/b.json', lines(record));
    expect(await folder.ingest()).toMatchObject({ newEvents: 1, duplicates: 1 });
    const rows = await folder.rows<{ envelopes: string[] | null; firehose_error: string | null }>(
      'SELECT envelopes, firehose_error FROM event_occurrences ORDER BY object DESC',
    );
    expect(rows[0]).toEqual({ envelopes: null, firehose_error: null });
    expect(rows[1]?.envelopes).toEqual(['firehose-error']);
    expect(JSON.parse(rows[1]?.firehose_error ?? '')).toEqual(error);
  });

  it('keeps rejects with their place, reason and bytes', async () => {
    const folder = new ArchiveFolder();
    const object = folder.write('a.json', lines(bounce, broken, 'no JSON'));
    expect(await folder.ingest()).toMatchObject({ newEvents: 1, read: { rejects: 2 } });
    const rows = await folder.rows<{ raw: Uint8Array; issues: string | null }>(
      'SELECT object, byte_offset, byte_length, reason, issues, raw FROM rejects JOIN objects USING (object_number) ORDER BY byte_offset',
    );
    const offset = BigInt(bounce.length + 1);
    expect(rows).toMatchObject([
      { object, byte_offset: offset, byte_length: BigInt(broken.length), reason: 'invalid-event' },
      { object, reason: 'not-json', issues: null },
    ]);
    expect(rows.map(({ raw }) => Buffer.from(raw).toString())).toEqual([broken, 'no JSON']);
    expect(JSON.parse(rows[0]?.issues ?? '')[0]).toMatchObject({ path: ['mail', 'timestamp'] });
  });

  it('replaces a changed object, and keeps an event that another object contains', async () => {
    const folder = new ArchiveFolder();
    folder.write('a.json', lines(open, bounce, broken));
    folder.write('b.json', lines(bounce));
    await folder.ingest();
    folder.write('a.json', lines(laterOpen));
    expect(await folder.ingest()).toMatchObject({
      newEvents: 1,
      removedEvents: 1,
      replacedObjects: 1,
      unchangedObjects: 1,
    });
    const records = (await folder.events()).map(({ record }) => JSON.parse(record));
    expect(records).toEqual([JSON.parse(laterOpen), JSON.parse(bounce)]);
    expect(await count(folder, 'rejects')).toBe(0);
    expect(await count(folder, 'objects')).toBe(2);
  });

  it('recognizes a touched file by its content, and does not stage its events again', async () => {
    const folder = new ArchiveFolder();
    const path = folder.write('a.json', lines(open));
    await folder.ingest();
    utimesSync(path, 1, 1);
    expect(await folder.ingest()).toMatchObject({ unchangedObjects: 1, read: { objects: 0 } });
    const [row] = await folder.rows<{ fingerprint: string }>('SELECT fingerprint FROM objects');
    expect(row?.fingerprint).toContain(':1000000000:');
  });

  it('identifies a file by its full path, regardless of how it is named', async () => {
    const folder = new ArchiveFolder();
    const path = folder.write('a.json', lines(open));
    await folder.ingest({ source: relative('.', path) });
    expect(await folder.ingest()).toMatchObject({ unchangedObjects: 1, read: { objects: 0 } });
    expect(await folder.rows('SELECT object FROM objects')).toEqual([{ object: path }]);
  });

  it('reads each object of overlapping sources once', async () => {
    const folder = new ArchiveFolder();
    folder.write('x/a.json', lines(open));

    const sources = [folder.objects, join(folder.objects, 'x')];
    const counts = await ingest(sources, { archive: folder.archive, workers: 0 });
    expect(counts).toMatchObject({ newEvents: 1, duplicates: 0, read: { objects: 1 } });
  });

  it('counts every object as read, skipped or unchanged', async () => {
    const folder = new ArchiveFolder();
    folder.write('a.json', lines(open));
    folder.write('empty.json', '');
    folder.write('.hidden', lines(bounce));
    expect(await folder.ingest()).toMatchObject({ read: { objects: 2 }, skippedObjects: { foreign: 1 } });
    expect(await folder.ingest()).toMatchObject({ read: { objects: 0 }, unchangedObjects: 2 });
  });

  it('reads no file of another archive, regardless of its folder', async () => {
    const folder = new ArchiveFolder('*[a]/archive.duckdb');
    mkdirSync(dirname(folder.archive));
    const other = join(folder.path, 'ana', 'archive.duckdb.staging');
    mkdirSync(other, { recursive: true });
    for (const name of ['batch-1.events', 'batch-1.occurrences'])
      writeFileSync(join(other, name), 'foreign\n');
    folder.write('a.json', lines(open, bounce));
    expect(await folder.ingest()).toMatchObject({ newEvents: 2, duplicates: 0 });
  });

  it('rejects a question mark in the name of an archive', async () => {
    const folder = new ArchiveFolder('what?.duckdb');
    await expect(folder.ingest()).rejects.toThrow(
      /DuckDB does not support \? in a file name; choose another name/,
    );
  });

  it('creates no archive for a missing source', async () => {
    const folder = new ArchiveFolder();
    await expect(folder.ingest({ source: join(folder.path, 'none') })).rejects.toThrow(/no such file/);
    expect(readdirSync(folder.path)).toEqual(['objects']);
  });

  it('reports staged rows that do not fit without quoting them', async () => {
    const folder = new ArchiveFolder();
    await folder.ingest();
    const database = await openDatabase(folder.archive);
    const file = folder.write('staged', 'ana@example.com\n');
    const read = database.run(`SELECT * FROM read_csv('${file}', header = false, columns = {'x': 'BIGINT'})`);
    const error: Error = await read.then(
      () => new Error('it was read'),
      (thrown) => thrown,
    );
    database.close();
    expect(error.message).toMatch(/^staged rows do not fit the columns of the archive .* \(\w+ Error\)/);
    expect(String(error.stack) + JSON.stringify(error)).not.toContain('ana@');
  });

  it('leaves no temporary files', async () => {
    const folder = new ArchiveFolder();
    folder.write('a.json', lines(open));
    await folder.ingest();
    expect(readdirSync(folder.path).sort()).toEqual(['archive.duckdb', 'objects']);
  });

  it('produces the same rows in worker threads', async () => {
    const one = new ArchiveFolder();
    const other = new ArchiveFolder('other.duckdb');
    const source = join(__dirname, '..', '..', '..', 'examples', 'sample-archive');
    await one.ingest({ source });
    await other.ingest({ source, workers: 2 });
    const rows = 'SELECT * FROM events ORDER BY event_id';
    expect(await other.rows(rows)).toEqual(await one.rows(rows));
  });
});

describe('ingest from S3', () => {
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
  let server: S3Server;
  beforeAll(async () => {
    server = await S3Server.start();
  });
  afterAll(() => server.close());
  const gets = () =>
    server.requests.filter(({ operation }) => operation === 'GetObject').map(({ key }) => key);

  it('fetches only objects that are new or have another ETag', async () => {
    const folder = new ArchiveFolder();
    const ingest = () => folder.ingest({ source: 's3://archive/events/', s3: { endpoint: server.endpoint } });
    server.put('archive', 'events/a', Buffer.from(lines(open)));
    server.put('archive', 'events/b', Buffer.from(lines(bounce)));
    await ingest();
    expect(gets()).toEqual(['events/a', 'events/b']);
    server.put('archive', 'events/b', Buffer.from(lines(laterOpen)));
    server.put('archive', 'events/c', Buffer.from(lines(bounce)));
    expect(await ingest()).toMatchObject({
      unchangedObjects: 1,
      replacedObjects: 1,
      newEvents: 1,
      duplicates: 1,
    });
    expect(gets().slice(2)).toEqual(['events/b', 'events/c']);
    expect(await ingest()).toMatchObject({ unchangedObjects: 3 });
    expect(gets()).toHaveLength(4);
    expect(await count(folder, 'events')).toBe(3);
  });
});

describe('an object that is replaced after it was listed', () => {
  it('is not stored under its old ETag, and the next run reads it', async () => {
    const server = await S3Server.start();
    const folder = new ArchiveFolder();
    const ingest = () => folder.ingest({ source: 's3://archive/events/', s3: { endpoint: server.endpoint } });
    const replaced = Buffer.from(lines(laterOpen));
    const change = () => server.put('archive', 'events/a', replaced);
    server.put('archive', 'events/a', Buffer.from(lines(open)));
    server.put('archive', 'events/b', Buffer.from(lines(bounce)));
    server.fail({ kind: 'change', operation: 'ListObjectsV2', change });
    const { failed, newEvents } = await ingest();
    expect(failed).toEqual([
      {
        object: 's3://archive/events/a',
        message: expect.stringMatching(
          /^PreconditionFailed: it was replaced after it was listed .*: try again$/,
        ),
      },
    ]);
    expect(newEvents).toBe(1);
    expect(await folder.rows('SELECT object FROM objects')).toEqual([{ object: 's3://archive/events/b' }]);
    expect(await ingest()).toMatchObject({ failed: [], newEvents: 1, unchangedObjects: 1 });
    const etag = createHash('md5').update(replaced).digest('hex');
    expect(await folder.rows("SELECT etag FROM objects WHERE object LIKE '%/a'")).toEqual([{ etag }]);
    expect(await ingest()).toMatchObject({ unchangedObjects: 2 });
    await server.close();
  });
});

describe('an archive', () => {
  const version = async (folder: ArchiveFolder, value: number) => {
    await folder.run(`UPDATE archive SET schema_version = ${value}`);
  };

  it.each([
    ['a newer', 99, /schema version 99.*install a newer version/],
    ['an older', 0, /schema version 0.*ses-events ingest SOURCE --archive/],
  ])('of %s version is rejected with advice', async (_, value, message) => {
    const folder = new ArchiveFolder();
    await folder.ingest();
    await version(folder, value);
    await expect(folder.ingest()).rejects.toThrow(message);
    await expect(folder.rows('SELECT 1')).rejects.toThrow(message);
  });

  it('of the first version can be read unchanged, and is upgraded by the first write', async () => {
    const folder = new ArchiveFolder();
    folder.write('a.json', lines(bounce));
    await folder.ingest();
    await folder.run('ALTER TABLE objects DROP COLUMN pruned_before');
    await version(folder, 1);
    const [first] = await folder.rows('SELECT schema_version FROM archive');
    expect(first).toEqual({ schema_version: 1 });
    expect(await folder.events()).toHaveLength(1);
    folder.write('a.json', lines(bounce, bounce));
    expect(await folder.ingest()).toMatchObject({ replacedObjects: 1, duplicates: 2 });
    const [after] = await folder.rows('SELECT schema_version, pruned_before FROM archive, objects');
    expect(after).toEqual({ schema_version: schemaVersion, pruned_before: null });
    expect((await folder.ingest()).unchangedObjects).toBe(1);
  });

  it('with another format is rejected and unchanged', async () => {
    const folder = new ArchiveFolder();
    writeFileSync(folder.archive, 'no database'.repeat(2_000));
    await expect(folder.ingest()).rejects.toThrow(/not a DuckDB file; choose another one/);
    const other = new ArchiveFolder();
    const database = await Database.create({});
    await database.run(`ATTACH '${other.archive}' AS other; CREATE TABLE other.mine (x INTEGER)`);
    database.close();
    copyFileSync(other.archive, `${other.archive}.copy`);
    await expect(other.ingest()).rejects.toThrow(/not a ses-events archive/);
    await expect(folder.rows('SELECT 1')).rejects.toThrow(/not a DuckDB file/);
  });

  it('is not created in a missing folder', async () => {
    const folder = new ArchiveFolder('missing/folder/archive.duckdb');
    await expect(folder.ingest()).rejects.toThrow(
      /the folder .*missing.folder does not exist; create it, or choose another/,
    );
    expect(readdirSync(folder.path)).toEqual(['objects']);
  });

  it('is not created by a reader', async () => {
    const folder = new ArchiveFolder();
    await expect(folder.rows('SELECT 1')).rejects.toThrow(/there is no archive .*ses-events ingest SOURCE/);
    expect(readdirSync(folder.path)).toEqual(['objects']);
  });
});
