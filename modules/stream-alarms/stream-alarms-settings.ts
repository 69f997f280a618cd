import { z } from 'zod';
import { field } from '../settings/field';

const reputation = 'https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-cloudwatch-alarm.html';
const rate = z.number().min(0).max(1);

/** Settings of the CloudWatch alarms. */
const streamAlarmsFields = {
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

export { streamAlarmsFields };
