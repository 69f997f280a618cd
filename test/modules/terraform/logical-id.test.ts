import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { Construct } from 'constructs';
import { EmailEventStream } from '../../../modules/email-event-stream';
import { nameAfter } from '../../../modules/terraform/logical-id';
import { configurations } from '../configurations';
import { addresses, synthesizeStream, synthesizeWith } from '../synthesize';

describe('addresses of resources', () => {
  // Users have these in their states and in their imports: a changed one destroys a resource and makes another.
  it('are these, and stay these', () => {
    expect(addresses(synthesizeStream(configurations.everything))).toEqual([
      'aws_cloudwatch_log_group.stream',
      'aws_cloudwatch_log_stream.stream_backup',
      'aws_cloudwatch_log_stream.stream_destination',
      'aws_cloudwatch_metric_alarm.alarms_bounces',
      'aws_cloudwatch_metric_alarm.alarms_complaints',
      'aws_cloudwatch_metric_alarm.alarms_freshness',
      'aws_cloudwatch_metric_alarm.alarms_quiet',
      'aws_cloudwatch_metric_alarm.alarms_success',
      'aws_cloudwatch_metric_alarm.alarms_throttled',
      'aws_iam_role.ses',
      'aws_iam_role.stream_delivery',
      'aws_iam_role_policy.ses',
      'aws_iam_role_policy.ses_key',
      'aws_iam_role_policy.stream_delivery',
      'aws_iam_role_policy.stream_delivery_key',
      'aws_iam_role_policy.stream_delivery_processor',
      'aws_iam_role_policy.stream_delivery_schema',
      'aws_kinesis_firehose_delivery_stream.stream',
      'aws_kms_alias.key',
      'aws_kms_key.key',
      'aws_s3_bucket.archive',
      'aws_s3_bucket_lifecycle_configuration.archive',
      'aws_s3_bucket_logging.archive',
      'aws_s3_bucket_notification.objects',
      'aws_s3_bucket_ownership_controls.archive',
      'aws_s3_bucket_policy.archive',
      'aws_s3_bucket_public_access_block.archive',
      'aws_s3_bucket_server_side_encryption_configuration.archive',
      'aws_s3_bucket_versioning.archive',
      'aws_sesv2_configuration_set.sets',
      'aws_sesv2_configuration_set_event_destination.sets_feedback',
      'aws_sesv2_configuration_set_event_destination.sets_stream',
      'aws_sqs_queue.objects',
      'aws_sqs_queue.objects_failed',
      'aws_sqs_queue_policy.objects',
      'aws_sqs_queue_redrive_allow_policy.objects',
    ]);
  });

  it('begin with the id of the stream when that is not Default, so that a stack can hold several', () => {
    const stack = synthesizeWith((scope) => {
      new EmailEventStream(scope, 'shop-mail', { name: 'shop-mail' });
      new EmailEventStream(scope, 'Default');
    });
    expect(Object.keys(stack.resource.aws_s3_bucket ?? {}).sort()).toEqual(['archive', 'shop_mail_archive']);
    expect(Object.keys(stack.data)).toHaveLength(3);
  });

  it('are refused when they are taken: one resource would silently become part of the other', () => {
    expect(() =>
      synthesizeWith((scope) => {
        for (const id of ['a-b', 'a_b']) {
          const owner = new Construct(scope, id);
          nameAfter(owner, new S3Bucket(owner, 'bucket', {}));
        }
      }),
    ).toThrow('the address S3Bucket a_b of stack/a_b is taken in its stack: choose another construct id');
  });
});
