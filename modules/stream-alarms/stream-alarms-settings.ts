import { z } from 'zod';
import { and, exceeds, implies, isEmpty, lengthOf, not, or } from '../cdktf/condition';
import type { deliveryStreamSettings } from '../delivery-stream/delivery-stream-settings';
import type { Configured } from '../settings/configure';
import { field } from '../settings/field';
import { distinct, type Rule, shown } from '../settings/rule';

const reputation = 'https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-cloudwatch-alarm.html';
const rate = z.number().min(0).max(1);

/** Settings of the CloudWatch alarms. */
const fields = {
  alarms: field(z.boolean().default(false), {
    description: 'Create the alarms.',
  }),
  alarmActions: field(z.array(z.string().regex(/^arn:.+$/)).default([]), {
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
    description:
      'What an alarm does when it goes off and when it is over: at most 5 ARNs, of this region. Without one, alarms tell nobody. ' +
      'An SNS topic that is encrypted requires a customer-managed key whose policy lets cloudwatch.amazonaws.com use kms:Decrypt and kms:GenerateDataKey*; ' +
      'under alias/aws/sns the notifications are lost.',
    allowed: 'ARNs, of SNS topics for example',
  }),
  alarmFreshness: field(z.number().int().min(60).max(86_400).default(1800), {
    source: 'a bound of ours',
    description: 'Age of the oldest record that is not delivered yet.',
    unit: 'seconds',
  }),
  alarmDeliverySuccess: field(rate.default(0.99), {
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html',
    description: 'Share of writes to S3 that succeed, below which the alarm goes off.',
  }),
  alarmThrottledRecords: field(z.number().int().min(0).max(1_000_000).default(0), {
    source: 'a bound of ours',
    description: 'Throttled records in five minutes, above which the alarm goes off.',
    unit: 'records',
  }),
  alarmQuietHours: field(z.number().int().min(1).max(168).default(24), {
    description: 'How long no record may come. It goes off after the first deploy too, until the first mail.',
    unit: 'hours',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
  }),
  alarmBounceRate: field(rate.default(0.05), {
    description: "The account's bounce rate. SES reviews an account at 0.05 and may stop it at 0.1.",
    source: reputation,
  }),
  alarmComplaintRate: field(rate.default(0.001), {
    description: "The account's complaint rate. SES reviews an account at 0.001 and may stop it at 0.005.",
    source: reputation,
  }),
};

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const mostAlarmActions = 5;

type Config = Configured<
  typeof fields & Pick<typeof deliveryStreamSettings.fields, 'createStream' | 'bufferingInterval'>
>;

const rules: readonly Rule<Config>[] = [
  distinct('alarmActions'),
  {
    setting: 'alarmActions',
    message: ({ alarmActions }) =>
      `has ${shown(lengthOf(alarmActions))} ARNs, and CloudWatch takes ${mostAlarmActions} for an alarm: leave some ` +
      'out, or let one SNS topic send to several',
    holds: ({ alarmActions }) => not(exceeds(lengthOf(alarmActions), mostAlarmActions)),
  },
  {
    setting: 'alarmFreshness',
    message: ({ alarmFreshness, bufferingInterval }) =>
      `is ${shown(alarmFreshness)}, not above bufferingInterval (${shown(bufferingInterval)}), so that the alarm would go off in normal operation: raise it`,
    holds: ({ alarms, createStream, alarmFreshness, bufferingInterval }) =>
      implies(and(alarms, createStream), exceeds(alarmFreshness, bufferingInterval)),
  },
  {
    setting: 'alarmActions',
    message: 'has no effect: set alarms to true, or leave it out',
    holds: ({ alarms, alarmActions }) => or(alarms, isEmpty(alarmActions)),
  },
];

const streamAlarmsSettings = { title: 'Alarms', fields, rules };

export { streamAlarmsSettings };
