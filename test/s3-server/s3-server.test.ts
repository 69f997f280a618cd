import { request } from 'node:http';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { S3Server } from './s3-server';
import { failureOf, useSdkFixture } from './sdk-fixture';

const fixture = useSdkFixture();
const bytes = Buffer.from('0123456789');

const unusualKeys = [
  'a b/c+d=e%20f.json',
  'a+b',
  'é/日本/😀',
  '&<>"\'.xml',
  './a/../b//c/',
  '?#[]{}|^~*!()@:,;$',
  'line\r\nbreak\t',
  'year=2024/month=01/day=02/hour=03/x-2024-01-02-03-04-05-0a1b',
];

describe('an object', () => {
  it.each(unusualKeys)('can be stored and read with the key %j', async (Key) => {
    const { server, client } = fixture;
    await client.send(new PutObjectCommand({ Bucket: 'archive', Key, Body: Key }));
    const { Body } = await client.send(new GetObjectCommand({ Bucket: 'archive', Key }));
    expect(await Body?.transformToString()).toBe(Key);
    expect(server.requests.map(({ key }) => key)).toEqual([Key, Key]);
  });

  it('has the headers of S3', async () => {
    const { server, client } = fixture;
    const lastModified = new Date('2024-01-02T03:04:05.678Z');
    server.put('archive', 'key', bytes, { contentEncoding: 'gzip', contentType: 'text/plain', lastModified });
    const expected = {
      AcceptRanges: 'bytes',
      ContentEncoding: 'gzip',
      ContentLength: 10,
      ContentType: 'text/plain',
      ETag: '"781e5e245d69b566979b86e28d23f2c7"',
      LastModified: new Date('2024-01-02T03:04:05Z'),
      ChecksumCRC32: 'poTHxg==',
    };
    const input = { Bucket: 'archive', Key: 'key' };
    const got = await client.send(new GetObjectCommand(input));
    expect(got).toMatchObject(expected);
    expect(await got.Body?.transformToByteArray()).toEqual(new Uint8Array(bytes));
    expect(await client.send(new HeadObjectCommand({ ...input, ChecksumMode: 'ENABLED' }))).toMatchObject(
      expected,
    );
  });

  it.each([
    ['plain', () => bytes],
    ['in chunks', () => Readable.from([bytes.subarray(0, 4), bytes.subarray(4)])],
  ])('is stored when the body is sent %s', async (_name, body) => {
    const { client } = fixture;
    const input = { Bucket: 'archive', Key: 'key' };
    const { ETag } = await client.send(
      new PutObjectCommand({ ...input, Body: body(), ContentLength: 10, ContentEncoding: 'gzip' }),
    );
    const got = await client.send(new GetObjectCommand(input));
    expect(got).toMatchObject({ ETag, ContentEncoding: 'gzip' });
    expect(await got.Body?.transformToString()).toBe('0123456789');
  });

  it('does not exist after a delete, and a second delete succeeds', async () => {
    const { server, client } = fixture;
    server.put('archive', 'key', bytes);
    const input = { Bucket: 'archive', Key: 'key' };
    await client.send(new DeleteObjectCommand(input));
    await client.send(new DeleteObjectCommand(input));
    expect(await failureOf(client.send(new GetObjectCommand(input)))).toEqual(['NoSuchKey', 404]);
  });

  it('is listed but not readable when it is archived', async () => {
    const { server, client } = fixture;
    server.put('archive', 'key', bytes, { storageClass: 'GLACIER' });
    const input = { Bucket: 'archive', Key: 'key' };
    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: 'archive' }));
    expect(Contents).toMatchObject([{ Key: 'key', StorageClass: 'GLACIER' }]);
    expect(await client.send(new HeadObjectCommand(input))).toMatchObject({ StorageClass: 'GLACIER' });
    await expect(client.send(new GetObjectCommand(input))).rejects.toMatchObject({
      name: 'InvalidObjectState',
      StorageClass: 'GLACIER',
      $metadata: { httpStatusCode: 403 },
    });
  });
});

describe('a range', () => {
  it.each([
    ['bytes=4-', '456789', 'bytes 4-9/10'],
    ['bytes=2-3', '23', 'bytes 2-3/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-99', '0123456789', 'bytes 0-9/10'],
    ['bytes=3-2', '0123456789', undefined],
    ['bytes=0-1,3-4', '0123456789', undefined],
  ])('%s returns %s', async (Range, text, ContentRange) => {
    const { server, client } = fixture;
    server.put('archive', 'key', bytes);
    const got = await client.send(new GetObjectCommand({ Bucket: 'archive', Key: 'key', Range }));
    expect(await got.Body?.transformToString()).toBe(text);
    expect(got.ContentRange).toBe(ContentRange);
    const status = ContentRange === undefined ? 200 : 206;
    expect(server.requests).toMatchObject([{ operation: 'GetObject', range: Range, status }]);
  });

  it.each([
    ['bytes=10-', '0123456789'],
    ['bytes=-0', '0123456789'],
    ['bytes=0-', ''],
  ])('%s of %j fails', async (Range, text) => {
    const { server, client } = fixture;
    server.put('archive', 'key', Buffer.from(text));
    const command = new GetObjectCommand({ Bucket: 'archive', Key: 'key', Range });
    expect(await failureOf(client.send(command))).toEqual(['InvalidRange', 416]);
  });
});

