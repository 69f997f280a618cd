import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import type { TerraformStack } from 'cdktf';
import { ArchiveBucket } from '../../../modules/archive-bucket/archive-bucket';
import { EmailEventStream } from '../../../modules/email-event-stream';
import { configurations } from '../configurations';
import { addresses, newStack, synthesizeStream, synthesizeWith } from '../synthesize';

describe('addresses of resources', () => {
  // Users have these in their states and imports: a changed address replaces a resource.
  it('do not change', () => {
    expect(addresses(synthesizeStream(configurations.everything))).toEqual([
      'aws_athena_named_query.catalog_bounces',
      'aws_athena_named_query.catalog_campaigns',
      'aws_athena_named_query.catalog_complaints',
      'aws_athena_named_query.catalog_configuration_sets',
      'aws_athena_named_query.catalog_daily',
      'aws_athena_named_query.catalog_delays',
      'aws_athena_named_query.catalog_delivery_times',
      'aws_athena_named_query.catalog_domains',
      'aws_athena_named_query.catalog_emails',
      'aws_athena_named_query.catalog_gaps',
      'aws_athena_named_query.catalog_health',
      'aws_athena_named_query.catalog_kinds',
      'aws_athena_named_query.catalog_late_events',
      'aws_athena_named_query.catalog_links',
      'aws_athena_named_query.catalog_machines',
      'aws_athena_named_query.catalog_messages',
      'aws_athena_named_query.catalog_missing',
      'aws_athena_named_query.catalog_providers',
      'aws_athena_named_query.catalog_rejections',
      'aws_athena_named_query.catalog_rendering_failures',
      'aws_athena_named_query.catalog_senders',
      'aws_athena_named_query.catalog_statuses',
      'aws_athena_named_query.catalog_subscriptions',
      'aws_athena_named_query.catalog_suppression',
      'aws_athena_named_query.catalog_tenants',
      'aws_athena_named_query.catalog_trend',
      'aws_athena_workgroup.catalog',
      'aws_cloudwatch_dashboard.dashboard',
      'aws_cloudwatch_log_group.stream',
      'aws_cloudwatch_log_stream.stream_backup',
      'aws_cloudwatch_log_stream.stream_destination',
      'aws_cloudwatch_metric_alarm.alarms_backup_freshness',
      'aws_cloudwatch_metric_alarm.alarms_backup_success',
      'aws_cloudwatch_metric_alarm.alarms_bounces',
      'aws_cloudwatch_metric_alarm.alarms_bounces_critical',
      'aws_cloudwatch_metric_alarm.alarms_complaints',
      'aws_cloudwatch_metric_alarm.alarms_complaints_critical',
      'aws_cloudwatch_metric_alarm.alarms_errors',
      'aws_cloudwatch_metric_alarm.alarms_failed_objects',
      'aws_cloudwatch_metric_alarm.alarms_freshness',
      'aws_cloudwatch_metric_alarm.alarms_quiet',
      'aws_cloudwatch_metric_alarm.alarms_set_bounces',
      'aws_cloudwatch_metric_alarm.alarms_set_bounces_critical',
      'aws_cloudwatch_metric_alarm.alarms_set_complaints',
      'aws_cloudwatch_metric_alarm.alarms_set_complaints_critical',
      'aws_cloudwatch_metric_alarm.alarms_success',
      'aws_cloudwatch_metric_alarm.alarms_throttled',
      'aws_cloudwatch_metric_alarm.alarms_unconverted',
      'aws_cloudwatch_metric_alarm.alarms_unprocessed',
      'aws_cloudwatch_metric_alarm.alarms_waiting_objects',
      'aws_glue_catalog_database.catalog',
      'aws_glue_catalog_table.catalog_arrivals',
      'aws_glue_catalog_table.catalog_bounces',
      'aws_glue_catalog_table.catalog_clicks',
      'aws_glue_catalog_table.catalog_complaints',
      'aws_glue_catalog_table.catalog_deliveries',
      'aws_glue_catalog_table.catalog_delivery_delays',
      'aws_glue_catalog_table.catalog_emails',
      'aws_glue_catalog_table.catalog_error_lines',
      'aws_glue_catalog_table.catalog_event_lines',
      'aws_glue_catalog_table.catalog_event_objects',
      'aws_glue_catalog_table.catalog_event_tags',
      'aws_glue_catalog_table.catalog_events',
      'aws_glue_catalog_table.catalog_messages',
      'aws_glue_catalog_table.catalog_opens',
      'aws_glue_catalog_table.catalog_recipients',
      'aws_glue_catalog_table.catalog_rejects_by_ses',
      'aws_glue_catalog_table.catalog_rendering_failures',
      'aws_glue_catalog_table.catalog_sends',
      'aws_glue_catalog_table.catalog_subscriptions',
      'aws_glue_catalog_table.catalog_unique_events',
      'aws_glue_catalog_table.catalog_unreadable_lines',
      'aws_iam_role.catalog_archive',
      'aws_iam_role.ses',
      'aws_iam_role.stream_delivery',
      'aws_iam_role_policy.catalog_archive',
      'aws_iam_role_policy.catalog_archive_key',
      'aws_iam_role_policy.ses',
      'aws_iam_role_policy.ses_key',
      'aws_iam_role_policy.stream_delivery',
      'aws_iam_role_policy.stream_delivery_key',
      'aws_iam_role_policy.stream_delivery_parquet',
      'aws_iam_role_policy.stream_delivery_processor',
      'aws_iam_role_policy.stream_delivery_schema',
      'aws_kinesis_firehose_delivery_stream.stream',
      'aws_kms_alias.key',
      'aws_kms_key.key',
      'aws_s3_bucket.archive',
      'aws_s3_bucket_lifecycle_configuration.archive',
      'aws_s3_bucket_logging.archive',
      'aws_s3_bucket_notification.objects',
      'aws_s3_bucket_object_lock_configuration.archive',
      'aws_s3_bucket_ownership_controls.archive',
      'aws_s3_bucket_policy.archive',
      'aws_s3_bucket_public_access_block.archive',
      'aws_s3_bucket_server_side_encryption_configuration.archive',
      'aws_s3_bucket_versioning.archive',
      'aws_scheduler_schedule.catalog_archive_compact_files',
      'aws_scheduler_schedule.catalog_archive_compact_windows',
      'aws_scheduler_schedule.catalog_archive_create_archive',
      'aws_scheduler_schedule.catalog_archive_create_tombstones',
      'aws_scheduler_schedule.catalog_archive_create_windows',
      'aws_scheduler_schedule.catalog_archive_delete_old_events',
      'aws_scheduler_schedule.catalog_archive_delete_old_undated_events',
      'aws_scheduler_schedule.catalog_archive_merge_events',
      'aws_scheduler_schedule.catalog_archive_merge_other_events',
      'aws_scheduler_schedule.catalog_archive_record_windows',
      'aws_scheduler_schedule.catalog_archive_remove_old_files',
      'aws_scheduler_schedule.catalog_archive_remove_old_windows',
      'aws_scheduler_schedule_group.catalog_archive',
      'aws_sesv2_configuration_set.sets',
      'aws_sesv2_configuration_set_event_destination.sets_eventbridge',
      'aws_sesv2_configuration_set_event_destination.sets_feedback',
      'aws_sesv2_configuration_set_event_destination.sets_stream',
      'aws_sqs_queue.objects',
      'aws_sqs_queue.objects_failed',
      'aws_sqs_queue_policy.objects',
      'aws_sqs_queue_policy.objects_failed',
      'aws_sqs_queue_redrive_allow_policy.objects',
      'terraform_data.key',
    ]);
  });

  it('begin with the id of the stream unless it is Default, so that a stack can contain several', () => {
    const stack = synthesizeWith((scope) => {
      new EmailEventStream(scope, 'shop-mail', { name: 'shop-mail' });
      new EmailEventStream(scope, 'Default');
    });
    expect(Object.keys(stack.resource.aws_s3_bucket ?? {}).sort()).toEqual(['archive', 'shop_mail_archive']);
    expect(Object.keys(stack.data)).toHaveLength(3);
  });

  it.each<[string, (stack: TerraformStack) => void, string]>([
    [
      'two constructs',
      (stack) => {
        for (const id of ['a-b', 'a_b']) new ArchiveBucket(stack, id, { name: 'mail-events' });
      },
      'aws_s3_bucket.a_b is the address of stack/a-b/bucket and stack/a_b/bucket',
    ],
    [
      "a user's resource and a construct's",
      (stack) => {
        new S3Bucket(stack, 'archive', { bucket: 'another' });
        new EmailEventStream(stack, 'Default');
      },
      'aws_s3_bucket.archive is the address of stack/archive and stack/Default/archive/bucket',
    ],
  ])('cannot be shared by %s, which CDKTF would merge', (_, build, message) => {
    const stack = newStack();
    build(stack);
    expect(stack.node.validate()).toContainEqual(expect.stringContaining(message));
  });

  it('do not conflict with the resources of a user', () => {
    const stack = newStack();
    new DataAwsCallerIdentity(stack, 'current', {});
    new S3Bucket(stack, 'logs', {});
    new EmailEventStream(stack, 'Default');
    expect(stack.node.validate().filter((issue) => issue.includes('is the address of'))).toEqual([]);
  });

  it('are valid in Terraform for any construct id', () => {
    const stack = synthesizeWith((scope) => new ArchiveBucket(scope, '1-mail.archive'));
    expect(addresses(stack)).toContain('aws_s3_bucket._1_mail_archive');
  });
});
