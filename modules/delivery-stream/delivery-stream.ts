import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CloudwatchLogStream } from '@cdktf/provider-aws/lib/cloudwatch-log-stream';
import { KinesisFirehoseDeliveryStream } from '@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { AwsEnvironment, type GivenEnvironment } from '../cdktf/aws-environment';
import { and, type Condition, choose, defined, valueOr, when } from '../cdktf/condition';
import { addBlocks } from '../cdktf/optional-block';
import { type OptionalResource, optionalResources } from '../cdktf/optional-resource';
import { deliveryStreamArn } from '../policies/policy-documents';
import { combine, configure } from '../settings/configure';
import { type CustomerKeyProps, customerKey } from '../settings/customer-key';
import { namingSettings } from '../settings/shared-settings';
import type { StreamProps } from '../settings/stream-props.generated';
import { backupBlocks, conversionBlocks, processingBlocks } from './delivery-blocks';
import { DeliveryRole } from './delivery-role';
import { deliveryStreamSettings } from './delivery-stream-settings';
import { objectKey } from './object-key';

const settings = combine(namingSettings, deliveryStreamSettings);

/** Settings of a stream, its bucket, and the key that encrypts it. */
interface DeliveryStreamProps extends Pick<StreamProps, keyof typeof settings.fields>, CustomerKeyProps {
  /** The bucket to deliver to. */
  readonly bucketArn: string;
  /**
   * The account that owns the bucket. The created role writes to a bucket of that account only.
   * @default - any
   */
  readonly bucketAccountId?: string | undefined;
  /**
   * Whether the bucket is in another account than the stream; set it where only Terraform can evaluate this.
   * @default - whether `bucketAccountId` is another account
   */
  readonly isInOtherAccount?: Condition | undefined;
  /**
   * Resources that the stream depends on, such as the bucket's policy.
   * @default - none
   */
  readonly dependsOn?: readonly TerraformResource[];
}

/** Folders below a prefix: the hour of arrival in UTC, in the form that Hive and Athena read. */
const partitions = 'dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/';

/** Returns the names of the stream and its log before they exist. */
function deliveryStreamNames(
  scope: Construct,
  config: GivenEnvironment & { name: string; streamName: string | undefined },
): { streamName: string; streamArn: string; logGroupName: string; logGroupArn: string } {
  const { accountId, region, partition } = AwsEnvironment.of(scope, config);
  const chosen = valueOr(config.streamName, config.name);
  const logGroupName = `/aws/kinesisfirehose/${chosen}`;
  return {
    streamName: chosen,
    streamArn: deliveryStreamArn({ partition, region, accountId, name: chosen }),
    logGroupName,
    logGroupArn: `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroupName}`,
  };
}

/**
 * The Firehose stream from SES to S3, its role and its error log.
 *
 * @example new DeliveryStream(this, 'stream', { bucketArn: bucket.bucketArn, bufferingInterval: 60 })
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_ExtendedS3DestinationConfiguration.html
 */
class DeliveryStream extends Construct {
  readonly streamName: string;
  readonly streamArn: string;
  readonly logGroupName: string;
  readonly logGroupArn: string;
  /** The log group's resource, where it is created. */
  readonly logGroup: OptionalResource<CloudwatchLogGroup>;
  /** The role with which the stream writes. */
  readonly deliveryRole: DeliveryRole;
  /** The stream's resource, where it is created. */
  readonly stream: OptionalResource<KinesisFirehoseDeliveryStream>;

