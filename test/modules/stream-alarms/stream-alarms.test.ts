import { Fn, type IResolvable, Token } from 'cdktf';
import { StreamAlarms, type StreamAlarmsProps } from '../../../modules/stream-alarms/stream-alarms';
import { resourcesInConfigurations } from '../in-configurations';
import { addresses, newStack, resourceAt, synthesizeStream, synthesizeWith } from '../synthesize';

const actions = ['arn:aws:sns:eu-west-1:123456789012:alarms'];
const synthesized = (props: Omit<StreamAlarmsProps, 'streamName'> = {}) =>
  synthesizeWith((stack) => new StreamAlarms(stack, 'alarms', { streamName: 'mail', ...props }));
const alarm = (name: string, props: Omit<StreamAlarmsProps, 'streamName'> = {}) =>
  resourceAt(synthesized(props), `aws_cloudwatch_metric_alarm.alarms_${name}`);

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
    ['complaints', { alarmComplaintRate: 0.0005 }, 'Reputation.ComplaintRate', 0.0005],
  ])("watch the account's reputation: %s", (name, props, metric, threshold) => {
    const found = alarm(name, props);
    expect(found).toMatchObject({ namespace: 'AWS/SES', metric_name: metric, threshold });
    expect(found).not.toHaveProperty('dimensions');
  });

  it('go off after the quiet hours without records, and not without deliveries', () => {
    expect(alarm('quiet', { alarmQuietHours: 48 })).toMatchObject({
      treat_missing_data: 'breaching',
      period: 3600,
      evaluation_periods: 48,
    });
    expect(alarm('success')).toMatchObject({ treat_missing_data: 'notBreaching' });
  });

  const warnings = (props: Omit<StreamAlarmsProps, 'streamName'>) => {
    const stack = newStack();
    const { node } = new StreamAlarms(stack, 'alarms', { streamName: 'mail', ...props });
    return node.metadata.map(({ type, data }) => [type, data]);
  };

  it('warn if they have no action', () => {
    expect(warnings({ alarms: true })).toEqual([
      ['@cdktf/warn', expect.stringMatching(/^alarms is true but alarmActions is empty, .* no notification/)],
    ]);
  });

  it.each<[string, Omit<StreamAlarmsProps, 'streamName'>]>([
    ['they have an action', { alarms: true, alarmActions: actions }],
    ['they are off', { alarms: false }],
    ['only Terraform knows their actions', { alarms: true, alarmActions: Token.asList(Fn.split(',', 'a')) }],
    ['only Terraform knows whether they are on', { alarms: Fn.can(true) as unknown as IResolvable }],
  ])('do not warn if %s', (_, props) => {
    expect(warnings(props)).toEqual([]);
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
