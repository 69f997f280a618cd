import { and } from '../cdktf/condition';
import { type Alarm, type Alarms, above } from './alarm';

/** The stream to watch, and the thresholds. */
interface WatchedStream {
  readonly streamName: string;
  readonly logGroupName: string | undefined;
  readonly createStream: Alarm['condition'];
  readonly parquetConversion: Alarm['condition'];
  readonly processRecords: Alarm['condition'];
  readonly alarmFreshness: number;
  readonly alarmDeliverySuccess: number;
  readonly alarmThrottledRecords: number;
  readonly alarmQuietHours: number;
}

/**
 * Returns the alarms of the stream, by name.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html
 */
function deliveryAlarms(stream: WatchedStream): Alarms {
  const { parquetConversion, processRecords, logGroupName } = stream;
  const ofStream = { namespace: 'AWS/Firehose', dimensions: { DeliveryStreamName: stream.streamName } };
  /** The alarm for old records on one of the stream's two delivery paths to the bucket. */
  const freshness = (path: string, condition: Alarm['condition']): Alarm => ({
    ...ofStream,
    ...above,
    condition,
    alarmDescription: 'Email events wait too long for delivery to S3.',
    metricName: `${path}.DataFreshness`,
    statistic: 'Maximum',
    threshold: stream.alarmFreshness,
    evaluationPeriods: 3,
  });
  /** The alarm for failed writes on one of them. */
  const success = (path: string, condition: Alarm['condition']): Alarm => ({
    ...ofStream,
    ...above,
    condition,
    alarmDescription: 'Writes of email events to S3 fail.',
    metricName: `${path}.Success`,
    statistic: 'Average',
    comparisonOperator: 'LessThanThreshold',
    threshold: stream.alarmDeliverySuccess,
    evaluationPeriods: 3,
  });
  return {
    freshness: freshness('DeliveryToS3', true),
    success: success('DeliveryToS3', true),
    throttled: {
      ...ofStream,
      ...above,
      condition: true,
      alarmDescription: 'The Firehose stream of email events is throttled.',
      metricName: 'ThrottledRecords',
      statistic: 'Sum',
      threshold: stream.alarmThrottledRecords,
    },
    quiet: {
      ...ofStream,
      condition: true,
      alarmDescription:
        'No email event has arrived for hours. Check that mail is sent with the configuration set.',
      metricName: 'IncomingRecords',
      statistic: 'Sum',
      comparisonOperator: 'LessThanThreshold',
      threshold: 1,
      treatMissingData: 'breaching',
      period: 3600,
      evaluationPeriods: stream.alarmQuietHours,
    },
    // With Parquet, the backup delivers the unchanged records.
    backup_freshness: freshness('BackupToS3', parquetConversion),
    backup_success: success('BackupToS3', parquetConversion),
    unconverted: {
      ...ofStream,
      ...above,
      condition: parquetConversion,
      alarmDescription:
        'Email events could not be converted to Parquet. The unchanged records are in the bucket.',
      metricName: 'FailedConversion.Records',
      statistic: 'Sum',
      threshold: 0,
    },
    unprocessed: {
      ...ofStream,
      ...above,
      condition: processRecords,
      alarmDescription: 'The Lambda function fails to transform email events.',
      metricName: 'ExecuteProcessing.Success',
      statistic: 'Average',
      comparisonOperator: 'LessThanThreshold',
      threshold: 1,
    },
    errors: {
      ...above,
      condition: and(stream.createStream, logGroupName !== undefined),
      namespace: 'AWS/Logs',
      dimensions: { LogGroupName: logGroupName ?? '' },
      alarmDescription: 'Firehose could not deliver email events. The log group has the reasons.',
      metricName: 'IncomingLogEvents',
      statistic: 'Sum',
      threshold: 0,
    },
  };
}

export { deliveryAlarms };
