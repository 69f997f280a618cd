import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import type { CloudWatch, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { type ExtendedS3DestinationConfiguration, Firehose } from '@aws-sdk/client-firehose';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { S3 } from '@aws-sdk/client-s3';
import { SES } from '@aws-sdk/client-ses';
import { type EventDestinationDefinition, SESv2 } from '@aws-sdk/client-sesv2';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { eventTypes } from '../../../consumer/doctor/event-destination';
import type { Finding } from '../../../consumer/doctor/findings/finding';
import {
  deliveryPermissionsPolicy,
  firehoseTrustPolicy,
} from '../../../modules/delivery-stream/delivery-policies';
import {
  configurationSetArn,
  deliveryStreamArn,
  sesPermissionsPolicy,
  sesTrustPolicy,
} from '../../../modules/policies/policy-documents';
import { type MotoServer, startMotoServer } from '../../aws-cli/moto-server';
import type { CommandResult } from '../../cli/command-call';
import { sendText } from '../../cli/records';
import { run } from '../../cli/run-process';
import { describeAlarms, motoCloudWatch } from '../../local-aws/companion/cloudwatch';
import { Companion } from '../../local-aws/companion/companion';
import { FirehoseDataPlane } from '../../local-aws/companion/firehose/data-plane';
import type { Handler } from '../../local-aws/companion/handler';
import { SesV2 } from '../../local-aws/companion/ses/ses-v2';

const region = 'eu-west-1';
/** The account of moto. */
const accountId = '123456789012';
const where = { partition: 'aws', region, accountId };

/** The names of all resources. */
const names = {
  set: 'newsletter',
  destination: 'archive',
  stream: 'email-events',
  bucket: 'email-events-archive',
  sesRole: 'ses-events',
  deliveryRole: 'firehose-delivery',
  identity: 'shop.example',
  topic: 'mail-alarms',
};
const arns = {
  set: configurationSetArn({ ...where, name: names.set }),
  stream: deliveryStreamArn({ ...where, name: names.stream }),
  bucket: `arn:aws:s3:::${names.bucket}`,
  sesRole: `arn:aws:iam::${accountId}:role/${names.sesRole}`,
  deliveryRole: `arn:aws:iam::${accountId}:role/${names.deliveryRole}`,
  topic: `arn:aws:sns:${region}:${accountId}:${names.topic}`,
  logGroup: `arn:aws:logs:${region}:${accountId}:log-group:email-events`,
};
const prefix = 'events/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/';

/** The folder of a time below the prefix. */
function folderOf(time: Date): string {
  const [day = '', hour = ''] = time.toISOString().split(/[T:]/);
  return `events/dt=${day}/hour=${hour}/`;
}

/** A complete deployment in a local AWS, without problems until a test adds one. */
class Deployment {
  readonly iam: IAM;
  readonly firehose: Firehose;
  readonly kms: KMS;
  readonly s3: S3;
  readonly ses: SES;
  readonly sesv2: SESv2;
  readonly cloudwatch: CloudWatch;
  readonly sns: SNS;
  readonly sqs: SQS;
  /** Handlers with other answers for a test; they come first. */
  readonly overrides: Handler[];

  private constructor(
    private readonly companion: Companion,
    private readonly sesPart: SesV2,
    private readonly plane: FirehoseDataPlane,
    overrides: Handler[],
  ) {
    const access = {
      endpoint: companion.url,
      region,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 2,
    };
    this.overrides = overrides;
    this.iam = new IAM(access);
    this.firehose = new Firehose(access);
    this.kms = new KMS(access);
    this.s3 = new S3({ ...access, forcePathStyle: true });
    this.ses = new SES(access);
    this.sesv2 = new SESv2(access);
    this.cloudwatch = motoCloudWatch(access);
    this.sns = new SNS(access);
    this.sqs = new SQS(access);
  }

  static async create(moto: MotoServer): Promise<Deployment> {
    const plane = new FirehoseDataPlane(moto.url, { millisecondsPerSecond: 10 });
    const sesPart = new SesV2(moto.url, plane);
    const overrides: Handler[] = [];
    const first: Handler = async (request) => {
      for (const handler of overrides) {
        const answer = await handler(request);
        if (answer !== undefined) return answer;
      }
      return undefined;
    };
    const companion = await Companion.start(moto.url, [
      first,
      sesPart.handle,
      plane.handle,
      describeAlarms(moto.url),
    ]);
    const deployment = new Deployment(companion, sesPart, plane, overrides);
    await deployment.deploy();
    return deployment;
  }

  get endpoint(): string {
    return this.companion.url;
  }

  /** Runs the command, by default for findings as JSON. */
  doctor(...args: readonly string[]): Promise<CommandResult> {
    const common = ['doctor', names.set, '--endpoint', this.endpoint];
    return run([...common, ...args], { env: { AWS_REGION: region, AWS_MAX_ATTEMPTS: '2' } });
  }

  /** The findings of the command, and its exit code. */
  async findings(...args: readonly string[]): Promise<{ code: number | null; findings: Finding[] }> {
    const { code, stdout } = await this.doctor(...args);
    const lines = stdout.split('\n').filter((line) => line !== '');
    return { code, findings: lines.map((line) => JSON.parse(line)) };
  }

  /** Puts an object with one event at the location of the stream. */
  async putObject(folder: string, text = `${sendText('m1')}\n`): Promise<void> {
    const Key = `${folder}${names.stream}-1-2026-11-25-10-00-00-${crypto.randomUUID()}.gz`;
    const Body = gzipSync(text);
    await this.s3.putObject({ Bucket: names.bucket, Key, Body, ContentLength: Body.length });
  }

  async setTrust(RoleName: string, document: object): Promise<void> {
    await this.iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: JSON.stringify(document) });
  }

  /** Sets the only policy of a role. */
  async permit(RoleName: string, document: object): Promise<void> {
    const PolicyDocument = JSON.stringify(document);
    await this.iam.putRolePolicy({ RoleName, PolicyName: 'only', PolicyDocument });
  }

  /** Changes the event destination. */
  async updateDestination(changes: Partial<EventDestinationDefinition>): Promise<void> {
    await this.sesv2.updateConfigurationSetEventDestination({
      ConfigurationSetName: names.set,
      EventDestinationName: names.destination,
      EventDestination: { ...this.destination, ...changes },
    });
  }

  async createStream(more: Partial<ExtendedS3DestinationConfiguration> = {}): Promise<void> {
    await this.firehose.createDeliveryStream({
      DeliveryStreamName: names.stream,
      ExtendedS3DestinationConfiguration: {
        RoleARN: arns.deliveryRole,
        BucketARN: arns.bucket,
        Prefix: prefix,
        ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/',
        BufferingHints: { IntervalInSeconds: 60, SizeInMBs: 5 },
        CompressionFormat: 'GZIP',
        ...more,
      },
    });
  }

  /** Creates an alarm of the stream. */
  async putAlarm(changes: Partial<PutMetricAlarmInput> = {}): Promise<void> {
    await this.cloudwatch.putMetricAlarm({
      AlarmName: 'email-events-quiet',
      ...{ Namespace: 'AWS/Firehose', MetricName: 'IncomingRecords', Statistic: 'Sum' },
      Dimensions: [{ Name: 'DeliveryStreamName', Value: names.stream }],
      ...{ Period: 3600, EvaluationPeriods: 24, Threshold: 1, ComparisonOperator: 'LessThanThreshold' },
      AlarmActions: [arns.topic],
      ...changes,
    });
  }

  /** Creates a topic with a confirmed subscription. */
  async createTopic(Attributes: Record<string, string> = {}): Promise<void> {
    await this.sns.createTopic({ Name: names.topic, Attributes });
    const Endpoint = `arn:aws:sqs:${region}:${accountId}:notified`;
    await this.sns.subscribe({ TopicArn: arns.topic, Protocol: 'sqs', Endpoint });
  }

  /** Makes the bucket notify a new queue of its objects. */
  async notifyQueue(QueueName: string): Promise<void> {
    await this.sqs.createQueue({ QueueName });
    const QueueArn = `arn:aws:sqs:${region}:${accountId}:${QueueName}`;
    const QueueConfigurations = [{ QueueArn, Events: ['s3:ObjectCreated:*' as const] }];
    const NotificationConfiguration = { QueueConfigurations };
    await this.s3.putBucketNotificationConfiguration({ Bucket: names.bucket, NotificationConfiguration });
  }

  async close(): Promise<void> {
    await this.plane.close();
    this.sesPart.close();
    await this.companion.close();
    const { iam, firehose, kms, s3, ses, sesv2, cloudwatch, sns, sqs } = this;
    for (const client of [iam, firehose, kms, s3, ses, sesv2, cloudwatch, sns, sqs]) client.destroy();
  }

  private get destination(): EventDestinationDefinition {
    return {
      Enabled: true,
      MatchingEventTypes: [...eventTypes],
      KinesisFirehoseDestination: { DeliveryStreamArn: arns.stream, IamRoleArn: arns.sesRole },
    };
  }

  private async createRole(RoleName: string, trust: object, permissions: object): Promise<void> {
    await this.iam.createRole({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) });
    await this.permit(RoleName, permissions);
  }

  private async deploy(): Promise<void> {
    await this.s3.createBucket({
      Bucket: names.bucket,
      CreateBucketConfiguration: { LocationConstraint: region },
    });
    await this.createRole(
      names.deliveryRole,
      firehoseTrustPolicy({ accountId }),
      deliveryPermissionsPolicy({
        ...{ bucketArn: arns.bucket, bucketAccountId: accountId, logGroupArn: arns.logGroup },
        prefixes: ['events/', 'errors/'],
      }),
    );
    await this.createStream();
    await this.createRole(
      names.sesRole,
      sesTrustPolicy({ mode: 'source-arn', accountId, configurationSetArns: [arns.set] }),
      sesPermissionsPolicy({ streamArn: arns.stream }),
    );
    await this.sesv2.createConfigurationSet({ ConfigurationSetName: names.set });
    await this.sesv2.createConfigurationSetEventDestination({
      ConfigurationSetName: names.set,
      EventDestinationName: names.destination,
      EventDestination: this.destination,
    });
    await this.sesv2.createEmailIdentity({ EmailIdentity: names.identity, ConfigurationSetName: names.set });
    await this.putObject(folderOf(new Date()));
  }
}

/**
 * Sets up a deployment for each test, on an empty server; it exists while a test runs.
 * @param executables the folder of moto_server
 */
function useDeployment(executables: string): () => Deployment {
  let moto: MotoServer | undefined;
  let deployment: Deployment | undefined;
  beforeAll(async () => {
    moto = await startMotoServer(executables);
  });
  beforeEach(async () => {
    if (moto === undefined) throw new Error('moto is not running');
    await fetch(`${moto.url}/moto-api/reset`, { method: 'POST' });
    deployment = await Deployment.create(moto);
  });
  afterEach(() => deployment?.close());
  afterAll(async () => {
    if (moto === undefined) return;
    moto.process.kill();
    if (moto.process.exitCode === null) await once(moto.process, 'close');
  });
  return () => {
    if (deployment === undefined) throw new Error('the deployment exists only while a test runs');
    return deployment;
  };
}

export { accountId, arns, type Deployment, names, region, useDeployment, where };
