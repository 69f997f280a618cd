import { z } from 'zod';
import { and, exceeds, implies, isEmpty, lengthOf, not, or } from '../cdktf/condition';
import type { deliveryStreamSettings } from '../delivery-stream/delivery-stream-settings';
import type { Configured } from '../settings/configure';
import { field } from '../settings/field';
import { distinct, formatValue, type Rule } from '../settings/rule';

const reputation = 'https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-cloudwatch-alarm.html';
const rate = z.number().min(0).max(1);

const rateOf = (of: string, level: string, minimum: number) =>
  field(rate.default(minimum), {
    description: `${of} rate of the account, or of a configuration set, at which the ${level} alarm goes off.`,
    source: reputation,
  });

/** Settings of the CloudWatch alarms, and of the dashboard with their thresholds. */
const fields = {
  alarms: field(z.boolean().default(false), {
    description:
      'Create CloudWatch alarms for the stream, for the queue of new objects, and for the bounce and complaint rates of the account and of each configuration set.',
  }),
  alarmActions: field(z.array(z.string().regex(/^arn:.+$/)).default([]), {
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
    description:
      'Actions of every alarm, when it goes off and when it recovers: at most 5 ARNs, in the same region. ' +
      'An encrypted SNS topic requires a customer-managed key that allows kms:Decrypt and kms:GenerateDataKey* for cloudwatch.amazonaws.com. ' +
      'With the key alias/aws/sns, notifications are lost.',
    allowed: 'ARNs, such as those of SNS topics',
  }),
  alarmsWithoutActions: field(z.boolean().default(false), {
    description:
      'Create the alarms although `alarmActions` is empty. They send no notification and are visible in the console only.',
  }),
  alarmFreshness: field(z.number().int().min(60).max(86_400).default(1800), {
    source: 'a limit of this project',
    description: 'Age of the oldest undelivered record above which the alarm goes off.',
    unit: 'seconds',
  }),
  alarmDeliverySuccess: field(rate.default(0.99), {
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html',
    description: 'Share of successful writes to S3 below which the alarm goes off.',
  }),
  alarmThrottledRecords: field(z.number().int().min(0).max(1_000_000).default(0), {
    source: 'a limit of this project',
    description: 'Number of throttled records in 5 minutes above which the alarm goes off.',
    unit: 'records',
  }),
  alarmQuietHours: field(z.number().int().min(1).max(168).default(24), {
    description:
      'Time without records after which the alarm goes off. It also goes off after the first deployment, until the first email is sent.',
    unit: 'hours',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
  }),
  alarmQueueAge: field(z.number().int().min(60).max(1_209_600).default(3600), {
    description: 'Age of the oldest message in the queue of new objects above which the alarm goes off.',
    unit: 'seconds',
    source: 'a limit of this project',
  }),
  accountReputationAlarms: field(z.boolean().default(true), {
    description:
      'With `alarms`, create the alarms for the bounce and complaint rates of the account. They belong to the region: with several streams in a region, use false for all but one.',
  }),
  alarmBounceRate: rateOf('Bounce', 'warning', 0.05),
  alarmCriticalBounceRate: rateOf('Bounce', 'critical', 0.1),
  alarmComplaintRate: rateOf('Complaint', 'warning', 0.001),
  alarmCriticalComplaintRate: rateOf('Complaint', 'critical', 0.005),
  dashboard: field(z.boolean().default(false), {
    description:
      'Create a CloudWatch dashboard: the mail of the account, the path of its events through the stream to S3, errors, and the bounce and complaint rates with the thresholds of the alarms.',
    source:
      'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html',
  }),
};

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const maximumAlarmActions = 5;

type Config = Configured<
  typeof fields & Pick<typeof deliveryStreamSettings.fields, 'createStream' | 'bufferingInterval'>
>;

/** Creates the rule for a critical threshold, which must be above that of the warning. */
const isCritical = <Critical extends string, Warning extends string>(
  critical: Critical,
  warning: Warning,
): Rule<Record<Critical | Warning, number>> => ({
  setting: critical,
  message: (config) =>
    `is ${formatValue(config[critical])}, but must be greater than ${warning} (${formatValue(config[warning])}): increase it`,
  holds: (config) => exceeds(config[critical], config[warning]),
});

const rules: readonly Rule<Config>[] = [
  distinct('alarmActions'),
  {
    setting: 'alarmActions',
    message: ({ alarmActions }) =>
      `has ${formatValue(lengthOf(alarmActions))} ARNs, but CloudWatch allows ${maximumAlarmActions} per alarm: remove some, ` +
      'or use an SNS topic with several subscriptions',
    holds: ({ alarmActions }) => not(exceeds(lengthOf(alarmActions), maximumAlarmActions)),
  },
  {
    setting: 'alarmActions',
    message:
      'is empty, but alarms is true: alarms without an action notify nobody. Set alarmActions to the ARN of an SNS topic, or set alarmsWithoutActions to true',
    holds: ({ alarms, alarmActions, alarmsWithoutActions }) =>
      implies(alarms, or(alarmsWithoutActions, not(isEmpty(alarmActions)))),
  },
  {
    setting: 'alarmActions',
    message: 'is not empty, but alarmsWithoutActions is true: remove one of them',
    holds: ({ alarmActions, alarmsWithoutActions }) => implies(alarmsWithoutActions, isEmpty(alarmActions)),
  },
  isCritical('alarmCriticalBounceRate', 'alarmBounceRate'),
  isCritical('alarmCriticalComplaintRate', 'alarmComplaintRate'),
  {
    setting: 'alarmFreshness',
    message: ({ alarmFreshness, bufferingInterval }) =>
      `is ${formatValue(alarmFreshness)}, but must be greater than bufferingInterval (${formatValue(bufferingInterval)}), or the alarm goes off in normal operation: increase it`,
    holds: ({ alarms, createStream, alarmFreshness, bufferingInterval }) =>
      implies(and(alarms, createStream), exceeds(alarmFreshness, bufferingInterval)),
  },
  {
    setting: 'alarmActions',
    message: 'has no effect: set alarms to true, or remove alarmActions',
    holds: ({ alarms, alarmActions }) => or(alarms, isEmpty(alarmActions)),
  },
];

const streamAlarmsSettings = { title: 'Alarms and dashboard', fields, rules };

export { streamAlarmsSettings };
