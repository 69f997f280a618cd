import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forget } from '../../../consumer/archive/erasure/forget';
import { openDatabase } from '../../../consumer/archive/file/open';
import type { RejectFilter } from '../../../consumer/archive/rejects/list';
import {
  type ReplayCounts,
  type ReplayOptions,
  replayRejects,
} from '../../../consumer/archive/rejects/replay';
import { eventId } from '../../../consumer/records/event-id';
import { fixtureKinds, fixtures, fixtureText } from '../../fixtures/load';
import { ArchiveFolder } from '../archive-folder';
import { tableDump, wrongCounts } from '../table-dump';

const sample = join(__dirname, '..', '..', '..', 'examples', 'sample-archive');
const framing = join(__dirname, '..', '..', 'fixtures', 'framing');

function replay(folder: ArchiveFolder, options: Partial<ReplayOptions> = {}): Promise<ReplayCounts> {
  return replayRejects({ archive: folder.archive, wait: 0, ...options });
}

/** Changes the archive into a newer or a damaged one. */
async function change(folder: ArchiveFolder, sql: string, parameters: Buffer[] = []): Promise<void> {
  const { blobValue } = await import('@duckdb/node-api');
  const database = await openDatabase(folder.archive, { wait: 0 });
  try {
    await database.run(sql, parameters.map(blobValue));
  } finally {
    database.close();
  }
}

/** A Send event that nests four levels deep. */
const deepSend = (id: string) =>
  `{"eventType":"Send","mail":{"timestamp":"2026-03-04T05:06:07.890Z","messageId":"${id}","tags":{"a":["b"]}},"send":{}}`;
const shallow = { maxDepth: 3 };

function snsMessage(message: unknown): string {
  return JSON.stringify({
    Type: 'Notification',
    TopicArn: 'arn:aws:sns:eu-west-1:111122223333:t',
    Message: message,
  });
}

function writeFixtures(folder: ArchiveFolder): void {
  for (const kind of fixtureKinds) {
    for (const [name, , text] of fixtures(kind)) folder.write(`${kind}-${name}.json`, text);
  }
}

/** The contents that a replay corrects: everything except the reasons of remaining rejects. */
async function contents(folder: ArchiveFolder) {
  const { objects, events, occurrences, rejects } = await tableDump(folder);
  return {
    objects,
    events,
    occurrences,
    rejects: rejects.map(({ reason: _, message: __, issues: ___, ...reject }) => reject),
  };
}

