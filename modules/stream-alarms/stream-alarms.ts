import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Annotations } from 'cdktf';
import { Construct } from 'constructs';
import { and, type Condition, isEmpty } from '../cdktf/condition';
import { type OptionalResource, optionalResources } from '../cdktf/optional-resource';
import { deliveryStreamSettings } from '../delivery-stream/delivery-stream-settings';
import { type Configured, combine, configure, pick } from '../settings/configure';
import { namingSettings } from '../settings/shared-settings';
import type { StreamProps } from '../settings/stream-props.generated';
import { streamAlarmsSettings } from './stream-alarms-settings';

const settings = combine(
  pick(namingSettings, 'name', 'tags'),
  streamAlarmsSettings,
  pick(deliveryStreamSettings, 'parquetConversion'),
);

/** Settings of the alarms, and the stream to watch. */
interface StreamAlarmsProps extends Pick<StreamProps, keyof typeof settings.fields> {
  /** The stream to watch. */
  readonly streamName: string;
}

/** An alarm without the properties that all alarms share. */
type Alarm = Omit<CloudwatchMetricAlarmConfig, 'alarmName'>;

type Settings = Configured<typeof settings.fields>;

/** Creates the alarm for old records on one of the stream's two delivery paths to the bucket. */
const freshness = (path: string, config: Settings): Alarm => ({
  alarmDescription: 'Email events wait too long for delivery to S3.',
  metricName: `${path}.DataFreshness`,
  statistic: 'Maximum',
  comparisonOperator: 'GreaterThanThreshold',
  threshold: config.alarmFreshness,
  treatMissingData: 'notBreaching',
  period: 300,
  evaluationPeriods: 3,
});

/** Creates the alarm for failed writes on one of them. */
const success = (path: string, config: Settings): Alarm => ({
  alarmDescription: 'Writes of email events to S3 fail.',
  metricName: `${path}.Success`,
  statistic: 'Average',
  comparisonOperator: 'LessThanThreshold',
  threshold: config.alarmDeliverySuccess,
  treatMissingData: 'notBreaching',
  period: 300,
  evaluationPeriods: 3,
});

/** With Parquet, the backup delivers the unchanged records. */
const backupAlarms = (config: Settings): Record<string, Alarm> => ({
  backup_freshness: freshness('BackupToS3', config),
  backup_success: success('BackupToS3', config),
});

/**
 * Alarms of the stream, by name.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html
 */
const firehoseAlarms = (config: Settings): Record<string, Alarm> => ({
  freshness: freshness('DeliveryToS3', config),
  success: success('DeliveryToS3', config),
  throttled: {
    alarmDescription: 'The Firehose stream of email events is throttled.',
    metricName: 'ThrottledRecords',
    statistic: 'Sum',
    comparisonOperator: 'GreaterThanThreshold',
    threshold: config.alarmThrottledRecords,
    treatMissingData: 'notBreaching',
    period: 300,
    evaluationPeriods: 1,
  },
  quiet: {
    alarmDescription:
      'No email event has arrived for hours. Check that mail is sent with the configuration set.',
    metricName: 'IncomingRecords',
    statistic: 'Sum',
    comparisonOperator: 'LessThanThreshold',
    threshold: 1,
    treatMissingData: 'breaching',
    period: 3600,
    evaluationPeriods: config.alarmQuietHours,
  },
});

/**
 * Alarms of the account's reputation in the region, by name. SES computes the rates over a representative
 * volume.
 * @see https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-cloudwatch-alarm.html
 */
const reputationAlarms = (config: Settings): Record<string, Alarm> => {
  const rate: Omit<Alarm, 'metricName' | 'alarmDescription' | 'threshold'> = {
    statistic: 'Average',
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    treatMissingData: 'ignore',
    period: 3600,
    evaluationPeriods: 1,
  };
  return {
    bounces: {
      ...rate,
      alarmDescription: 'The bounce rate is high. SES reviews an account at 5%.',
      metricName: 'Reputation.BounceRate',
      threshold: config.alarmBounceRate,
    },
    complaints: {
      ...rate,
      alarmDescription: 'The complaint rate is high. SES reviews an account at 0.1%.',
      metricName: 'Reputation.ComplaintRate',
      threshold: config.alarmComplaintRate,
    },
  };
};

/** Warning about alarms without an action. */
const silentAlarmsWarning =
  'alarms is true but alarmActions is empty, so alarms send no notification: set alarmActions to the ARN of an SNS topic';

/**
 * CloudWatch alarms for late events, failed writes, throttled records, missing events, bounces and
 * complaints.
 *
 * @example new StreamAlarms(this, 'alarms', { streamName, alarmActions: [topicArn] })
 */
class StreamAlarms extends Construct {
  /** The alarms' resources, by name. */
  readonly alarms: Readonly<Record<string, OptionalResource<CloudwatchMetricAlarm>>>;

  constructor(scope: Construct, id: string, props: StreamAlarmsProps) {
    super(scope, id);
    const config = configure(this.node.path, settings, { alarms: true, ...props });
    const { name, tags } = config;
    const actions = [...config.alarmActions];
    if (and(config.alarms, isEmpty(actions)) === true) Annotations.of(this).addWarning(silentAlarmsWarning);
    const alarm = (
      alarmOf: string,
      specific: Alarm,
      subject: Pick<CloudwatchMetricAlarmConfig, 'namespace' | 'dimensions'>,
      condition: Condition = true,
    ) =>
      optionalResources(this, and(config.alarms, condition))(
        (count) =>
          new CloudwatchMetricAlarm(this, alarmOf, {
            ...count,
            ...subject,
            ...specific,
            alarmName: `${name}-${alarmOf.replace('_', '-')}`,
            alarmActions: actions,
            okActions: actions,
            tags,
          }),
        alarmOf,
      );
    const ofStream = { namespace: 'AWS/Firehose', dimensions: { DeliveryStreamName: props.streamName } };
    const ofAccount = { namespace: 'AWS/SES' };
    const each = (
      alarms: Record<string, Alarm>,
      subject: typeof ofStream | typeof ofAccount,
      condition?: Condition,
    ) => Object.entries(alarms).map(([key, specific]) => [key, alarm(key, specific, subject, condition)]);
    this.alarms = Object.fromEntries([
      ...each(firehoseAlarms(config), ofStream),
      ...each(backupAlarms(config), ofStream, config.parquetConversion),
      ...each(reputationAlarms(config), ofAccount),
    ]);
  }
}

export { StreamAlarms, type StreamAlarmsProps, silentAlarmsWarning };
