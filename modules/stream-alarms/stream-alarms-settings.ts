import { z } from 'zod';
import { and, exceeds, implies, isEmpty, lengthOf, not, or } from '../cdktf/condition';
import type { deliveryStreamSettings } from '../delivery-stream/delivery-stream-settings';
import type { Configured } from '../settings/configure';
import { field } from '../settings/field';
import { distinct, formatValue, type Rule } from '../settings/rule';

const reputation = 'https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-cloudwatch-alarm.html';
const rate = z.number().min(0).max(1);

/** Settings of the CloudWatch alarms. */
const fields = {
  alarms: field(z.boolean().default(false), {
    description:
      'Create CloudWatch alarms for the stream, and for the bounce and complaint rates of the account.',
  }),
  alarmActions: field(z.array(z.string().regex(/^arn:.+$/)).default([]), {
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
    description:
      'Actions of every alarm, when it goes off and when it recovers: at most 5 ARNs, in the same region. Without an action, alarms send no notification. ' +
      'An encrypted SNS topic requires a customer-managed key that allows kms:Decrypt and kms:GenerateDataKey* for cloudwatch.amazonaws.com. ' +
      'With the key alias/aws/sns, notifications are lost.',
    allowed: 'ARNs, such as those of SNS topics',
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
  alarmBounceRate: field(rate.default(0.05), {
    description:
      'Bounce rate of the account at which the alarm goes off. SES reviews an account at 0.05, and can pause its sending at 0.1.',
    source: reputation,
  }),
  alarmComplaintRate: field(rate.default(0.001), {
    description:
      'Complaint rate of the account at which the alarm goes off. SES reviews an account at 0.001, and can pause its sending at 0.005.',
    source: reputation,
  }),
};

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const maximumAlarmActions = 5;

type Config = Configured<
  typeof fields & Pick<typeof deliveryStreamSettings.fields, 'createStream' | 'bufferingInterval'>
>;

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

const streamAlarmsSettings = { title: 'Alarms', fields, rules };

export { streamAlarmsSettings };
