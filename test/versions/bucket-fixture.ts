import { once } from 'node:events';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import { decompress } from '../../consumer/records/compression/decompress';
import { s3Object } from '../../consumer/sources/s3-object';
import { ArchiveFolder } from '../archive/archive-folder';
import { type MotoServer, startMotoServer } from '../aws-cli/moto-server';
import { run, type Started, startCommand } from '../cli/run-process';
import { AwsProxy } from '../queue/aws-proxy';

/** A version of an object in the bucket. */
interface BucketVersion {
  key: string;
  versionId: string;
  isCurrent: boolean;
  /** Its bytes, decompressed; undefined for a delete marker. */
  content: Buffer | undefined;
}

async function joined(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

/** A bucket on a moto server, with an archive and a manifest for the command. */
class BucketFixture {
  readonly folder = new ArchiveFolder();
  readonly manifest = join(this.folder.path, 'erasure.ndjson');
  private readonly started: Started[] = [];

  private constructor(
    readonly bucket: string,
    readonly s3: S3Client,
    private readonly endpoint: string,
    readonly proxy: AwsProxy,
  ) {}

  static async create(moto: MotoServer, bucket: string): Promise<BucketFixture> {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const s3 = new S3Client({ endpoint: moto.url, region: 'us-east-1', credentials, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    const fixture = new BucketFixture(bucket, s3, moto.url, await AwsProxy.start(moto.url));
    await fixture.setVersioning('Enabled');
    return fixture;
  }

  /** Returns another bucket on the same server, whose versions can be locked. */
  async locked(): Promise<BucketFixture> {
    const bucket = 'locked';
    await this.s3.send(new CreateBucketCommand({ Bucket: bucket, ObjectLockEnabledForBucket: true }));
    return new BucketFixture(bucket, this.s3, this.endpoint, this.proxy);
  }

  async setVersioning(Status: 'Enabled' | 'Suspended'): Promise<void> {
    const VersioningConfiguration = { Status };
    await this.s3.send(new PutBucketVersioningCommand({ Bucket: this.bucket, VersioningConfiguration }));
  }

  /** Puts an object, and returns the id of the version. */
  async put(Key: string, Body: Buffer, more: Partial<PutObjectCommandInput> = {}): Promise<string> {
    const { VersionId = 'null' } = await this.s3.send(
      new PutObjectCommand({ Bucket: this.bucket, Key, Body, ContentLength: Body.length, ...more }),
    );
    return VersionId;
  }

  /** Deletes an object, which leaves a delete marker. */
  async remove(Key: string): Promise<void> {
    await this.s3.send(new DeleteObjectCommand({ Bucket: this.bucket, Key }));
  }

  head(Key: string) {
    return this.s3.send(new HeadObjectCommand({ Bucket: this.bucket, Key, ChecksumMode: 'ENABLED' }));
  }

  /** All versions and delete markers, in the order of their keys, newest first. */
  async versions(): Promise<BucketVersion[]> {
    const { Versions = [], DeleteMarkers = [] } = await this.s3.send(
      new ListObjectVersionsCommand({ Bucket: this.bucket }),
    );
    const found: BucketVersion[] = [];
    for (const { Key: key = '', VersionId: versionId = '', IsLatest = false } of Versions) {
      const location = { bucket: this.bucket, key, versionId, options: { endpoint: this.endpoint } };
      const content = await joined(decompress(Readable.from(await joined(s3Object(location).open()))));
      found.push({ key, versionId, isCurrent: IsLatest, content });
    }
    for (const { Key: key = '', VersionId: versionId = '', IsLatest = false } of DeleteMarkers)
      found.push({ key, versionId, isCurrent: IsLatest, content: undefined });
    return found.sort((one, other) => (one.key < other.key ? -1 : 1));
  }

  /** The arguments that forget a person in the bucket. */
  args(address: string, ...more: readonly string[]): string[] {
    const place = `s3://${this.bucket}/events/`;
    const access = ['--endpoint', this.proxy.url, '--manifest', this.manifest];
    return ['forget', address, '--objects', place, ...access, ...more];
  }

  run(address: string, ...more: readonly string[]) {
    return run(this.args(address, ...more), { cwd: this.folder.path });
  }

  /** Starts the command, which is killed with the fixture. */
  start(address: string, ...more: readonly string[]): Started {
    const child = startCommand(this.args(address, ...more), { cwd: this.folder.path });
    child.stdin.end();
    child.stdout.resume();
    child.stderr.resume();
    this.started.push(child);
    return child;
  }

  ingest() {
    const place = `s3://${this.bucket}/events/`;
    return run(['ingest', place, '--endpoint', this.proxy.url, '--archive', this.folder.archive]);
  }

  async close(): Promise<void> {
    for (const child of this.started) child.kill('SIGKILL');
    await this.proxy.close();
    this.s3.destroy();
  }
}

/** Sets up a bucket for each test, on an empty server. It exists when a test runs. */
function useBucketFixture(executables: string): () => BucketFixture {
  let moto: MotoServer | undefined;
  let fixture: BucketFixture | undefined;
  beforeAll(async () => {
    process.env.AWS_ACCESS_KEY_ID = 'test';
    process.env.AWS_SECRET_ACCESS_KEY = 'test';
    moto = await startMotoServer(executables);
  });
  beforeEach(async () => {
    if (moto === undefined) throw new Error('moto was not started');
    await fetch(`${moto.url}/moto-api/reset`, { method: 'POST' });
    fixture = await BucketFixture.create(moto, 'archive');
  });
  afterEach(() => fixture?.close());
  afterAll(async () => {
    if (moto === undefined) return;
    moto.process.kill();
    if (moto.process.exitCode === null) await once(moto.process, 'close');
  });
  return () => {
    if (fixture === undefined) throw new Error('the fixture exists when a test runs');
    return fixture;
  };
}

export { BucketFixture, type BucketVersion, useBucketFixture };