describe('a replay with wider limits', () => {
  it('results in the archive of an ingest with these limits, for the sample', async () => {
    const [folder, expected] = [new ArchiveFolder(), new ArchiveFolder()];
    await folder.ingest({ source: sample, limits: shallow });
    await expected.ingest({ source: sample });
    const counts = await replay(folder);
    expect(counts).toMatchObject({ events: 2_013, newEvents: 2_003, stillRejected: 4, partial: 0 });
    expect(await contents(folder)).toEqual(await contents(expected));
  });

  it('results in the archive of an ingest with these limits, for the fixtures', async () => {
    const [folder, expected] = [new ArchiveFolder(), new ArchiveFolder()];
    writeFixtures(folder);
    await folder.ingest({ limits: shallow });
    await expected.ingest({ source: folder.objects });
    await replay(folder);
    expect(await wrongCounts(folder)).toEqual([]);
    expect(await contents(folder)).toEqual(await contents(expected));
  });

  it('keeps the place of a record in its envelopes, and its Firehose error', async () => {
    const folder = new ArchiveFolder();
    folder.write(
      'error.json',
      JSON.stringify({
        attemptsMade: 4,
        errorCode: 'Lambda.FunctionError',
        rawData: Buffer.from(`${snsMessage(deepSend('a'))}\n${snsMessage(deepSend('b'))}`).toString('base64'),
      }),
    );
    await folder.ingest({ limits: shallow });
    const place = 'object_number, byte_offset, byte_length, record_index, envelopes, firehose_error';
    const before = await folder.rows(`SELECT ${place} FROM rejects ORDER BY record_index`);
    expect(before).toHaveLength(2);
    expect(before[1]).toMatchObject({ record_index: 1n, envelopes: ['firehose-error', 'sns'] });
    expect(before[1]?.firehose_error).toContain('Lambda.FunctionError');
    expect(await replay(folder)).toMatchObject({ recovered: 2, newEvents: 2, stillRejected: 0 });
    expect(await folder.rows(`SELECT ${place} FROM occurrences ORDER BY record_index`)).toEqual(before);
    expect(await folder.rows('SELECT * FROM rejects')).toEqual([]);
  });

  it('adds no second row for an event in the archive', async () => {
    const folder = new ArchiveFolder();
    folder.write('a', deepSend('same'));
    await folder.ingest();
    folder.write('b', `${deepSend('same')}\n${deepSend('other')}\n${deepSend('other')}`);
    await folder.ingest({ limits: shallow });
    expect(await replay(folder)).toMatchObject({ recovered: 3, events: 3, newEvents: 1, stillRejected: 0 });
    expect((await folder.events()).map(({ event }) => event)).toHaveLength(2);
    expect(await folder.rows('FROM occurrences')).toHaveLength(4);
    expect(await wrongCounts(folder)).toEqual([]);
  });

  it('counts records that are not email events in the ledger', async () => {
    const folder = new ArchiveFolder();
    folder.write('sms', `${fixtureText('skipped', 'pinpoint-sms-success')}\n${deepSend('a')}`);
    await folder.ingest({ limits: { maxDepth: 1 } });
    expect(await replay(folder)).toMatchObject({
      rejects: 2,
      recovered: 2,
      newEvents: 1,
      skipped: 1,
      stillRejected: 0,
    });
    const [object] = await folder.rows('SELECT events, rejects, skipped FROM objects');
    expect(object).toEqual({ events: 1n, rejects: 0n, skipped: '{"other-pinpoint-event":1}' });
  });

  it('recovers the valid records of an envelope and keeps the invalid one as a reject', async () => {
    const folder = new ArchiveFolder();
    folder.write('batch', fixtureText('lambda-batch', 'sns-second-of-three-broken'));
    await folder.ingest({ limits: { maxDepth: 2 } });
    expect(await folder.rows('SELECT reason FROM rejects')).toEqual([{ reason: 'record-too-deep' }]);
    expect(await replay(folder)).toMatchObject({ rejects: 1, recovered: 1, events: 2, stillRejected: 1 });
    expect(await folder.rows('SELECT record_index FROM rejects')).toEqual([{ record_index: 1n }]);
    expect(await folder.rows('SELECT record_index FROM occurrences ORDER BY ALL')).toEqual([
      { record_index: 0n },
      { record_index: 2n },
    ]);
    expect(await wrongCounts(folder)).toEqual([]);
  });

  it.each<[string, RejectFilter, number, number]>([
    ['reason', { reason: 'record-too-deep' }, 2, 0],
    ['another reason', { reason: 'not-json' }, 0, 1],
    ['object', { object: 'a' }, 1, 1],
    ['an object that does not exist', { object: 'c' }, 0, 0],
  ])('filters rejects by %s', async (_, filter, recovered, stillRejected) => {
    const folder = new ArchiveFolder();
    folder.write('a', `${deepSend('a')}\nno JSON\n`);
    folder.write('b', deepSend('b'));
    await folder.ingest({ limits: shallow });
    const object = filter.object === undefined ? {} : { object: join(folder.objects, filter.object) };
    expect(await replay(folder, { ...filter, ...object })).toMatchObject({ recovered, stillRejected });
    expect(await folder.rows('FROM event_rows')).toHaveLength(recovered);
  });
});

describe('a replay by the same version', () => {
  it.each([
    ['the sample', () => sample],
    ['unusual framings', () => framing],
  ])('changes nothing in %s', async (_, source) => {
    const folder = new ArchiveFolder();
    await folder.ingest({ source: source() });
    const before = await tableDump(folder);
    const counts = await replay(folder);
    expect(counts).toMatchObject({ recovered: 0, events: 0, stillRejected: before.rejects.length });
    expect(counts.rejects).toBeGreaterThan(3);
    const after = await tableDump(folder);
    // The ledger has no version of a truncated object, so that it is read again.
    expect({ ...after, objects: before.objects }).toEqual(before);
    expect(await wrongCounts(folder)).toEqual([]);
  });

  it('changes nothing in the fixtures', async () => {
    const folder = new ArchiveFolder();
    writeFixtures(folder);
    await folder.ingest();
    const before = await tableDump(folder);
    expect(await replay(folder)).toMatchObject({
      recovered: 0,
      events: 0,
      stillRejected: before.rejects.length,
    });
    expect(before.rejects.length).toBeGreaterThan(20);
    expect(await tableDump(folder)).toEqual(before);
  });

  it('keeps a record in too many envelopes as a reject', async () => {
    const folder = new ArchiveFolder();
    let text = deepSend('a');
    for (let depth = 0; depth < 9; depth++) text = snsMessage(text);
    folder.write('nested', text);
    await folder.ingest();
    expect(await replay(folder)).toMatchObject({ rejects: 1, recovered: 0, stillRejected: 1 });
  });
});

