import type { Metric, MetricAlarm } from '@aws-sdk/client-cloudwatch';

/** The parts of a deployment whose metrics alarms can watch, as far as they were found. */
interface Watched {
  readonly configurationSet: string;
  readonly streamName: string | undefined;
  /** The log group of the stream's errors. */
  readonly logGroupName: string | undefined;
  /** The queues that the bucket notifies of new objects. */
  readonly queueNames: readonly string[];
}

/** Returns all metrics of an alarm: its own one, or those of its expression. */
function metricsOf({ Namespace, MetricName, Dimensions, Metrics = [] }: MetricAlarm): Metric[] {
  const ofExpression = Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
  return MetricName === undefined ? ofExpression : [{ Namespace, MetricName, Dimensions }];
}

/** Whether a metric is that of a part. */
function isOfPart({ Namespace, MetricName = '', Dimensions = [] }: Metric, watched: Watched): boolean {
  const dimension = (name: string) => Dimensions.find(({ Name }) => Name === name)?.Value;
  switch (Namespace) {
    case 'AWS/Firehose':
      return watched.streamName !== undefined && dimension('DeliveryStreamName') === watched.streamName;
    case 'AWS/Logs':
      return watched.logGroupName !== undefined && dimension('LogGroupName') === watched.logGroupName;
    case 'AWS/SQS': {
      const queue = dimension('QueueName') ?? '';
      // The name of a dead-letter queue usually begins with that of its queue.
      return watched.queueNames.some((name) => queue === name || queue.startsWith(`${name}-`));
    }
    case 'AWS/SES':
      return (
        MetricName.startsWith('Reputation.') &&
        [undefined, watched.configurationSet].includes(dimension('ses:configuration-set'))
      );
    default:
      return false;
  }
}

/** Whether an alarm watches the stream, its errors, its queues, or the rates of the account or of the set. */
function isWatching(alarm: MetricAlarm, watched: Watched): boolean {
  return metricsOf(alarm).some((metric) => isOfPart(metric, watched));
}

export { isWatching, type Watched };
