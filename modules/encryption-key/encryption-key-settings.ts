import { z } from 'zod';
import { equals, implies } from '../cdktf/condition';
import type { deliveryStreamSettings } from '../delivery-stream/delivery-stream-settings';
import type { Configured } from '../settings/configure';
import { field } from '../settings/field';
import { idleUnless, needs, type Rule } from '../settings/rule';

/** Settings of the encryption at rest of the stream, the bucket, the queue and the log group. */
const fields = {
  encryption: field(z.enum(['aws-owned', 'new-key', 'existing-key']).default('aws-owned'), {
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/encryption.html',
    description:
      'Key that encrypts at rest: aws-owned (no KMS charges; SSE-S3 in the bucket), new-key (a customer-managed key is created), existing-key (`kmsKeyArn`). ' +
      'Another value encrypts what is new; what is there goes on needing its key: see `keepKey`.',
  }),
  kmsKeyArn: field(
    z
      .string()
      .regex(/^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key\/[A-Za-z0-9-]+$/)
      .optional(),
    {
      source: 'https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN',
      description:
        'The existing customer-managed key, also that of an existing stream or bucket. Its policy must let this account, CloudWatch Logs and, with a queue, S3 use it.',
      allowed: 'the ARN of a KMS key (no alias)',
      leftOut: 'none',
    },
  ),
  keepKey: field(z.boolean().optional(), {
    description:
      'Keep the created key, whatever `encryption` is, because everything that it has encrypted needs it; true creates it where there is none. ' +
      'False deletes it once `encryption` is not new-key.',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html',
    leftOut: 'a plan in which `encryption` alone creates or deletes the key of a deployed stream is refused',
  }),
  kmsKeyDeletionDays: field(z.number().int().min(7).max(30).default(30), {
    description: 'How long a created key waits before it is deleted for good, after a destroy.',
    unit: 'days',
    source: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html',
  }),
};

type Config = Configured<typeof fields & Pick<typeof deliveryStreamSettings.fields, 'createStream'>>;

const rules: readonly Rule<Config>[] = [
  needs(
    'kmsKeyArn',
    ({ encryption }) => equals(encryption, 'existing-key'),
    'encryption is existing-key, so name the key',
  ),
  idleUnless(
    'kmsKeyArn',
    ({ encryption }) => equals(encryption, 'existing-key'),
    'set encryption to existing-key',
  ),
  {
    setting: 'encryption',
    message:
      'is new-key while createStream is off: the key would encrypt nothing; set it to existing-key or aws-owned',
    holds: ({ createStream, encryption }) => implies(equals(encryption, 'new-key'), createStream),
  },
];

const encryptionKeySettings = { title: 'Encryption', fields, rules };

export { encryptionKeySettings };
