import { AthenaNamedQuery } from '@cdktf/provider-aws/lib/athena-named-query';
import { AthenaWorkgroup } from '@cdktf/provider-aws/lib/athena-workgroup';
import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CloudwatchLogStream } from '@cdktf/provider-aws/lib/cloudwatch-log-stream';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { GlueCatalogDatabase } from '@cdktf/provider-aws/lib/glue-catalog-database';
import { GlueCatalogTable } from '@cdktf/provider-aws/lib/glue-catalog-table';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { KinesisFirehoseDeliveryStream } from '@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream';
import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketLoggingA } from '@cdktf/provider-aws/lib/s3-bucket-logging';
import { S3BucketNotification } from '@cdktf/provider-aws/lib/s3-bucket-notification';
import { S3BucketObjectLockConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule';
import { SchedulerScheduleGroup } from '@cdktf/provider-aws/lib/scheduler-schedule-group';
import { Sesv2ConfigurationSet } from '@cdktf/provider-aws/lib/sesv2-configuration-set';
import { Sesv2ConfigurationSetEventDestination } from '@cdktf/provider-aws/lib/sesv2-configuration-set-event-destination';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { SqsQueueRedriveAllowPolicy } from '@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy';
import type { TerraformConstructor } from 'cdktf/lib/testing/matchers';
import { EmailEventStream } from '../../modules/email-event-stream';
import { configurations } from './configurations';
import { synthesizeStream, synthesizeText } from './synthesize';

const bucket = [
  S3Bucket,
  S3BucketLifecycleConfiguration,
  S3BucketOwnershipControls,
  S3BucketPolicy,
  S3BucketPublicAccessBlock,
  S3BucketServerSideEncryptionConfigurationA,
  S3BucketVersioningA,
];
const stream = [KinesisFirehoseDeliveryStream, CloudwatchLogGroup, CloudwatchLogStream];
const roles = [IamRole, IamRolePolicy];
const key = [KmsKey, KmsAlias];
const queue = [SqsQueue, SqsQueuePolicy, SqsQueueRedriveAllowPolicy, S3BucketNotification];
const catalog = [GlueCatalogDatabase, GlueCatalogTable, AthenaWorkgroup, AthenaNamedQuery];
const schedules = [SchedulerScheduleGroup, SchedulerSchedule];
const destinations = [Sesv2ConfigurationSetEventDestination];
const sets = [Sesv2ConfigurationSet, ...destinations];

/** The classes of resources in each configuration. */
const made: Record<string, TerraformConstructor[]> = {
  minimal: [...bucket, ...stream, ...roles, ...sets],
  'external-id': [...bucket, ...stream, ...roles, ...sets],
  'customer-key': [...bucket, ...stream, ...roles, ...sets, ...key, ...queue],
  'existing-parts': [...stream, ...destinations, ...catalog],
  'central-bucket': [...stream, ...roles, ...sets, ...key],
  'existing-stream': [...roles, ...destinations, CloudwatchMetricAlarm],
  everything: [
    ...[...bucket, ...stream, ...roles, ...sets, ...key, ...queue, ...catalog, ...schedules],
    ...[CloudwatchDashboard, CloudwatchMetricAlarm, S3BucketLoggingA, S3BucketObjectLockConfigurationA],
  ],
};

/** Every class of resource in some configuration. */
const all = [...new Set(Object.values(made).flat())];

it('every configuration has an entry', () => {
  expect(Object.keys(made)).toEqual(Object.keys(configurations));
});

describe.each(Object.entries(configurations))('the configuration %s', (configuration, props) => {
  const present = made[configuration] ?? [];
  const text = synthesizeText((scope) => new EmailEventStream(scope, 'Default', props));
  const { resource } = synthesizeStream(props);
  const name = props.name ?? 'email-events';
  const each = (type: string) => Object.values(resource[type] ?? {});

  it('creates its resources', () => {
    for (const one of present) expect(text).toHaveResource(one);
  });

  it('creates no other resources', () => {
    for (const one of all) if (!present.includes(one)) expect(text).not.toHaveResource(one);
    // The guard of the key has no class.
    const types = [...present.map(({ tfResourceType }) => tfResourceType), 'terraform_data'];
    expect(Object.keys(resource).sort()).toEqual(types.sort());
  });

  it('names the stream and the event destinations after its settings', () => {
    expect(each('aws_kinesis_firehose_delivery_stream').map((one) => one.name)).toEqual(
      props.createStream === false ? [] : [props.streamName ?? name],
    );
    expect(
      each('aws_sesv2_configuration_set_event_destination').map((one) => one.event_destination_name),
    ).toEqual([
      name,
      ...(props.publishFeedback === true ? [`${name}-feedback`] : []),
      ...(props.publishToEventBridge === true ? [`${name}-eventbridge`] : []),
    ]);
  });

  it('uses the default name only if no other is given', () => {
    expect(JSON.stringify(resource).includes('email-events')).toBe(props.name === undefined);
  });
});
