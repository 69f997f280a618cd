import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { pageAddress } from '../pages/page-address';
import { type Answer, answer, call } from './answers/answer';
import type { Clients } from './answers/clients';
import { type Finding, ok, unanswered, warning } from './findings/finding';
import { awsCommand } from './findings/shell';
import { few } from './findings/wording';
import type { Place } from './places/place';

/** Requests all metric alarms of the region: one request for each hundred. */
function askAlarms({ cloudwatch }: Clients): Promise<Answer<readonly MetricAlarm[]>> {
  return answer(async () => {
    const alarms: MetricAlarm[] = [];
    let NextToken: string | undefined;
    do {
      const request = cloudwatch.describeAlarms({ AlarmTypes: ['MetricAlarm'], MaxRecords: 100, NextToken });
      const page = await call('cloudwatch:DescribeAlarms', request);
      alarms.push(...(page.MetricAlarms ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return alarms;
  });
}

const namesOf = (alarms: readonly MetricAlarm[]) => alarms.map(({ AlarmName = '' }) => AlarmName);

/**
 * Checks whether each alarm runs an action when it goes off. A deployment without alarms is valid.
 * @param queues the queues of new objects, whose alarms are among those to check
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html
 */
function judgeAlarms(
  alarms: Answer<readonly MetricAlarm[]>,
  queues: Answer<readonly string[]>,
  place: Place,
): Finding {
  const check = 'alarms';
  if (alarms.state !== 'found') {
    const absence = { message: 'CloudWatch has no data about alarms', fix: 'check the region (--region)' };
    return unanswered(check, 'read the alarms', alarms, absence);
  }
  const all = alarms.value;
  const silent = namesOf(all.filter(({ AlarmActions = [] }) => AlarmActions.length === 0));
  if (silent.length > 0) {
    return warning(
      check,
      `alarms without an action notify nobody: ${few(silent)}`,
      `configure alarmActions with the ARN of an SNS topic. See ${pageAddress('alarms', 'alarms-that-notify-nobody')}`,
    );
  }
  const disabled = namesOf(all.filter(({ ActionsEnabled }) => ActionsEnabled === false));
  if (disabled.length > 0) {
    return warning(
      check,
      `alarms with disabled actions notify nobody: ${few(disabled)}`,
      awsCommand(place, 'cloudwatch', 'enable-alarm-actions', '--alarm-names', ...disabled),
    );
  }
  if (queues.state !== 'found') {
    const absence = { message: 'the bucket does not exist', fix: 'deploy it again' };
    return unanswered(check, 'read the notifications of the bucket, which name its queue', queues, absence);
  }
  return ok(
    check,
    all.length === 0
      ? 'no alarm watches the stream, its queue, or the bounce and complaint rates'
      : `alarms with an action: ${all.length}`,
  );
}

export { askAlarms, judgeAlarms };
