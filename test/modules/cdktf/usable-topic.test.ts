import { DataAwsKmsAlias } from '@cdktf/provider-aws/lib/data-aws-kms-alias';
import { DataAwsSnsTopic } from '@cdktf/provider-aws/lib/data-aws-sns-topic';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { Fn, type TerraformStack } from 'cdktf';
import { EmailEventStream } from '../../../modules/email-event-stream';
import type { StreamProps } from '../../../modules/settings/stream-props.generated';
import { newStack } from '../synthesize';

/** Returns the errors of a stack with a stream that uses topics of the same stack. */
function errors(use: (stack: TerraformStack) => StreamProps): string[] {
  const stack: TerraformStack = newStack();
  new AwsProvider(stack, 'aws', {});
  new EmailEventStream(stack, 'Default', use(stack));
  return stack.node.findAll().flatMap(({ node }) => node.validate());
}

const unusableTopic = (stack: TerraformStack, more = {}) =>
  new SnsTopic(stack, 'unusable', { kmsMasterKeyId: 'alias/aws/sns', ...more });
const usableTopic = (stack: TerraformStack) =>
  new SnsTopic(stack, 'usable', { kmsMasterKeyId: 'alias/topics' });
const alarms = (...alarmActions: string[]): StreamProps => ({ alarms: true, alarmActions });

describe('a topic of the same stack under the key alias/aws/sns', () => {
  it.each<[string, string, (stack: TerraformStack) => StreamProps]>([
    ['alarms', 'alarmActions', (stack) => alarms(unusableTopic(stack).arn)],
    [
      'alarms, named by its policy',
      'alarmActions',
      (stack) => {
        const { arn } = unusableTopic(stack);
        return alarms(usableTopic(stack).arn, new SnsTopicPolicy(stack, 'policy', { arn, policy: '{}' }).arn);
      },
    ],
    [
      'alarms, one of several topics',
      'alarmActions',
      (stack) => alarms(Fn.lookupNested(unusableTopic(stack, { count: 2 }).fqn, [0, 'arn'])),
    ],
    [
      'alarms, with the key by a data source',
      'alarmActions',
      (stack) => {
        const { targetKeyArn } = new DataAwsKmsAlias(stack, 'sns', { name: 'alias/aws/sns' });
        return alarms(unusableTopic(stack, { kmsMasterKeyId: targetKeyArn }).arn);
      },
    ],
    [
      'feedback',
      'feedbackTopicArn',
      (stack) => ({ publishFeedback: true, feedbackTopicArn: unusableTopic(stack).arn }),
    ],
  ])('is refused for %s', (_, setting, use) => {
    expect(errors(use)).toEqual([
      `${setting} contains the topic stack/unusable, whose key is alias/aws/sns: other services cannot publish to it, ` +
        'and notifications are lost. Encrypt it with a customer-managed key that allows them, or leave it unencrypted',
    ]);
  });

  it.each<[string, (stack: TerraformStack) => StreamProps]>([
    [
      'is not used',
      (stack) => alarms(usableTopic(stack).arn, `arn:aws:sns:x:1:${unusableTopic(stack).node.id}`),
    ],
    [
      'only has the name of the existing topic that is used',
      (stack) => {
        unusableTopic(stack).overrideLogicalId('topic');
        const existing = new DataAwsSnsTopic(stack, 'existing', { name: 'mail' });
        existing.overrideLogicalId('topic');
        return alarms(existing.arn);
      },
    ],
    [
      'has another key, by a data source',
      (stack) => {
        const { targetKeyArn } = new DataAwsKmsAlias(stack, 'own', { name: 'alias/topics' });
        return alarms(unusableTopic(stack, { kmsMasterKeyId: targetKeyArn }).arn);
      },
    ],
    [
      'has another key',
      (stack) => {
        const { arn } = usableTopic(stack);
        return { ...alarms(arn), publishFeedback: true, feedbackTopicArn: arn };
      },
    ],
  ])('is not refused if it %s', (_, use) => {
    expect(errors(use)).toEqual([]);
  });
});
