import type { CloudwatchMetricAlarmConfig } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { Condition } from '../cdktf/condition';

/** An alarm without the properties that all alarms share. */
interface Alarm extends Omit<CloudwatchMetricAlarmConfig, 'alarmName'> {
  /** Whether the alarm is created if alarms are. */
  readonly condition: Condition;
}

/** Alarms by name. */
type Alarms = Readonly<Record<string, Alarm>>;

/** Goes off for a value above the threshold within five minutes. Missing data is not a problem. */
const above = {
  comparisonOperator: 'GreaterThanThreshold',
  treatMissingData: 'notBreaching',
  period: 300,
  evaluationPeriods: 1,
} as const;

export { type Alarm, type Alarms, above };
