import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { judgeAlarms } from '../../consumer/doctor/alarms';
import { absent, failed, found, place, refused } from './healthy';

const alarm = (AlarmName: string, more: MetricAlarm = {}): MetricAlarm => ({
  ...{ AlarmName, ActionsEnabled: true, AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:mail'] },
  ...more,
});
const judge = (alarms: MetricAlarm[], queues = found<readonly string[]>([])) =>
  judgeAlarms(found(alarms), queues, place);

describe('the alarms', () => {
  it('are counted if each has an action', () => {
    expect(judge([alarm('quiet'), alarm('freshness')])).toEqual({
      check: 'alarms',
      status: 'ok',
      message: 'alarms with an action: 2',
    });
  });

  it('are not required', () => {
    expect(judge([])).toEqual({
      check: 'alarms',
      status: 'ok',
      message: 'no alarm watches the stream, its queue, or the bounce and complaint rates',
    });
  });

  it('are a warning without an action', () => {
    const silent = { AlarmActions: [] };
    expect(judge([alarm('quiet', silent), alarm('freshness')])).toEqual({
      check: 'alarms',
      status: 'warning',
      message: 'alarms without an action notify nobody: quiet',
      fix: expect.stringMatching(/^configure alarmActions .*docs\/alarms\.md#alarms-that-notify-nobody$/),
    });
    const names = ['a', 'b', 'c', 'd', 'e'];
    expect(judge(names.map((name) => alarm(name, silent))).message).toMatch(/: a, b, c and 2 more$/);
  });

  it('are a warning with disabled actions, and the fix enables all of them', () => {
    const disabled = { ActionsEnabled: false };
    expect(judge([alarm('quiet', disabled), alarm('freshness'), alarm('bounces', disabled)])).toEqual({
      check: 'alarms',
      status: 'warning',
      message: 'alarms with disabled actions notify nobody: quiet, bounces',
      fix: 'aws cloudwatch enable-alarm-actions --alarm-names quiet bounces --region eu-west-1',
    });
  });

  it.each([
    [
      'of the region are not returned',
      refused,
      found([]),
      'no permission to read the alarms',
      'allow some:Action',
    ],
    ['of the region are unknown', failed, found([]), 'could not read the alarms: Throttl', 'try again'],
    [
      'of an unknown queue are unknown',
      found([]),
      refused,
      'no permission to read the notif',
      'allow some:Action',
    ],
  ])('%s: a warning', (_, alarms, queues, message, fix) => {
    expect(judgeAlarms(alarms, queues, place)).toMatchObject({
      status: 'warning',
      message: expect.stringContaining(message),
      fix: expect.stringContaining(fix),
    });
  });

  it('with a problem are reported although the queue is unknown', () => {
    for (const queues of [refused, absent])
      expect(judge([alarm('quiet', { AlarmActions: [] })], queues).message).toContain('without an action');
  });
});
