import { AthenaNamedQuery } from '@cdktf/provider-aws/lib/athena-named-query';
import { AthenaWorkgroup } from '@cdktf/provider-aws/lib/athena-workgroup';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
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
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { Sesv2ConfigurationSet } from '@cdktf/provider-aws/lib/sesv2-configuration-set';
import { Sesv2ConfigurationSetEventDestination } from '@cdktf/provider-aws/lib/sesv2-configuration-set-event-destination';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { TerraformConstructor } from 'cdktf/lib/testing/matchers';
import { EmailEventStream } from '../../modules/email-event-stream';
import type { StreamProps } from '../../modules/settings/stream-props.generated';
import { configurations } from './configurations';
import { synthesizeText } from './synthesize';

const bucket = [S3Bucket, S3BucketLifecycleConfiguration, S3BucketPolicy, S3BucketPublicAccessBlock];
const stream = [KinesisFirehoseDeliveryStream, CloudwatchLogGroup];
const roles = [IamRole, IamRolePolicy];
const key = [KmsKey, KmsAlias];
const queue = [SqsQueue, S3BucketNotification];
const catalog = [GlueCatalogDatabase, GlueCatalogTable, AthenaWorkgroup, AthenaNamedQuery];

/** What a configuration makes, and what it does not. */
const made: Record<string, [present: TerraformConstructor[], absent: TerraformConstructor[]]> = {
  minimal: [
    [...bucket, ...stream, ...roles, Sesv2ConfigurationSet, Sesv2ConfigurationSetEventDestination],
    [...key, ...queue, ...catalog, CloudwatchMetricAlarm, S3BucketLoggingA],
  ],
  'customer-key': [
    [...key, ...queue],
    [...catalog, CloudwatchMetricAlarm, S3BucketLoggingA],
  ],
  'existing-parts': [
    [...stream, ...catalog, Sesv2ConfigurationSet, Sesv2ConfigurationSetEventDestination],
    [...bucket, ...roles, ...key, ...queue],
  ],
  'existing-stream': [
    [...roles, CloudwatchMetricAlarm, Sesv2ConfigurationSetEventDestination],
    [...bucket, ...stream, ...key, ...queue, ...catalog, Sesv2ConfigurationSet],
  ],
  everything: [
    [...bucket, ...stream, ...roles, ...key, ...queue, ...catalog, CloudwatchMetricAlarm, S3BucketLoggingA],
    [],
  ],
};

describe.each(Object.entries(made))('the configuration %s', (name, [present, absent]) => {
  const props: StreamProps = configurations[name] ?? {};
  const text = synthesizeText((scope) => new EmailEventStream(scope, 'Default', props));

  it('makes what it is about', () => {
    for (const resource of present) expect(text).toHaveResource(resource);
  });

  it('makes nothing else', () => {
    for (const resource of absent) expect(text).not.toHaveResource(resource);
  });

  it('hands the settings to the resources', () => {
    if (props.createStream !== false) {
      expect(text).toHaveResourceWithProperties(KinesisFirehoseDeliveryStream, {
        name: props.streamName ?? props.name ?? 'email-events',
      });
    }
    expect(text).toHaveResourceWithProperties(Sesv2ConfigurationSetEventDestination, {
      event_destination_name: props.name ?? 'email-events',
    });
    expect(text).not.toHaveResourceWithProperties(Sesv2ConfigurationSetEventDestination, {
      event_destination_name: 'another',
    });
  });
});
