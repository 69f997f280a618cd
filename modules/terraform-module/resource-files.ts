/**
 * The files of the module's resources, with a comment for each resource: what it is, and why it is as it is. Each resource
 * that a construct creates must be here, except those of the catalog whose comment is their description.
 */
const resourceFiles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'account.tf': {
    'data.aws_caller_identity.email_events':
      'The account of the provider. It must be var.account_id, if that is set.',
    'data.aws_region.email_events': 'The region of the provider. It must be var.region, if that is set.',
    'data.aws_partition.email_events':
      'The partition of the provider, for ARNs. It must be var.partition, if that is set.',
  },
  'ses-role.tf': {
    'aws_iam_role.ses':
      'The role that SES assumes to put events into the stream. Only SES can assume it, and by default only for the\nconfiguration sets of this account that are listed here.',
    'aws_iam_role_policy.ses': 'SES can describe this stream and put records into it.',
    'aws_iam_role_policy.ses_key': 'SES can use the customer-managed key, but only through Firehose.',
  },
  'configuration-sets.tf': {
    'aws_sesv2_configuration_set.sets':
      'The created configuration sets. A message that is sent with one of them is recorded. SES refuses messages with a\nset that does not exist, so stop sending before you destroy one.',
    'aws_sesv2_configuration_set_event_destination.sets_stream':
      'Sends the events of each set, created or existing, to the stream. SES checks the role at creation, so its policies\ncome first.',
    'aws_sesv2_configuration_set_event_destination.sets_feedback':
      'Sends the events of var.feedback_event_types also to an SNS topic, for programs that react at once.',
    'aws_sesv2_configuration_set_event_destination.sets_eventbridge':
      'Sends the same events also to the default event bus of EventBridge.',
  },
  'delivery-stream.tf': {
    'aws_cloudwatch_log_group.stream': 'The errors of the stream.',
    'aws_cloudwatch_log_stream.stream_destination':
      'Errors of the delivery to S3. Firehose does not create it.',
    'aws_cloudwatch_log_stream.stream_backup':
      'Errors of the delivery of the original records, if events are converted to Parquet.',
    'aws_kinesis_firehose_delivery_stream.stream':
      'The stream from SES to S3. The bucket is protected, and the role has its policies, before the first record arrives.\nBoth remain until the last one is delivered.',
  },
  'delivery-role.tf': {
    'aws_iam_role.stream_delivery':
      'The role with which Firehose writes to the bucket. Only Firehose can assume it, for this account.',
    'aws_iam_role_policy.stream_delivery':
      'Firehose can write below the prefixes of events and errors only, in a bucket of the expected account, and log errors.',
    'aws_iam_role_policy.stream_delivery_parquet': 'With Parquet, Firehose can also write below its prefix.',
    'aws_iam_role_policy.stream_delivery_key':
      'Firehose can use the customer-managed key, but only through S3 and for objects of the bucket.',
    'aws_iam_role_policy.stream_delivery_processor':
      'Firehose can invoke the Lambda function that transforms records.',
    'aws_iam_role_policy.stream_delivery_schema': 'Firehose can read the schema of the Parquet objects.',
  },
  'archive-bucket.tf': {
    'aws_s3_bucket.archive':
      'The bucket of the events. Terraform neither replaces it when its name changes, nor destroys it while it contains\nobjects, unless var.force_destroy is true.',
    'aws_s3_bucket_public_access_block.archive': 'Nothing in the bucket is ever public.',
    'aws_s3_bucket_ownership_controls.archive': 'The account owns every object; ACLs have no effect.',
    'aws_s3_bucket_policy.archive': 'Refuses requests without TLS.',
    'aws_s3_bucket_server_side_encryption_configuration.archive':
      'Encrypts objects with the customer-managed key or with a key of S3.',
    'aws_s3_bucket_versioning.archive': 'Keeps overwritten and deleted objects for var.noncurrent_days.',
    'aws_s3_bucket_object_lock_configuration.archive':
      'Retains each version of an object for var.object_lock_days, if var.object_lock_mode is set.',
    'aws_s3_bucket_lifecycle_configuration.archive':
      'Moves and deletes events, errors and query results by age. A part that is off has no rule.',
    'aws_s3_bucket_logging.archive': 'Logs each access to the bucket in another bucket.',
  },
  'encryption-key.tf': {
    'terraform_data.key':
      'Remembers whether the first deployment created a key, so that a plan that would delete the key by accident fails.',
    'aws_kms_key.key':
      'The created key. The account administers it, and the log group and S3 notifications can use it.',
    'aws_kms_alias.key': 'A name for the key in the console.',
  },
  'object-queue.tf': {
    'aws_sqs_queue.objects_failed':
      'Keeps messages that a reader could not process, until 14 days after they were sent.',
    'aws_sqs_queue.objects': 'The queue of new objects, for `ses-events ingest --queue`.',
    'aws_sqs_queue_redrive_allow_policy.objects':
      'Only the queue of new objects can use the dead-letter queue.',
    'aws_sqs_queue_policy.objects_failed': 'Refuses requests without TLS.',
    'aws_sqs_queue_policy.objects':
      'S3 can send notifications of this bucket only. Refuses requests without TLS.',
    'aws_s3_bucket_notification.objects':
      'Sends a message for each new object of events. A bucket has one such configuration, so this one replaces\nany other.',
  },
  'catalog.tf': {
    'aws_glue_catalog_database.catalog': 'The database of the tables and views, for queries with Athena.',
    'aws_glue_catalog_table.catalog_event_lines':
      'The delivered lines. Athena computes the partitions from the time, so that nothing has to add them.',
    'aws_glue_catalog_table.catalog_error_lines': 'The error records, in the same way.',
    'aws_athena_workgroup.catalog':
      'The workgroup of the queries. Their results are encrypted, and each can scan a limited amount of data.',
  },
  'catalog-archive.tf': {
    'aws_scheduler_schedule_group.catalog_archive': 'The group of the schedules of the archive.',
    'aws_iam_role.catalog_archive':
      'The role with which the schedules start their statements. Only EventBridge Scheduler can assume it, for this group.',
    'aws_iam_role_policy.catalog_archive':
      'The schedules can start statements in the workgroup only. Athena can read the events, and change the tables and\nfiles of the archive only, in a bucket of the expected account.',
    'aws_iam_role_policy.catalog_archive_key':
      'Athena can use the customer-managed key for the schedules, but only through S3 and for objects of the bucket.',
  },
  'alarms.tf': {
    'aws_cloudwatch_metric_alarm.alarms_freshness':
      'The oldest record in Firehose is too old: it cannot write to the bucket.',
    'aws_cloudwatch_metric_alarm.alarms_success':
      'Firehose retries writes that fail for a day; then records are lost.',
    'aws_cloudwatch_metric_alarm.alarms_throttled':
      'SES puts more records than the quota of the stream allows.',
    'aws_cloudwatch_metric_alarm.alarms_quiet':
      'Missing data counts as no events, because Firehose then publishes nothing.',
    'aws_cloudwatch_metric_alarm.alarms_backup_freshness':
      'With Parquet, the age of the oldest original record.',
    'aws_cloudwatch_metric_alarm.alarms_backup_success': 'With Parquet, the writes of the original records.',
    'aws_cloudwatch_metric_alarm.alarms_unconverted':
      'Records that do not fit the schema of the Parquet objects; the backup has them.',
    'aws_cloudwatch_metric_alarm.alarms_unprocessed':
      'A record that the Lambda function does not transform goes to the prefix of errors.',
    'aws_cloudwatch_metric_alarm.alarms_errors':
      'Only Firehose writes to this log group, and only errors: for each, records could not be delivered.',
    'aws_cloudwatch_metric_alarm.alarms_failed_objects':
      'A message that a reader could not process remains in the dead-letter queue until 14 days after it was sent.',
    'aws_cloudwatch_metric_alarm.alarms_waiting_objects':
      'Nobody reads the queue, or the reader is too slow.',
    'aws_cloudwatch_metric_alarm.alarms_bounces':
      'The bounce rate of the account in this region. SES reviews an account at 5%.',
    'aws_cloudwatch_metric_alarm.alarms_bounces_critical':
      'The bounce rate at which SES can pause the sending of an account.',
    'aws_cloudwatch_metric_alarm.alarms_complaints':
      'The complaint rate of the whole account in the region, in the same way.',
    'aws_cloudwatch_metric_alarm.alarms_complaints_critical':
      'The complaint rate at which SES can pause the sending of an account.',
    'aws_cloudwatch_metric_alarm.alarms_set_bounces':
      'The same for each configuration set, to see which mail bounces. Existing sets must publish reputation metrics.',
    'aws_cloudwatch_metric_alarm.alarms_set_bounces_critical': 'The critical bounce rate of each set.',
    'aws_cloudwatch_metric_alarm.alarms_set_complaints': 'The complaint rate of each set.',
    'aws_cloudwatch_metric_alarm.alarms_set_complaints_critical': 'The critical complaint rate of each set.',
  },
  'dashboard.tf': {
    'aws_cloudwatch_dashboard.dashboard': 'The way of events from SES to S3, and the rates that SES reviews.',
  },
  'checks.tf': {
    'check.rendering_failures': 'Warns in a plan; it does not fail.',
    'check.engagement_tracking': 'Warns if an apply would change the mail of existing sets.',
  },
};

export { resourceFiles };
