import { z } from 'zod';
import type { archiveBucketSettings } from '../archive-bucket/archive-bucket-settings';
import { implies } from '../cdktf/condition';
import type { Configured } from '../settings/configure';
import { field } from '../settings/field';
import type { Rule } from '../settings/rule';

const queueApi =
  'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html';

/** Settings of the queue of new objects. */
const fields = {
  objectQueue: field(z.boolean().default(false), {
    description:
      'Create a queue that is told of every new object under `dataPrefix`, for a consumer to follow.',
  }),
  queueVisibilityTimeout: field(z.number().int().min(0).max(43_200).default(900), {
    description: 'How long a consumer may take with a message before another gets it.',
    unit: 'seconds',
    source: queueApi,
  }),
  queueMessageRetention: field(z.number().int().min(60).max(1_209_600).default(345_600), {
    description:
      'How long messages wait for a consumer. The dead-letter queue keeps them until 14 days after they were sent.',
    unit: 'seconds',
    source: queueApi,
  }),
  queueMaxReceiveCount: field(z.number().int().min(1).max(1000).default(5), {
    description: 'How often a message is tried before it goes to the dead-letter queue.',
    unit: 'times',
    source: queueApi,
  }),
};

type Config = Configured<typeof fields & Pick<typeof archiveBucketSettings.fields, 'createBucket'>>;

const rules: readonly Rule<Config>[] = [
  {
    setting: 'objectQueue',
    message:
      "is on while createBucket is off: it would replace the existing bucket's notifications; add the queue to those, or let the bucket be created",
    holds: ({ objectQueue, createBucket }) => implies(objectQueue, createBucket),
  },
];

const objectQueueSettings = { title: 'Queue of new objects', fields, rules };

export { objectQueueSettings };