describe('a replay after an upgrade', () => {
  it('recovers an envelope that had no readable record', async () => {
    const folder = new ArchiveFolder();
    folder.write('bad', JSON.stringify({ body: snsMessage(5), receiptHandle: 'r' }));
    await folder.ingest();
    const [reject] = await folder.rows('SELECT reason, envelopes FROM rejects');
    expect(reject).toEqual({ reason: 'invalid-envelope', envelopes: ['sqs', 'sns'] });
    await change(folder, 'UPDATE rejects SET raw = ?', [Buffer.from(snsMessage(deepSend('a')))]);
    expect(await replay(folder)).toMatchObject({ recovered: 1, newEvents: 1, stillRejected: 0 });
    const [occurrence] = await folder.rows('SELECT envelopes, record_index FROM occurrences');
    expect(occurrence).toEqual({ envelopes: ['sqs', 'sns'], record_index: 0n });
  });

  it('keeps bytes in an envelope that are two records now', async () => {
    const folder = new ArchiveFolder();
    folder.write('bad', snsMessage('{"no":"event"}'));
    await folder.ingest();
    await change(folder, 'UPDATE rejects SET raw = ?', [Buffer.from(`${deepSend('a')}\n${deepSend('b')}`)]);
    expect(await replay(folder)).toMatchObject({ rejects: 1, recovered: 0, stillRejected: 1 });
    expect(await folder.rows('FROM occurrences')).toEqual([]);
  });
});

describe('rejects that are stored in part', () => {
  it('remain, and the next ingest reads their object again', async () => {
    const folder = new ArchiveFolder();
    folder.write('large', `${deepSend('a'.repeat(300))}\n`);
    folder.write('small', deepSend('b'));
    await folder.ingest({ limits: { maxRecordBytes: 200, maxKeptBytes: 100 } });
    expect((await folder.ingest()).unchangedObjects).toBe(2);
    expect(await replay(folder)).toMatchObject({ rejects: 1, recovered: 0, stillRejected: 1, partial: 1 });
    expect(await folder.ingest()).toMatchObject({ unchangedObjects: 1, replacedObjects: 1, newEvents: 1 });
    expect(await folder.rows('FROM rejects')).toEqual([]);
    expect(await wrongCounts(folder)).toEqual([]);
  });

  it.each(readdirSync(framing).filter((name) => /cut|trailer/.test(name)))(
    'include those of a truncated object: %s',
    async (name) => {
      const folder = new ArchiveFolder();
      folder.write(name, readFileSync(join(framing, name)));
      await folder.ingest();
      const [row] = await folder.rows(
        "SELECT count(*) AS partial FROM rejects WHERE reason = 'damaged-compression'",
      );
      const { recovered, partial } = await replay(folder);
      expect([recovered, BigInt(partial)]).toEqual([0, row?.partial]);
    },
  );
});

describe('an incomplete replay', () => {
  async function rejected(): Promise<ArchiveFolder> {
    const folder = new ArchiveFolder();
    folder.write('a', [deepSend('a'), deepSend('b'), 'no JSON'].join('\n'));
    await folder.ingest({ limits: shallow });
    return folder;
  }

  it('changes nothing when its last statement fails', async () => {
    const folder = await rejected();
    // The ledger is written last, after events, occurrences and rejects.
    await change(folder, 'ALTER TABLE objects RENAME COLUMN rejects TO rejects_count');
    const before = await tableDump(folder);
    await expect(replay(folder)).rejects.toThrow('rejects');
    expect(await tableDump(folder)).toEqual(before);
    expect(readdirSync(folder.path).filter((name) => name.includes('staging'))).toEqual([]);
    await change(folder, 'ALTER TABLE objects RENAME COLUMN rejects_count TO rejects');
    expect(await replay(folder)).toMatchObject({ recovered: 2, newEvents: 2, stillRejected: 1 });
  });

  it('changes nothing when it is canceled', async () => {
    const folder = await rejected();
    const before = await tableDump(folder);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(replay(folder, { signal })).rejects.toThrow('enough');
    expect(await tableDump(folder)).toEqual(before);
  });
});

describe('a replay after an erasure', () => {
  const record = deepSend('m').replace('"tags"', '"destination":["ana@example.com"],"tags"');

  it.each([
    ['adds the event with its own id, once', false, 1, { newEvents: 1, duplicates: 1, erasedEvents: 0 }],
    ['adds no removed event', true, 0, { newEvents: 0, duplicates: 0, erasedEvents: 2 }],
  ])('leaves the record to the next ingest, which %s', async (_, remove, events, counts) => {
    const folder = new ArchiveFolder();
    folder.write('a.json', record);
    expect((await folder.ingest({ limits: shallow })).read.rejects).toBe(1);
    await forget('ana@example.com', { archive: folder.archive, wait: 0, remove });
    expect(await replay(folder)).toMatchObject({ recovered: 0, partial: 1, stillRejected: 1, newEvents: 0 });
    folder.write('b.json', record);
    expect(await folder.ingest()).toMatchObject(counts);
    const rows = await folder.rows<{ event_id: string; destination: string[] }>(
      'SELECT event_id, destination FROM events',
    );
    expect(rows).toHaveLength(events);
    for (const { event_id, destination } of rows) {
      expect(event_id).toBe(eventId(record));
      expect(destination).toEqual([expect.stringMatching(/^forgotten-[0-9a-f]{12}@forgotten\.invalid$/)]);
    }
  });
});
