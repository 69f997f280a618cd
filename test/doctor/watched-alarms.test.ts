import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { isWatching } from '../../consumer/doctor/watched-alarms';

const watched = {
  configurationSet: 'newsletter',
  streamName: 'email-events',
  logGroupName: '/aws/kinesisfirehose/email-events',
  queueNames: ['email-events-objects'],
};
const nothing = { ...watched, streamName: undefined, logGroupName: undefined, queueNames: [] };
const alarm = (
  Namespace: string,
  MetricName: string,
  dimensions: Record<string, string> = {},
): MetricAlarm => ({
  ...{ Namespace, MetricName },
  Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
});
const ofStream = (name: string) => alarm('AWS/Firehose', 'IncomingRecords', { DeliveryStreamName: name });
const ofLog = (name: string) => alarm('AWS/Logs', 'IncomingLogEvents', { LogGroupName: name });
const ofQueue = (name: string) => alarm('AWS/SQS', 'ApproximateAgeOfOldestMessage', { QueueName: name });
const ofSet = (name: string) => alarm('AWS/SES', 'Reputation.BounceRate', { 'ses:configuration-set': name });

describe('an alarm', () => {
  it.each([
    ['of the stream', ofStream('email-events'), true],
    ['of another stream', ofStream('email-events-2'), false],
    ["of the stream's log group", ofLog('/aws/kinesisfirehose/email-events'), true],
    ['of another log group', ofLog('/aws/lambda/email-events'), false],
    ['of the queue', ofQueue('email-events-objects'), true],
    ['of its dead-letter queue', ofQueue('email-events-objects-failed'), true],
    ['of another queue', ofQueue('email-events-objects2'), false],
    ['of a rate of the account', alarm('AWS/SES', 'Reputation.ComplaintRate'), true],
    ['of a rate of the set', ofSet('newsletter'), true],
    ['of a rate of another set', ofSet('receipts'), false],
    ['of another metric of SES', alarm('AWS/SES', 'Send'), false],
    ['of another service', alarm('AWS/EC2', 'CPUUtilization', { InstanceId: 'i-1' }), false],
  ])('%s concerns the deployment: %#', (_, given, expected) => {
    expect(isWatching(given, watched)).toBe(expected);
  });

  it('of an expression concerns the deployment if one of its metrics does', () => {
    const { Namespace, MetricName, Dimensions } = ofStream('email-events');
    const Metric = { Namespace, MetricName, Dimensions };
    const Metrics = [
      { Id: 'e', Expression: 'm / 300' },
      { Id: 'm', MetricStat: { Metric, Period: 300, Stat: 'Sum' } },
    ];
    expect(isWatching({ Metrics }, watched)).toBe(true);
    expect(isWatching({ Metrics: Metrics.slice(0, 1) }, watched)).toBe(false);
  });

  it.each([
    ['a stream', ofStream('')],
    ['a log group', ofLog('')],
    ['a queue', ofQueue('')],
    ['no dimension', alarm('AWS/Firehose', 'IncomingRecords')],
  ])('of %s does not concern a deployment whose parts were not found', (_, given) => {
    expect(isWatching(given, nothing)).toBe(false);
  });
});