describe('If-Match', () => {
  it.each(['"781e5e245d69b566979b86e28d23f2c7"', '781e5e245d69b566979b86e28d23f2c7', '*'])(
    '%s returns the matching version',
    async (IfMatch) => {
      const { server, client } = fixture;
      server.put('archive', 'key', bytes);
      const { Body } = await client.send(new GetObjectCommand({ Bucket: 'archive', Key: 'key', IfMatch }));
      expect(await Body?.transformToString()).toBe('0123456789');
    },
  );

  it('fails for another version', async () => {
    const { server, client } = fixture;
    server.put('archive', 'key', bytes);
    const command = new GetObjectCommand({ Bucket: 'archive', Key: 'key', IfMatch: '"other"' });
    expect(await failureOf(client.send(command))).toEqual(['PreconditionFailed', 412]);
  });
});

describe('a request that is missing a target, denied or not supported', () => {
  const missing = { Bucket: 'missing', Key: 'key' };
  const denied = { Bucket: 'denied', Key: 'key' };
  const present = { Bucket: 'archive', Key: 'present' };

  // The response to HEAD has no body and so no error code. The SDK has a name only for 404.
  it.each([
    ['reading a missing key', new GetObjectCommand({ Bucket: 'archive', Key: 'key' }), 'NoSuchKey', 404],
    [
      'the headers of a missing key',
      new HeadObjectCommand({ Bucket: 'archive', Key: 'key' }),
      'NotFound',
      404,
    ],
    ['reading from a missing bucket', new GetObjectCommand(missing), 'NoSuchBucket', 404],
    ['listing a missing bucket', new ListObjectsV2Command(missing), 'NoSuchBucket', 404],
    ['writing to a missing bucket', new PutObjectCommand({ ...missing, Body: bytes }), 'NoSuchBucket', 404],
    ['the headers of a missing bucket', new HeadBucketCommand(missing), 'NotFound', 404],
    ['reading from a denied bucket', new GetObjectCommand(denied), 'AccessDenied', 403],
    ['listing a denied bucket', new ListObjectsV2Command(denied), 'AccessDenied', 403],
    ['the headers of a denied bucket', new HeadBucketCommand(denied), 'Unknown', 403],
    ['a version', new GetObjectCommand({ ...present, VersionId: '1' }), 'NotImplemented', 501],
    ['an unknown condition', new GetObjectCommand({ ...present, IfNoneMatch: '*' }), 'NotImplemented', 501],
    [
      'the first version of the listing',
      new ListObjectsCommand({ Bucket: 'archive' }),
      'NotImplemented',
      501,
    ],
    [
      'an invalid continuation token',
      new ListObjectsV2Command({ Bucket: 'archive', ContinuationToken: '?' }),
      'InvalidArgument',
      400,
    ],
    [
      'a negative page size',
      new ListObjectsV2Command({ Bucket: 'archive', MaxKeys: -1 }),
      'InvalidArgument',
      400,
    ],
  ])('%s fails', async (_name, command, name, status) => {
    const { server, client } = fixture;
    server.put('archive', 'present', bytes);
    server.put('denied', 'key', bytes);
    server.deny('denied');
    // TypeScript cannot select an overload for a union of commands.
    expect(await failureOf(client.send(command as GetObjectCommand))).toEqual([name, status]);
    expect(server.requests).toMatchObject([{ status }]);
  });
});

describe('the server', () => {
  it('decodes a plus sign in a path as a space, as S3 does', async () => {
    const { server } = fixture;
    server.put('archive', 'a b', bytes);
    const status = await new Promise((resolve) => {
      request(`${server.endpoint}/archive/a+b`, (response) => resolve(response.resume().statusCode)).end();
    });
    expect(status).toBe(200);
  });

  it('returns the region of an existing bucket, even if it is empty', async () => {
    const found = await fixture.client.send(new HeadBucketCommand({ Bucket: 'archive' }));
    expect(found.BucketRegion).toBe('us-east-1');
  });

  it('throws unexpected errors when it is closed', async () => {
    const server = await S3Server.start();
    await new Promise((resolve) => request(`${server.endpoint}/archive/%`).on('error', resolve).end());
    await expect(server.close()).rejects.toThrow('URI malformed');
  });
});
