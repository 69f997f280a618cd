import { once } from 'node:events';
import {
  CreateDeliveryStreamCommand,
  type CreateDeliveryStreamInput,
  type ExtendedS3DestinationConfiguration,
  FirehoseClient,
  PutRecordBatchCommand,
  type PutRecordBatchOutput,
} from '@aws-sdk/client-firehose';
import {
  CreateRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import {
  deliveryPermissionsPolicy,
  firehoseTrustPolicy,
} from '../../../../modules/delivery-stream/delivery-policies';
import { type MotoServer, startMotoServer } from '../../../aws-cli/moto-server';
import { Companion } from '../companion';
import { FirehoseDataPlane, type FirehoseOptions } from './data-plane';

/** The account of moto. */
const accountId = '123456789012';
const bucket = 'archive';
const bucketArn = `arn:aws:s3:::${bucket}`;
const streamName = 'mail';

/** An object in the bucket. */
interface FoundObject {
  key: string;
  content: Buffer;
  contentEncoding: string | undefined;
}

/** Settings of a stream in addition to name, role and bucket. */
type StreamSettings = Partial<ExtendedS3DestinationConfiguration>;

/** A bucket, a role that can write to it, and a data plane in front of moto. The tests create the streams. */
class FirehoseFixture {
  readonly roleArn = `arn:aws:iam::${accountId}:role/delivery`;
  /** A client of the companion, without retries. */
  readonly firehose: FirehoseClient;
  readonly iam: IAMClient;
  readonly s3: S3Client;

  private constructor(
    readonly companion: Companion,
    readonly plane: FirehoseDataPlane,
  ) {
    const access = {
      endpoint: companion.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
    this.firehose = new FirehoseClient({ ...access, maxAttempts: 1 });
    this.iam = new IAMClient(access);
    this.s3 = new S3Client({ ...access, forcePathStyle: true });
  }

  static async create(moto: MotoServer, options: FirehoseOptions): Promise<FirehoseFixture> {
    const plane = new FirehoseDataPlane(moto.url, options);
    const fixture = new FirehoseFixture(await Companion.start(moto.url, [plane.handle]), plane);
    await fixture.s3.send(new CreateBucketCommand({ Bucket: bucket }));
    const AssumeRolePolicyDocument = JSON.stringify(firehoseTrustPolicy({ accountId }));
    await fixture.iam.send(new CreateRoleCommand({ RoleName: 'delivery', AssumeRolePolicyDocument }));
    const logGroupArn = `arn:aws:logs:us-east-1:${accountId}:log-group:${streamName}`;
    const target = { bucketArn, bucketAccountId: accountId, logGroupArn };
    // Tests use different prefixes.
    await fixture.permit('deliver', deliveryPermissionsPolicy({ ...target, prefixes: [''] }));
    return fixture;
  }

  /** Adds an inline policy to the role. */
  async permit(PolicyName: string, document: object): Promise<void> {
    const PolicyDocument = JSON.stringify(document);
    await this.iam.send(new PutRolePolicyCommand({ RoleName: 'delivery', PolicyName, PolicyDocument }));
  }

  /** Removes an inline policy from the role. */
  async revoke(PolicyName: string): Promise<void> {
    await this.iam.send(new DeleteRolePolicyCommand({ RoleName: 'delivery', PolicyName }));
  }

  async createStream(
    settings: StreamSettings = {},
    more: Partial<CreateDeliveryStreamInput> = {},
  ): Promise<void> {
    const ExtendedS3DestinationConfiguration = { RoleARN: this.roleArn, BucketARN: bucketArn, ...settings };
    await this.firehose.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: streamName,
        ExtendedS3DestinationConfiguration,
        ...more,
      }),
    );
  }

  /** Puts texts as a batch, over HTTP. */
  put(...texts: readonly string[]): Promise<PutRecordBatchOutput> {
    const Records = texts.map((text) => ({ Data: Buffer.from(text) }));
    return this.firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: streamName, Records }));
  }

  /** Returns the objects of the bucket, by key. */
  async objects(): Promise<FoundObject[]> {
    const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    return Promise.all(
      Contents.map(async ({ Key: key = '' }) => {
        const { Body, ContentEncoding: contentEncoding } = await this.s3.send(
          new GetObjectCommand({ Bucket: bucket, Key: key }),
        );
        const content = Buffer.from((await Body?.transformToByteArray()) ?? []);
        return { key, content, contentEncoding };
      }),
    );
  }

  /** Returns the texts of the objects of the bucket. */
  async texts(): Promise<string[]> {
    return (await this.objects()).map(({ content }) => content.toString());
  }

  async close(): Promise<void> {
    await this.plane.close();
    await this.companion.close();
    for (const client of [this.firehose, this.iam, this.s3]) client.destroy();
  }
}

/**
 * Returns a function that creates a fixture on an empty server. The fixture is closed after the test.
 * @param executables folder that contains moto_server
 */
function useFirehoseFixture(
  executables: string,
): (settings?: StreamSettings, options?: FirehoseOptions) => Promise<FirehoseFixture> {
  let moto: MotoServer | undefined;
  let fixture: FirehoseFixture | undefined;
  beforeAll(async () => {
    moto = await startMotoServer(executables);
  });
  afterEach(async () => {
    await fixture?.close();
    fixture = undefined;
  });
  afterAll(async () => {
    if (moto === undefined) return;
    moto.process.kill();
    if (moto.process.exitCode === null) await once(moto.process, 'close');
  });
  return async (settings, options = {}) => {
    if (moto === undefined) throw new Error('moto is not running');
    await fetch(`${moto.url}/moto-api/reset`, { method: 'POST' });
    fixture = await FirehoseFixture.create(moto, options);
    await fixture.createStream(settings);
    return fixture;
  };
}

export {
  accountId,
  bucket,
  bucketArn,
  type FirehoseFixture,
  type StreamSettings,
  streamName,
  useFirehoseFixture,
};