  constructor(scope: Construct, id: string, props: DeliveryStreamProps) {
    super(scope, id);
    const config = configure(this.node.path, settings, props);
    const { createStream, tags } = config;
    const { bucketArn } = props;
    const { isCustomerManaged, keyArn } = customerKey(this.node.path, props);
    const keyArnOrNone = when(isCustomerManaged, keyArn);
    const objects = objectKey(config, { isCustomerManaged, keyArn });
    const objectKeyArnOrNone = when(objects.isCustomerManaged, objects.keyArn);
    const names = deliveryStreamNames(this, config);
    this.streamName = names.streamName;
    this.logGroupName = names.logGroupName;
    this.logGroupArn = names.logGroupArn;

    const resource = optionalResources(this, createStream);
    this.logGroup = resource(
      (count) =>
        new CloudwatchLogGroup(this, 'log', {
          ...count,
          name: this.logGroupName,
          retentionInDays: config.logRetentionDays,
          ...defined({ kmsKeyId: keyArnOrNone }),
          tags,
        }),
    );
    const logStream = (name: string, needed: Condition, suffix: string) =>
      optionalResources(this, and(createStream, needed))(
        (count) =>
          new CloudwatchLogStream(this, `${suffix}-log`, {
            ...count,
            name,
            logGroupName: this.logGroup.existingAttribute('name'),
          }),
        suffix,
      );
    const logStreams = [
      logStream('DestinationDelivery', true, 'destination'),
      logStream('BackupDelivery', config.parquetConversion, 'backup'),
    ];

    this.deliveryRole = new DeliveryRole(this, 'delivery', {
      ...props,
      ...config,
      logGroupArn: this.logGroupArn,
    });
    const { roleArn } = this.deliveryRole;
    const logging = (logStreamName: string) => ({
      enabled: true,
      logGroupName: this.logGroupName,
      logStreamName,
    });
    const { parquetConversion, dataPrefix, errorPrefix, parquetPrefix, compressionFormat } = config;
    const { bufferingInterval, bufferingSize } = config;
    const errorOutputPrefix = `${errorPrefix}!{firehose:error-output-type}/${partitions}`;

    this.stream = resource((count) => {
      const stream = new KinesisFirehoseDeliveryStream(this, 'stream', {
        ...count,
        name: this.streamName,
        destination: 'extended_s3',
        serverSideEncryption: {
          enabled: true,
          keyType: choose(isCustomerManaged, 'CUSTOMER_MANAGED_CMK', 'AWS_OWNED_CMK'),
          ...defined({ keyArn: keyArnOrNone }),
        },
        extendedS3Configuration: {
          roleArn,
          bucketArn,
          prefix: `${choose(parquetConversion, parquetPrefix, dataPrefix)}${partitions}`,
          errorOutputPrefix,
          bufferingInterval,
          bufferingSize,
          // Parquet files are compressed internally.
          compressionFormat: choose(parquetConversion, 'UNCOMPRESSED', compressionFormat),
          ...defined({ kmsKeyArn: objectKeyArnOrNone }),
          cloudwatchLoggingOptions: logging('DestinationDelivery'),
          s3BackupMode: choose(parquetConversion, 'Enabled', 'Disabled'),
        },
        tags,
        dependsOn: [
          ...(props.dependsOn ?? []),
          ...this.deliveryRole.dependables,
          ...logStreams.flatMap(({ dependables }) => dependables),
        ],
      });
      for (const content of [
        processingBlocks(config),
        conversionBlocks(config, roleArn),
        backupBlocks(config, {
          role_arn: roleArn,
          bucket_arn: bucketArn,
          prefix: `${dataPrefix}${partitions}`,
          error_output_prefix: errorOutputPrefix,
          buffering_interval: bufferingInterval,
          buffering_size: bufferingSize,
          compression_format: compressionFormat,
          ...defined({ kms_key_arn: objectKeyArnOrNone }),
          cloudwatch_logging_options: {
            enabled: true,
            log_group_name: this.logGroupName,
            log_stream_name: 'BackupDelivery',
          },
        }),
      ]) {
        addBlocks(stream, 'extended_s3_configuration', content);
      }
      return stream;
    });
    this.streamArn = choose(createStream, this.stream.attribute('arn') ?? '', names.streamArn);
  }
}

export { DeliveryStream, type DeliveryStreamProps, deliveryStreamNames };
