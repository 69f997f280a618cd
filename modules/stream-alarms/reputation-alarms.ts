import type { Alarms } from './alarm';

/** The thresholds of the bounce and complaint rates. */
interface ReputationThresholds {
  readonly alarmBounceRate: number;
  readonly alarmCriticalBounceRate: number;
  readonly alarmComplaintRate: number;
  readonly alarmCriticalComplaintRate: number;
}

/** The dimension of the rates of a configuration set. */
const setDimension = 'ses:configuration-set';

/**
 * Returns the alarms of the bounce and complaint rates, by name, with two levels each. SES computes the rates over a
 * representative volume.
 * @param of the sender with these rates, in the descriptions
 * @see https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-cloudwatch-alarm.html
 */
function reputationAlarms(of: string, thresholds: ReputationThresholds): Alarms {
  const alarm = (metric: string, threshold: number, alarmDescription: string) => ({
    condition: true,
    alarmDescription,
    namespace: 'AWS/SES',
    metricName: `Reputation.${metric}`,
    statistic: 'Average',
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    threshold,
    treatMissingData: 'ignore',
    period: 3600,
    evaluationPeriods: 1,
  });
  return {
    bounces: alarm(
      'BounceRate',
      thresholds.alarmBounceRate,
      `Warning: the bounce rate of ${of} is high. SES reviews an account at 5%.`,
    ),
    bounces_critical: alarm(
      'BounceRate',
      thresholds.alarmCriticalBounceRate,
      `Critical: the bounce rate of ${of} is high. SES can pause the sending of an account at 10%.`,
    ),
    complaints: alarm(
      'ComplaintRate',
      thresholds.alarmComplaintRate,
      `Warning: the complaint rate of ${of} is high. SES reviews an account at 0.1%.`,
    ),
    complaints_critical: alarm(
      'ComplaintRate',
      thresholds.alarmCriticalComplaintRate,
      `Critical: the complaint rate of ${of} is high. SES can pause the sending of an account at 0.5%.`,
    ),
  };
}

export { reputationAlarms, setDimension };
