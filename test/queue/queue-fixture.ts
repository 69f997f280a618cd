import { once } from 'node:events';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { ArchiveFolder } from '../archive/archive-folder';
import { type MotoServer, startMotoServer } from '../aws-cli/moto-server';
import type { CommandResult } from '../cli/command-call';
import { run, type Started, startCommand } from '../cli/run-process';
import { AwsProxy } from './aws-proxy';

/** Messages of a queue that can be received now, and messages in flight. */
type QueueState = [visible: number, inFlight: number];

/** The names of a bucket and a queue. */
interface Names {
  bucket: string;
  queue: string;
}

/** A bucket, a queue and an archive for one test, on the moto server of its test file. */
class QueueFixture {
  readonly folder = new ArchiveFolder();
  readonly archive = this.folder.archive;
  private readonly started: Started[] = [];

  private constructor(
    readonly bucket: string,
    readonly queueUrl: string,
    readonly s3: S3Client,
    readonly sqs: SQSClient,
    readonly proxy: AwsProxy,
  ) {}

  static async create(moto: MotoServer, { bucket, queue }: Names): Promise<QueueFixture> {
    const access = {
      endpoint: moto.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
    const s3 = new S3Client({ ...access, forcePathStyle: true });
    const sqs = new SQSClient(access);
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: queue }));
    return new QueueFixture(bucket, QueueUrl, s3, sqs, await AwsProxy.start(moto.url));
  }

  /** Configures S3 to notify the queue of every object that is created or removed. */
  async notify(): Promise<void> {
    const { Attributes } = await this.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: this.queueUrl, AttributeNames: ['QueueArn'] }),
    );
    const QueueArn = Attributes?.QueueArn ?? '';
    const configuration = {
      QueueArn,
      Events: ['s3:ObjectCreated:*' as const, 's3:ObjectRemoved:*' as const],
    };
    await this.s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: this.bucket,
        NotificationConfiguration: { QueueConfigurations: [configuration] },
      }),
    );
  }

  /** Puts an object and returns its ETag. */
  async put(Key: string, text: string): Promise<string> {
    const Body = Buffer.from(text);
    const input = { Bucket: this.bucket, Key, Body, ContentLength: Body.length };
    const { ETag = '' } = await this.s3.send(new PutObjectCommand(input));
    return ETag.replaceAll('"', '');
  }

  async remove(Key: string): Promise<void> {
    await this.s3.send(new DeleteObjectCommand({ Bucket: this.bucket, Key }));
  }

  /** Sends a message: a text as it is, anything else as JSON. */
  async send(message: unknown): Promise<void> {
    const MessageBody = typeof message === 'string' ? message : JSON.stringify(message);
    await this.sqs.send(new SendMessageCommand({ QueueUrl: this.queueUrl, MessageBody }));
  }

  /** The notification of S3 for a created object. */
  created(key: string, { encoded = encodeURIComponent(key), eTag = 'any' } = {}) {
    return {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      eventName: 'ObjectCreated:Put',
      s3: { bucket: { name: this.bucket }, object: { key: encoded, eTag } },
    };
  }

  async queueState(): Promise<QueueState> {
    const { Attributes } = await this.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: this.queueUrl, AttributeNames: ['All'] }),
    );
    return [
      Number(Attributes?.ApproximateNumberOfMessages),
      Number(Attributes?.ApproximateNumberOfMessagesNotVisible),
    ];
  }

  /** Receives the only message and returns it at once, like a failing consumer. */
  async failToConsume(): Promise<void> {
    const { queueUrl: QueueUrl } = this;
    const { Messages } = await this.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    await this.makeVisible(Messages?.[0]?.ReceiptHandle ?? '');
  }

  /** Makes a message in flight visible again at once. */
  async makeVisible(ReceiptHandle: string): Promise<void> {
    const { queueUrl: QueueUrl } = this;
    await this.sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
    );
  }

  /** The command's arguments for this queue and archive. */
  args(...more: readonly string[]): string[] {
    return [
      'ingest',
      '--queue',
      this.queueUrl,
      '--endpoint',
      this.proxy.url,
      '--archive',
      this.archive,
      ...more,
    ];
  }

  /** Starts a process that is killed with the fixture. */
  start(command: () => Started): Started {
    const child = command();
    this.started.push(child);
    return child;
  }

  /** Ingests from the queue in a separate process. */
  ingest(...more: readonly string[]): Promise<CommandResult> {
    return run(this.args(...more));
  }

  /** Starts to follow the queue in a separate process. */
  follow(): Started {
    return this.start(() => startCommand(this.args('--follow')));
  }

  /** Message ids of the archive's events, in order. */
  async messageIds(): Promise<unknown[]> {
    return (await this.folder.rows('SELECT message_id FROM events ORDER BY message_id')).map(
      ({ message_id: id }) => id,
    );
  }

  async close(): Promise<void> {
    for (const child of this.started) child.kill('SIGKILL');
    await this.proxy.close();
    this.s3.destroy();
    this.sqs.destroy();
  }
}

/**
 * Sets up a fixture for each test, on an empty server; it is there once a test runs.
 * @param names other names than those that a test need not know
 */
function useQueueFixture(
  executables: string,
  names: Names = { bucket: 'archive', queue: 'objects' },
): () => QueueFixture {
  let moto: MotoServer | undefined;
  let fixture: QueueFixture | undefined;
  beforeAll(async () => {
    moto = await startMotoServer(executables);
  });
  beforeEach(async () => {
    if (moto === undefined) throw new Error('moto was not started');
    await fetch(`${moto.url}/moto-api/reset`, { method: 'POST' });
    fixture = await QueueFixture.create(moto, names);
  });
  afterEach(() => fixture?.close());
  afterAll(async () => {
    if (moto === undefined) return;
    moto.process.kill();
    if (moto.process.exitCode === null) await once(moto.process, 'close');
  });
  return () => {
    if (fixture === undefined) throw new Error('the fixture is there once a test runs');
    return fixture;
  };
}

export { QueueFixture, useQueueFixture };
