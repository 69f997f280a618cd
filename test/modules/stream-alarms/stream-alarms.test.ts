import { StreamAlarms, type StreamAlarmsProps } from '../../../modules/stream-alarms/stream-alarms';
import { resourcesInConfigurations } from '../in-configurations';
import { addresses, resourceAt, synthesizeStream, synthesizeWith } from '../synthesize';

const actions = ['arn:aws:sns:eu-west-1:123456789012:alarms'];
type Props = Omit<StreamAlarmsProps, 'streamName'>;
const synthesized = (props: Props = {}) =>
  synthesizeWith(
    (stack) => new StreamAlarms(stack, 'alarms', { streamName: 'mail', alarmActions: actions, ...props }),
  );
const names = (props: Props = {}) =>
  addresses(synthesized(props)).map((address) => address.replace('aws_cloudwatch_metric_alarm.alarms_', ''));
const alarm = (name: string, props: Props = {}) =>
  resourceAt(synthesized(props), `aws_cloudwatch_metric_alarm.alarms_${name}`);

const ofDelivery = ['freshness', 'quiet', 'success', 'throttled'];
const ofAccount = ['bounces', 'bounces_critical', 'complaints', 'complaints_critical'];

describe('the alarms', () => {
  it('are off by default', () => {
    expect(addresses(synthesizeStream()).filter((address) => address.includes('alarm'))).toEqual([]);
  });

  it.each([
    ['freshness', { alarmFreshness: 600 }, 'DeliveryToS3.DataFreshness', 'GreaterThanThreshold', 600],
    ['success', { alarmDeliverySuccess: 0.9 }, 'DeliveryToS3.Success', 'LessThanThreshold', 0.9],
    ['throttled', { alarmThrottledRecords: 7 }, 'ThrottledRecords', 'GreaterThanThreshold', 7],
    ['quiet', {}, 'IncomingRecords', 'LessThanThreshold', 1],
  ])('watch the stream: %s', (name, props, metric, operator, threshold) => {
    expect(alarm(name, props)).toMatchObject({
      namespace: 'AWS/Firehose',
      metric_name: metric,
      dimensions: { DeliveryStreamName: 'mail' },
      comparison_operator: operator,
      threshold,
    });
  });

  it('also watch the backup of unchanged records, with Parquet', () => {
    expect(addresses(synthesized())).not.toContain('aws_cloudwatch_metric_alarm.alarms_backup_success');
    expect(alarm('backup_success', { parquetConversion: true })).toMatchObject({
      alarm_name: 'email-events-backup-success',
      metric_name: 'BackupToS3.Success',
    });
    expect(alarm('backup_freshness', { parquetConversion: true })).toMatchObject({
      metric_name: 'BackupToS3.DataFreshness',
    });
  });

  it.each([
    ['bounces', { alarmBounceRate: 0.04 }, 'Reputation.BounceRate', 0.04],
    ['bounces_critical', { alarmCriticalBounceRate: 0.08 }, 'Reputation.BounceRate', 0.08],
    ['bounces_critical', {}, 'Reputation.BounceRate', 0.1],
    ['complaints', { alarmComplaintRate: 0.0005 }, 'Reputation.ComplaintRate', 0.0005],
    ['complaints_critical', {}, 'Reputation.ComplaintRate', 0.005],
  ])("watch the account's reputation: %s", (name, props, metric, threshold) => {
    const found = alarm(name, props);
    expect(found).toMatchObject({ namespace: 'AWS/SES', metric_name: metric, threshold });
    expect(found).not.toHaveProperty('dimensions');
  });

  it('leave the reputation of the account to another stream on request', () => {
    expect(names()).toEqual([...ofDelivery, ...ofAccount].sort());
    expect(names({ accountReputationAlarms: false })).toEqual([...ofDelivery].sort());
  });

  it('watch the reputation of each configuration set, on two levels', () => {
    const props = { reputationSetNames: ['receipts', 'news'] };
    expect(names(props)).toEqual(
      [...ofDelivery, ...ofAccount, ...ofAccount.map((name) => `set_${name}`)].sort(),
    );
    expect(alarm('set_bounces_critical', props)).toMatchObject({
      for_each: '${toset(["receipts", "news"])}',
      alarm_name: 'email-events-bounces-critical/${each.value}',
      alarm_description: expect.stringContaining('the configuration set ${each.value} '),
      dimensions: { 'ses:configuration-set': '${each.value}' },
      metric_name: 'Reputation.BounceRate',
      threshold: 0.1,
    });
  });

  it('have distinct names, also for a configuration set whose name is that of a level', () => {
    const all = synthesized({ reputationSetNames: ['critical'] });
    const alarmNames = addresses(all)
      .map((address) => String(resourceAt(all, address).alarm_name))
      .map((name) => name.replace('${each.value}', 'critical'));
    expect(new Set(alarmNames).size).toBe(alarmNames.length);
  });

  it('watch only configuration sets that can publish their rates', () => {
    const sets = (reputationMetrics: boolean) =>
      resourceAt(
        synthesizeStream({
          ...{ alarms: true, alarmActions: actions, reputationMetrics },
          ...{ configurationSets: ['created'], existingConfigurationSets: ['existing'] },
        }),
        'aws_cloudwatch_metric_alarm.alarms_set_bounces',
      ).for_each;
    expect(sets(true)).toBe('${toset(["created", "existing"])}');
    expect(sets(false)).toBe('${toset(["existing"])}');
  });

  it.each<[string, string, Props, object]>([
    [
      'waiting_objects',
      'with a queue',
      { objectQueue: true, queueName: 'mail-objects', alarmQueueAge: 600 },
      {
        metric_name: 'ApproximateAgeOfOldestMessage',
        dimensions: { QueueName: 'mail-objects' },
        threshold: 600,
      },
    ],
    [
      'failed_objects',
      'with a dead-letter queue',
      { objectQueue: true, deadLetterQueueName: 'mail-objects-failed' },
      {
        metric_name: 'ApproximateNumberOfMessagesVisible',
        dimensions: { QueueName: 'mail-objects-failed' },
        threshold: 0,
      },
    ],
    [
      'errors',
      'with a log group',
      { logGroupName: '/aws/kinesisfirehose/mail' },
      {
        namespace: 'AWS/Logs',
        metric_name: 'IncomingLogEvents',
        dimensions: { LogGroupName: '/aws/kinesisfirehose/mail' },
        threshold: 0,
      },
    ],
    ['unconverted', 'with Parquet', { parquetConversion: true }, { metric_name: 'FailedConversion.Records' }],
    [
      'unprocessed',
      'with a function',
      { processRecords: true },
      { metric_name: 'ExecuteProcessing.Success' },
    ],
  ])('include %s only %s', (name, _, props, expected) => {
    expect(names()).not.toContain(name);
    expect(alarm(name, props)).toMatchObject(expected);
  });

  it('go off after the quiet hours without records, and not without deliveries', () => {
    expect(alarm('quiet', { alarmQuietHours: 48 })).toMatchObject({
      treat_missing_data: 'breaching',
      period: 3600,
      evaluation_periods: 48,
    });
    expect(alarm('success')).toMatchObject({ treat_missing_data: 'notBreaching' });
  });

  it('are created without actions only on request', () => {
    const without = { alarmActions: [] };
    expect(() => names(without)).toThrow(
      'alarmActions is empty, but alarms is true: alarms without an action notify nobody',
    );
    expect(alarm('quiet', { ...without, alarmsWithoutActions: true })).toMatchObject({ alarm_actions: [] });
  });

  it('run their actions when they go off and when they recover', () => {
    for (const address of addresses(synthesized({ alarmActions: actions }))) {
      expect(resourceAt(synthesized({ alarmActions: actions }), address)).toMatchObject({
        alarm_actions: actions,
        ok_actions: actions,
      });
    }
  });

  it('match their snapshot in every configuration', () => {
    expect(resourcesInConfigurations('alarms')).toMatchSnapshot();
  });
});
