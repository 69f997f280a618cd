import { z } from 'zod';
import type { archiveBucketSettings } from '../archive-bucket/archive-bucket-settings';
import { implies, isEmpty, or } from '../cdktf/condition';
import { statementsAreJson } from '../settings/added-statements';
import type { Configured } from '../settings/configure';
import { field } from '../settings/field';
import { policyStatement } from '../settings/forms';
import type { Rule } from '../settings/rule';

const queueApi =
  'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html';

/** Settings of the queue of new objects. */
const fields = {
  objectQueue: field(z.boolean().default(false), {
    description: 'Create an SQS queue that receives a notification for each new object under `dataPrefix`.',
  }),
  queueVisibilityTimeout: field(z.number().int().min(0).max(43_200).default(900), {
    description:
      'Visibility timeout: the time that a consumer has to process a message before SQS redelivers it.',
    unit: 'seconds',
    source: queueApi,
  }),
  queueMessageRetention: field(z.number().int().min(60).max(1_209_600).default(345_600), {
    description:
      'Retention of messages in the queue. The dead-letter queue keeps a message until 14 days after it was sent.',
    unit: 'seconds',
    source: queueApi,
  }),
  queuePolicyStatements: field(z.array(policyStatement.schema).default([]), {
    description:
      'Statements to add to the policy of the queue, each as JSON, such as the permission of another account to receive messages.',
    ...policyStatement.words,
  }),
  eventBridgeNotifications: field(z.boolean().default(false), {
    description:
      'Also send the notifications of the created bucket to the default event bus of EventBridge, for other consumers of new objects.',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html',
  }),
  queueMaxReceiveCount: field(z.number().int().min(1).max(1000).default(5), {
    description: 'Number of times that a message is received before it moves to the dead-letter queue.',
    unit: 'times',
    source: queueApi,
  }),
};

type Config = Configured<typeof fields & Pick<typeof archiveBucketSettings.fields, 'createBucket'>>;

const rules: readonly Rule<Config>[] = [
  {
    setting: 'objectQueue',
    message:
      'requires createBucket, because it would replace the notifications of the existing bucket: set objectQueue to false, and add your queue there',
    holds: ({ objectQueue, createBucket }) => implies(objectQueue, createBucket),
  },
  {
    setting: 'eventBridgeNotifications',
    message:
      'requires createBucket, because it would replace the notifications of the existing bucket: set it to false, and turn on EventBridge there',
    holds: ({ eventBridgeNotifications, createBucket }) => implies(eventBridgeNotifications, createBucket),
  },
  {
    setting: 'queuePolicyStatements',
    message: 'has no effect: set objectQueue to true, or remove queuePolicyStatements',
    holds: ({ objectQueue, queuePolicyStatements }) => or(objectQueue, isEmpty(queuePolicyStatements)),
  },
  statementsAreJson('queuePolicyStatements'),
];

const objectQueueSettings = { title: 'Queue of new objects', fields, rules };

export { objectQueueSettings };
