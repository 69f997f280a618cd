import { judgeTopic, type Topic } from '../../consumer/doctor/alarm-topic';
import type { Answer } from '../../consumer/doctor/answers/answer';
import type { Key } from '../../consumer/doctor/key';
import { absent, accountId, failed, found, place, refused } from './healthy';
import { keyArn, keyOf } from './keys';

const topicArn = `arn:aws:sns:eu-west-1:${accountId}:mail-alarms`;
const alarmArn = `arn:aws:cloudwatch:eu-west-1:${accountId}:alarm:quiet`;
const allow = { Effect: 'Allow', Resource: '*' };
/** The statement that a topic gets if its creator names none. */
const byOwner = {
  ...{ Sid: '__default_statement_ID', Effect: 'Allow', Principal: { AWS: '*' }, Resource: topicArn },
  Action: ['SNS:Subscribe', 'SNS:Publish'],
  Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
};
const topic: Topic = {
  policy: { Statement: byOwner },
  keyName: undefined,
  subscriptions: 'confirmed',
};
const cloudWatch = { Service: 'cloudwatch.amazonaws.com' };
const ownKey = keyOf({
  Statement: [{ ...allow, Principal: cloudWatch, Action: ['kms:GenerateDataKey*', 'kms:Decrypt'] }],
});

function judge(changes: Partial<Topic>, key?: Answer<Key>) {
  return judgeTopic(found({ ...topic, ...changes }), key, { topicArn, alarmArn, place });
}
const warning = (message: string, fix: string) => ({
  ...{ check: 'alarm-topics', status: 'warning' },
  message: expect.stringContaining(message),
  fix: expect.stringContaining(fix),
});

describe('the topic of an alarm', () => {
  it.each<[string, Partial<Topic>, Answer<Key> | undefined]>([
    ['with the policy of its creation', {}, undefined],
    [
      'with a policy for CloudWatch',
      {
        policy: {
          Statement: {
            ...{ ...allow, Principal: cloudWatch, Action: 'sns:Publish' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': accountId },
              ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:eu-west-1:${accountId}:alarm:*` },
            },
          },
        },
      },
      undefined,
    ],
    ['with a key that CloudWatch can use', { keyName: keyArn }, found(ownKey)],
  ])('notifies: %s', (_, changes, key) => {
    expect(judge(changes, key)).toEqual({
      check: 'alarm-topics',
      status: 'ok',
      message: 'CloudWatch can publish to the topic mail-alarms, which has a confirmed subscription',
    });
  });

  it.each([
    [
      'does not exist',
      absent,
      'the topic mail-alarms of the alarms does not exist',
      'configure alarmActions',
    ],
    ['cannot be read', refused, 'no permission to read the topic mail-alarms', 'allow some:Action'],
    ['is unknown', failed, 'could not read the topic mail-alarms of the alarms: Throttl', 'try again'],
  ])('is a warning if it %s', (_, answer, message, fix) => {
    expect(judgeTopic(answer, undefined, { topicArn, alarmArn, place })).toEqual(warning(message, fix));
  });

  it.each<[string, string, Answer<Key>]>([
    ['its alias', 'alias/aws/sns', refused],
    ['the ARN of its alias', `arn:aws:kms:eu-west-1:${accountId}:alias/aws/sns`, refused],
    ['its ARN', keyArn, found(keyOf(undefined, { metadata: { KeyId: 'k', KeyManager: 'AWS' } }))],
  ])('is a warning with the key of SNS, named by %s', (_, keyName, key) => {
    expect(judge({ keyName }, key)).toEqual(
      warning(
        'the topic mail-alarms has the key alias/aws/sns: CloudWatch cannot use it, and notifications are lost',
        'configure a customer-managed key whose policy allows cloudwatch.amazonaws.com',
      ),
    );
  });

  it('is not a warning with an alias that only ends like that of SNS', () => {
    expect(judge({ keyName: 'alias/my/alias/aws/sns' }, found(ownKey)).status).toBe('ok');
  });

  it.each<[string, Answer<Key>, string, string]>([
    [
      'does not allow CloudWatch',
      found(keyOf({ Statement: { ...allow, Principal: { Service: 'ses.amazonaws.com' }, Action: 'kms:*' } })),
      `CloudWatch cannot use the key ${keyArn} of the topic mail-alarms: kms:GenerateDataKey is allowed only for ses`,
      'allow kms:GenerateDataKey and kms:Decrypt for cloudwatch.amazonaws.com in its policy',
    ],
    [
      'allows CloudWatch only one of the two actions',
      found(keyOf({ Statement: { ...allow, Principal: cloudWatch, Action: 'kms:GenerateDataKey*' } })),
      'no statement allows kms:Decrypt',
      'allow kms:GenerateDataKey and kms:Decrypt',
    ],
    [
      'has a policy with an element that is not evaluated',
      found(keyOf({ Statement: { ...allow, Principal: cloudWatch, NotAction: 'kms:Put*' } as never })), // not in the type
      `cannot evaluate the policy of the key ${keyArn}`,
      'review the policy manually',
    ],
    [
      'is disabled',
      found({ ...ownKey, metadata: { ...ownKey.metadata, KeyState: 'Disabled' } }),
      `the key ${keyArn} is Disabled`,
      'aws kms enable-key',
    ],
    [
      'does not exist',
      absent,
      `the key ${keyArn} of the topic mail-alarms does not exist`,
      'configure another',
    ],
    ['cannot be read', refused, `no permission to read the key ${keyArn}`, 'allow some:Action'],
  ])('is a warning if its key %s', (_, key, message, fix) => {
    expect(judge({ keyName: keyArn }, key)).toEqual(warning(message, fix));
  });

  it('is a warning if its policy does not allow CloudWatch to publish', () => {
    const Statement = { ...allow, Principal: { Service: 'ses.amazonaws.com' }, Action: 'sns:Publish' };
    expect(judge({ policy: { Statement } })).toEqual(
      warning(
        'CloudWatch cannot use the topic mail-alarms: sns:Publish is allowed only for ses.amazonaws.com',
        'allow sns:Publish for cloudwatch.amazonaws.com in its policy',
      ),
    );
  });

  it.each([
    [
      'has no subscription',
      'none' as const,
      'the topic mail-alarms has no subscription',
      `aws sns subscribe --topic-arn ${topicArn}`,
    ],
    [
      'has unconfirmed subscriptions only',
      'pending' as const,
      'no subscription of the topic mail-alarms is confirmed',
      'open the link',
    ],
  ])('is a warning if it %s', (_, subscriptions, message, fix) => {
    expect(judge({ subscriptions })).toEqual(warning(message, fix));
  });
});
