import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { GetObjectTaggingCommand, PutObjectLegalHoldCommand } from '@aws-sdk/client-s3';
import type { ForgetObjectsReport } from '../../consumer/archive/objects/forget-objects-report';
import { address, send } from '../archive/objects/person';
import type { CommandResult } from '../cli/command-call';
import { describeWithMoto } from '../queue/describe-with-moto';
import { type BucketFixture, useBucketFixture } from './bucket-fixture';

const others = ['a@o.example', 'b@o.example'];
const [mine, ofOthers] = [`${send('m1', [...others, address])}\n`, `${send('m2', others)}\n`];
const key = 'events/dt=2026-03-04/hour=05/a.gz';

function report({ stdout }: CommandResult): ForgetObjectsReport {
  return JSON.parse(stdout).objects; // as the command writes it
}

/** The texts of all versions, and `deleted` for a delete marker. */
async function contents(bucket: BucketFixture) {
  const versions = await bucket.versions();
  return versions.map(({ key: of, content }) => [of, content?.toString() ?? 'deleted']);
}

describeWithMoto('forget --objects in a bucket that keeps versions', (executables) => {
  const fixture = useBucketFixture(executables);

  it('rewrites the object with its settings, and deletes the version with the person', async () => {
    const bucket = fixture();
    const settings = {
      ContentType: 'application/x-ndjson',
      ContentEncoding: 'gzip',
      ContentLanguage: 'en',
      CacheControl: 'no-store',
      Metadata: { owner: 'mail team' },
      StorageClass: 'STANDARD_IA',
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: 'arn:aws:kms:us-east-1:111122223333:key/k',
      BucketKeyEnabled: true,
    } as const;
    const old = await bucket.put(key, gzipSync(ofOthers + mine), { ...settings, Tagging: 'a%2Fb=c+d&e=' });
    const [before, result] = [await bucket.head(key), await bucket.run(address)];
    const found = report(result);
    const left = ofOthers + mine.replace(address, found.pseudonym ?? '');
    expect(await contents(bucket)).toEqual([[key, left]]);
    expect(found.erased).toEqual([{ object: `s3://archive/${key}`, records: 1, deletedVersions: [old] }]);
    expect([result.code, result.stderr]).toEqual([
      0,
      'rewrote 1 object with 1 record about the person, deleted 1 older version, examined 1 object, skipped 0\n',
    ]);
    const { ContentLength, ETag, VersionId, LastModified, $metadata, ChecksumSHA256, ...same } =
      await bucket.head(key);
    expect(before).toMatchObject(same);
    expect(same).toMatchObject({ ...settings, TagCount: 2 });
    expect(VersionId).not.toBe(old);
    const { TagSet } = await bucket.s3.send(new GetObjectTaggingCommand({ Bucket: 'archive', Key: key }));
    expect(TagSet).toEqual([
      { Key: 'a/b', Value: 'c d' },
      { Key: 'e', Value: '' },
    ]);
  });

  it('deletes older versions and delete markers, and keeps those without the person', async () => {
    const bucket = fixture();
    await bucket.put('events/rewritten', Buffer.from(mine));
    await bucket.remove('events/rewritten');
    await bucket.put('events/rewritten', Buffer.from(ofOthers));
    await bucket.put('events/deleted', Buffer.from(mine));
    await bucket.remove('events/deleted');
    await bucket.put('events/kept', Buffer.from(ofOthers));
    await bucket.put('events/kept', Buffer.from(mine));
    await bucket.remove('events/kept');
    await bucket.put('events/other', Buffer.from(ofOthers));
    await bucket.remove('events/other');
    const { code, stdout } = await bucket.run(address);
    expect(code).toBe(0);
    expect(await contents(bucket)).toEqual([
      ['events/kept', ofOthers],
      ['events/kept', 'deleted'],
      ['events/other', ofOthers],
      ['events/other', 'deleted'],
      ['events/rewritten', ofOthers],
    ]);
    expect(JSON.parse(stdout).objects).toMatchObject({ erased: [{ records: 0 }, {}, {}] });
    const steps = readFileSync(bucket.manifest, 'utf8').trim().split('\n');
    expect(steps.map((line) => JSON.parse(line).step).sort()).toEqual([
      ...Array(5).fill('deleted'),
      ...Array(5).fill('deleting'),
    ]);
    expect(await bucket.run(address)).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^rewrote 0 /),
    });
  });

  it('lists the versions in a dry run, and changes nothing', async () => {
    const bucket = fixture();
    const ids = [
      await bucket.put(key, Buffer.from(mine)),
      await bucket.put(key, Buffer.from(mine + ofOthers)),
    ];
    const before = await contents(bucket);
    const result = await bucket.run(address, '--dry-run');
    expect(bucket.proxy.requests.filter((name) => !name.startsWith('GET '))).toEqual([]);
    expect(report(result).erased).toEqual([
      { object: `s3://archive/${key}`, records: 1, deletedVersions: ids.reverse() },
    ]);
    expect(result.stderr).toMatch(
      /^dry run: would rewrite 1 object with 1 record about the person, delete 2 /,
    );
    expect(await contents(bucket)).toEqual(before);
    expect(readdirSync(bucket.folder.path)).toEqual(['objects']);
  });

  it('replaces the version without an id while versions are suspended', async () => {
    const bucket = fixture();
    await bucket.put(key, Buffer.from(mine));
    await bucket.setVersioning('Suspended');
    await bucket.put(key, Buffer.from(ofOthers + mine));
    const result = await bucket.run(address);
    expect(result.code).toBe(0);
    const left = ofOthers + mine.replace(address, report(result).pseudonym ?? '');
    expect(await contents(bucket)).toEqual([[key, left]]);
  });

  it('reads no object that was delivered before a time', async () => {
    const bucket = fixture();
    await bucket.put('events/dt=2026-03-04/a', Buffer.from(mine));
    await bucket.put('events/b', Buffer.from(mine));
    const before = await contents(bucket);
    const future = new Date(Date.now() + 3_600_000).toISOString();
    expect(report(await bucket.run(address, '--since', future))).toMatchObject({
      skippedObjects: 2,
      erased: [],
    });
    expect(await contents(bucket)).toEqual(before);
    const partly = report(await bucket.run(address, '--since', '2026-03-06'));
    expect(partly.erased).toMatchObject([{ object: 's3://archive/events/b' }]);
  });

  it('does not overwrite a change of others', async () => {
    const bucket = fixture();
    await bucket.put(key, Buffer.from(mine));
    bucket.proxy.watcher = async ({ name }) => {
      if (name.startsWith('PUT ')) await bucket.put(key, Buffer.from(ofOthers));
      return undefined;
    };
    const { code, stderr, stdout } = await bucket.run(address);
    expect(code).toBe(1);
    expect(stderr).toContain(
      `s3://archive/${key} could not be erased: it could not be replaced: PreconditionFailed: it was replaced or deleted after it was read; run the command again\n1 object can still contain the person`,
    );
    expect(JSON.parse(stdout).objects.failed).toHaveLength(1);
    expect(await contents(bucket)).toEqual([
      [key, ofOthers],
      [key, mine],
    ]);
    bucket.proxy.watcher = () => undefined;
    expect(await bucket.run(address)).toMatchObject({ code: 0 });
    expect(await contents(bucket)).toEqual([[key, ofOthers]]);
  });

  const denied: [string, string, { status: number; code: string }, RegExp][] = [
    [
      's3:PutObject',
      `PUT /archive/${key}`,
      { status: 403, code: 'AccessDenied' },
      /could not be replaced: AccessDenied: allow s3:PutObject and /,
    ],
    [
      's3:DeleteObjectVersion',
      `DELETE /archive/${key}`,
      { status: 403, code: 'AccessDenied' },
      /nothing was changed: AccessDenied: allow s3:DeleteObjectVersion on the object/,
    ],
    [
      's3:GetObject',
      `GET /archive/${key}`,
      { status: 403, code: 'AccessDenied' },
      /^AccessDenied: allow s3:GetObjectVersion on the object/,
    ],
    [
      'a restored copy',
      `GET /archive/${key}`,
      { status: 403, code: 'InvalidObjectState' },
      /InvalidObjectState: restore it from its archive storage class first/,
    ],
    [
      'If-Match',
      `PUT /archive/${key}`,
      { status: 501, code: 'NotImplemented' },
      /NotImplemented: this server does not support If-Match for PutObject/,
    ],
  ];
  it.each(denied)(
    'without %s changes nothing in the object, and erases the others',
    async (_, name, fault, message) => {
      const bucket = fixture();
      await bucket.put(key, Buffer.from(mine));
      await bucket.put('events/good', Buffer.from(mine));
      bucket.proxy.watcher = (request) => (request.name === name ? fault : undefined);
      const result = await bucket.run(address);
      expect([result.code, report(result).failed]).toEqual([
        1,
        [{ object: `s3://archive/${key}`, message: expect.stringMatching(message) }],
      ]);
      expect(await contents(bucket)).toEqual([
        [key, mine],
        ['events/good', mine.replace(address, report(result).pseudonym ?? '')],
      ]);
    },
  );

  it.each<[string, string, RegExp]>([
    [
      'versions',
      'GET /archive',
      /^error: cannot erase from s3:\/\/archive: AccessDenied: allow s3:GetBucketVersioning /,
    ],
  ])('without the right to read its %s changes nothing', async (_, name, message) => {
    const bucket = fixture();
    await bucket.put(key, Buffer.from(mine));
    const fault = { status: 403, code: 'AccessDenied' };
    bucket.proxy.watcher = (request) => (request.name.replace(/\/$/, '') === name ? fault : undefined);
    const { code, stderr } = await bucket.run(address);
    expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
    expect(await contents(bucket)).toEqual([[key, mine]]);
  });

  it('completes after the right to delete versions was missing between two of them', async () => {
    const bucket = fixture();
    await bucket.put(key, Buffer.from(mine));
    await bucket.put(key, Buffer.from(mine + mine));
    let deletions = 0;
    bucket.proxy.watcher = ({ name }) =>
      name.startsWith('DELETE ') && ++deletions === 3 ? { status: 403, code: 'AccessDenied' } : undefined;
    const first = await bucket.run(address);
    expect(first.code).toBe(1);
    expect(first.stderr).toMatch(
      /version \S+ could not be deleted, and others may remain: AccessDenied: allow s3:DeleteObjectVersion/,
    );
    expect(await bucket.run(address)).toMatchObject({ code: 0 });
    const left = mine.replace(address, report(first).pseudonym ?? '');
    expect(await contents(bucket)).toEqual([[key, left + left]]);
  });

  it('leaves nothing for the next ingest', async () => {
    const bucket = fixture();
    await bucket.put(key, gzipSync(ofOthers + mine));
    await bucket.put('events/b', Buffer.from(ofOthers));
    expect((await bucket.ingest()).stderr).toMatch(/ 2 new events, /);
    const result = await bucket.run(address, '--archive', bucket.folder.archive);
    expect(result.code).toBe(0);
    expect(JSON.parse(result.stdout)).toMatchObject({
      objects: { erased: [{ records: 1 }], examinedObjects: 1, skippedObjects: 1 },
      archive: { eventsChanged: 1, objects: [] },
    });
    const { stderr } = await bucket.ingest();
    expect(stderr).toMatch(/ 0 new events, .* 2 unchanged/);
  });
});

