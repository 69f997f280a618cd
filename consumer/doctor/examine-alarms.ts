import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { askTopic, judgeTopic } from './alarm-topic';
import { askAlarms, judgeAlarms } from './alarms';
import { type Answer, found } from './answers/answer';
import type { Clients } from './answers/clients';
import { askNotifiedQueues } from './bucket';
import { type Examination, type Finding, notChecked, ok } from './findings/finding';
import { askKey } from './key';
import type { ArchivePlace } from './places/archive-place';
import { type Place, parseArn } from './places/place';
import { isWatching, type Watched } from './watched-alarms';

/** Returns the topics that alarms notify, each with the ARN of one of its alarms. */
function topicsOf(alarms: readonly MetricAlarm[]): Map<string, string> {
  const actions = alarms.flatMap(({ AlarmActions = [], AlarmArn = '' }) =>
    AlarmActions.map((action) => [action, AlarmArn] as const),
  );
  return new Map(actions.filter(([action]) => parseArn(action).service === 'sns'));
}

/** Checks the topics of alarms, one after the other; the result is the first problem. */
async function examineTopics(
  clients: Clients,
  alarms: readonly MetricAlarm[],
  place: Place,
): Promise<Finding> {
  let finding = ok('alarm-topics', 'no alarm notifies an SNS topic');
  for (const [topicArn, alarmArn] of topicsOf(alarms)) {
    const topic = await askTopic(clients, topicArn);
    const keyName = found(topic)?.keyName;
    const key = keyName === undefined ? undefined : await askKey(clients, keyName);
    finding = judgeTopic(topic, key, { topicArn, alarmArn, place });
    if (finding.status !== 'ok') break;
  }
  return finding;
}

/** Checks whether the alarms of a deployment notify somebody. */
async function* examineAlarms(
  clients: Clients,
  place: Place,
  { streamName, archive }: Pick<Watched, 'streamName'> & { readonly archive: ArchivePlace | undefined },
): Examination<void> {
  const all = await askAlarms(clients);
  const queues: Answer<readonly string[]> =
    archive === undefined ? { state: 'found', value: [] } : await askNotifiedQueues(clients, archive.bucket);
  if (all.state !== 'found') {
    yield judgeAlarms(all, queues, place);
    yield notChecked('alarm-topics', 'the alarms could not be read');
    return;
  }
  const logGroupName = archive?.logGroupName;
  const { configurationSet } = place;
  const watched = { configurationSet, streamName, logGroupName, queueNames: found(queues) ?? [] };
  const alarms = all.value.filter((alarm) => isWatching(alarm, watched));
  yield judgeAlarms({ state: 'found', value: alarms }, queues, place);
  yield await examineTopics(clients, alarms, place);
}

export { examineAlarms };
