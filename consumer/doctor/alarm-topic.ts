import type { GivenPolicyDocument, PolicyRequest } from '../../modules/policies/policy-evaluator';
import { pageAddress } from '../pages/page-address';
import { type Answer, answer, call } from './answers/answer';
import type { Clients } from './answers/clients';
import { type Finding, ok, unanswered, warning } from './findings/finding';
import { awsCommand } from './findings/shell';
import { type Key, keyActions, unusable } from './key';
import { nameOf, type Place } from './places/place';
import { policyOf } from './policies/policy-text';
import { judgePolicies } from './policies/verdict';

/** A topic of SNS. */
interface Topic {
  readonly policy: GivenPolicyDocument;
  /** The key as the topic names it. @default - the topic is not encrypted */
  readonly keyName: string | undefined;
  readonly subscriptions: Subscriptions;
}

/** The state of the first confirmed subscription of a topic, or the state without one. */
type Subscriptions = 'confirmed' | 'pending' | 'none';

/**
 * Requests subscriptions until one is confirmed.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
 */
async function subscriptionsOf({ sns }: Clients, TopicArn: string): Promise<Subscriptions> {
  let state: Subscriptions = 'none';
  let NextToken: string | undefined;
  do {
    const request = sns.listSubscriptionsByTopic({ TopicArn, NextToken });
    const page = await call('sns:ListSubscriptionsByTopic', request);
    const arns = (page.Subscriptions ?? []).map(({ SubscriptionArn = '' }) => SubscriptionArn);
    if (arns.some((arn) => arn.startsWith('arn:'))) return 'confirmed';
    if (arns.includes('PendingConfirmation')) state = 'pending';
    NextToken = page.NextToken;
  } while (NextToken !== undefined && NextToken !== '');
  return state;
}

/**
 * Requests a topic with its policy, the name of its key, and its subscriptions.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html
 */
function askTopic(clients: Clients, topicArn: string): Promise<Answer<Topic>> {
  return answer(async () => {
    const request = clients.sns.getTopicAttributes({ TopicArn: topicArn });
    const { Attributes = {} } = await call('sns:GetTopicAttributes', request);
    const { Policy, KmsMasterKeyId = '' } = Attributes;
    return {
      policy: await policyOf('sns:GetTopicAttributes', Policy),
      keyName: KmsMasterKeyId === '' ? undefined : KmsMasterKeyId,
      subscriptions: await subscriptionsOf(clients, topicArn),
    };
  });
}

/** The notification of an alarm by a topic. */
interface Notification {
  readonly topicArn: string;
  readonly alarmArn: string;
  readonly place: Place;
}

const check = 'alarm-topics';
const help = `See ${pageAddress('alarms', 'alarms-that-notify-nobody')}`;

/** Lost notifications lose no events. */
function asWarning(finding: Finding): Finding {
  return finding.status === 'failure' ? { ...finding, status: 'warning' } : finding;
}

/** Checks whether a policy allows CloudWatch all of some actions; undefined when it does. */
function judgePolicy(
  subject: string,
  policy: GivenPolicyDocument,
  { actions, resource }: { readonly actions: readonly string[]; readonly resource: string },
  { topicArn, alarmArn, place }: Notification,
): Finding | undefined {
  const context: PolicyRequest['context'] = {
    'aws:SourceAccount': place.accountId,
    'aws:SourceArn': alarmArn,
    // By default, the policy of a topic allows everything that its owner causes, by this key.
    'AWS:SourceOwner': place.accountId,
    'kms:EncryptionContext:aws:sns:topicArn': topicArn,
  };
  const principal = { Service: 'cloudwatch.amazonaws.com' };
  for (const action of actions) {
    const verdict = judgePolicies({ documents: [policy] }, { principal, action, resource, context });
    if (verdict.decision === 'unjudged') {
      const message = `cannot evaluate the policy of the ${subject}: ${verdict.because}`;
      return warning(check, message, 'review the policy manually');
    }
    if (verdict.decision === 'denied') {
      const message = `CloudWatch cannot use the ${subject}: ${verdict.because}`;
      const fix = `allow ${actions.join(' and ')} for cloudwatch.amazonaws.com in its policy. ${help}`;
      return warning(check, message, fix);
    }
  }
  return undefined;
}

/** Whether a name is the alias of the key of SNS, whose policy allows no other service. */
const isSnsKey = (name: string) => /(^|:)alias\/aws\/sns$/.test(name);

/** Checks whether CloudWatch can use the key of a topic; undefined when it can. */
function judgeTopicKey(name: string, key: Answer<Key>, notification: Notification): Finding | undefined {
  const topic = nameOf(notification.topicArn);
  if (isSnsKey(name) || (key.state === 'found' && key.value.metadata.KeyManager === 'AWS')) {
    return warning(
      check,
      `the topic ${topic} has the key alias/aws/sns: CloudWatch cannot use it, and notifications are lost`,
      `configure a customer-managed key whose policy allows cloudwatch.amazonaws.com. ${help}`,
    );
  }
  if (key.state !== 'found') {
    const message = `the key ${name} of the topic ${topic} does not exist`;
    const absence = { message, fix: 'configure another key for the topic' };
    return unanswered(check, `read the key ${name} of the topic ${topic}`, key, absence);
  }
  const { policy, metadata } = key.value;
  const use = { actions: keyActions, resource: metadata.Arn ?? name };
  return (
    unusable(check, key.value, notification.place) ??
    (policy && judgePolicy(`key ${name} of the topic ${topic}`, policy, use, notification))
  );
}

/**
 * Checks whether the notification of an alarm reaches somebody: the topic exists, CloudWatch can publish to it, and a
 * subscription is confirmed.
 * @param key the topic's key, if it is encrypted
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
function judgeTopic(topic: Answer<Topic>, key: Answer<Key> | undefined, notification: Notification): Finding {
  const { topicArn, place } = notification;
  const name = nameOf(topicArn);
  if (topic.state !== 'found') {
    const message = `the topic ${name} of the alarms does not exist`;
    const absence = { message, fix: 'configure alarmActions with the ARN of an existing topic' };
    return asWarning(unanswered(check, `read the topic ${name} of the alarms`, topic, absence));
  }
  const { policy, keyName, subscriptions } = topic.value;
  const problem =
    judgePolicy(`topic ${name}`, policy, { actions: ['sns:Publish'], resource: topicArn }, notification) ??
    (keyName !== undefined && key !== undefined ? judgeTopicKey(keyName, key, notification) : undefined);
  if (problem !== undefined) return asWarning(problem);
  if (subscriptions === 'none') {
    const options = ['--topic-arn', topicArn, '--protocol', 'email', '--notification-endpoint', 'EMAIL'];
    const message = `the topic ${name} has no subscription: the alarms notify nobody`;
    return warning(check, message, awsCommand(place, 'sns', 'subscribe', ...options));
  }
  if (subscriptions === 'pending') {
    const message = `no subscription of the topic ${name} is confirmed: the alarms notify nobody`;
    return warning(check, message, 'open the link in the message from AWS Notifications');
  }
  return ok(check, `CloudWatch can publish to the topic ${name}, which has a confirmed subscription`);
}

export { askTopic, judgeTopic, type Topic };