describeWithMoto('forget --objects in a bucket with Object Lock', (executables) => {
  const fixture = useBucketFixture(executables);

  it.each([
    [
      'is retained',
      { ObjectLockMode: 'COMPLIANCE' as const, ObjectLockRetainUntilDate: new Date(Date.now() + 9e8) },
      /Object Lock \(COMPLIANCE\) keeps version \S+ until /,
    ],
    ['has a legal hold', {}, /a legal hold keeps version /],
  ])('changes nothing when a version %s', async (_, lock, message) => {
    const bucket = await fixture().locked();
    const VersionId = await bucket.put(key, Buffer.from(mine), lock);
    if (Object.keys(lock).length === 0) {
      const hold = { Bucket: bucket.bucket, Key: key, VersionId, LegalHold: { Status: 'ON' as const } };
      await bucket.s3.send(new PutObjectLegalHoldCommand(hold));
    }
    await bucket.put('events/free', Buffer.from(mine));
    const result = await bucket.run(address);
    expect([result.code, report(result).failed]).toEqual([
      1,
      [{ object: `s3://locked/${key}`, message: expect.stringMatching(message) }],
    ]);
    expect((await contents(bucket)).map(([, content]) => content?.includes(address))).toEqual([true, false]);
  });
});

describeWithMoto('a listing of several pages', (executables) => {
  const fixture = useBucketFixture(executables);

  it('has all versions of a key that is on two pages', async () => {
    const bucket = fixture();
    const before = Array.from({ length: 997 }, (_, index) => `events/a${String(index).padStart(4, '0')}`);
    while (before.length > 0)
      await Promise.all(before.splice(0, 50).map((name) => bucket.put(name, Buffer.from(ofOthers))));
    for (let version = 0; version < 6; version++) await bucket.put('events/b', Buffer.from(mine));
    await bucket.put('events/c', Buffer.from(mine));
    const { erased, examinedObjects, examinedVersions } = report(await bucket.run(address));
    expect(bucket.proxy.count('GET /archive') + bucket.proxy.count('GET /archive/')).toBeGreaterThan(3);
    expect(erased.map(({ object, deletedVersions }) => [object, deletedVersions.length])).toEqual([
      ['s3://archive/events/b', 6],
      ['s3://archive/events/c', 1],
    ]);
    expect([examinedObjects, examinedVersions]).toEqual([999, 1004]);
  });
});
