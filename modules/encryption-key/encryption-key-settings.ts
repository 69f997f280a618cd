import { z } from 'zod';
import { equals, implies } from '../cdktf/condition';
import type { deliveryStreamSettings } from '../delivery-stream/delivery-stream-settings';
import type { Configured } from '../settings/configure';
import { field } from '../settings/field';
import { keyArn } from '../settings/forms';
import { noEffectUnless, type Rule, requiredIf } from '../settings/rule';

/** Settings of the encryption at rest of the stream, the bucket, the queue and the log group. */
const fields = {
  encryption: field(z.enum(['aws-owned', 'new-key', 'existing-key']).default('aws-owned'), {
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/encryption.html',
    description:
      'Key for encryption at rest. aws-owned: no KMS charges, and SSE-S3 for the bucket. new-key: a customer-managed key is created. existing-key: `kmsKeyArn`. ' +
      'A change applies to new data only. Existing data still requires its key: see `keepKey`.',
  }),
  kmsKeyArn: field(keyArn.schema.optional(), {
    description:
      "ARN of the existing customer-managed key. Also set it if an existing stream or bucket uses such a key. Its policy must allow the account's IAM policies to grant access. It must also allow CloudWatch Logs and, with `objectQueue`, S3.",
    ...keyArn.words,
    whenOmitted: 'none',
  }),
  keepKey: field(z.boolean().optional(), {
    description:
      'Keep a created key when `encryption` is no longer new-key, because data that it encrypted cannot be read without it. ' +
      'If true, the key is kept, or created if there is none. If false, the key is deleted once `encryption` is no longer new-key.',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html',
    whenOmitted: 'none: a plan that changes `encryption` of a deployed stream to or from new-key fails',
  }),
  kmsKeyDeletionDays: field(z.number().int().min(7).max(30).default(30), {
    description: 'Waiting period before KMS deletes a created key after a destroy.',
    unit: 'days',
    source: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html',
  }),
};

type Config = Configured<typeof fields & Pick<typeof deliveryStreamSettings.fields, 'createStream'>>;

const rules: readonly Rule<Config>[] = [
  requiredIf(
    'kmsKeyArn',
    ({ encryption }) => equals(encryption, 'existing-key'),
    'if encryption is existing-key: set it to the ARN of the key',
  ),
  noEffectUnless(
    'kmsKeyArn',
    ({ encryption }) => equals(encryption, 'existing-key'),
    'set encryption to existing-key',
  ),
  {
    setting: 'encryption',
    message:
      'must not be new-key if createStream is false, because the key would encrypt nothing: set it to existing-key or aws-owned',
    holds: ({ createStream, encryption }) => implies(equals(encryption, 'new-key'), createStream),
  },
];

const encryptionKeySettings = { title: 'Encryption', fields, rules };

export { encryptionKeySettings };
