import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { configure } from './config/configure';
import { encryptionKeyFields } from './config/encryption-key';
import { namingFields } from './config/naming';
import { objectQueueFields } from './config/object-queue';
import { encryptionKeyPolicy } from './policies/resource-policies';
import type { StreamProps } from './stream-props';
import { AwsEnvironment } from './terraform/aws-environment';
import { type Condition, choose, equals, not } from './terraform/condition';
import { nameAfter } from './terraform/logical-id';
import { OptionalResource } from './terraform/optional-resource';

/** What a key is made from: settings, and what CloudWatch Logs and S3 may use it for. */
interface EncryptionKeyProps
  extends Pick<
    StreamProps,
    'name' | 'tags' | 'encryption' | 'kmsKeyArn' | 'kmsKeyDeletionDays' | 'objectQueue'
  > {
  /** The log group whose events the key encrypts. */
  readonly logGroupArn: string;
  /** The bucket whose notifications the key encrypts, with `objectQueue`. */
  readonly bucketArn: string;
}

const { objectQueue } = objectQueueFields;
const settings = { ...encryptionKeyFields, objectQueue };

/**
 * The customer-managed key of stream, bucket, queue and logs: created, existing, or none.
 *
 * A created key lets the account's IAM policies decide who uses it, and beyond that only CloudWatch Logs for the named
 * log group and, with a queue, S3 for the named bucket.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/encryption.html
 */
class EncryptionKey extends Construct {
  /** Whether there is a customer-managed key. */
  readonly isCustomerManaged: Condition;
  /** The key, where there is one. */
  readonly keyArn: string;
  /** The key's resource, where it is created. */
  readonly key: OptionalResource<KmsKey>;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const { name, tags } = configure(this.node.path, namingFields, props);
    const { encryption, kmsKeyArn, kmsKeyDeletionDays, objectQueue } = configure(this.node.path, settings, {
      encryption: 'new-key',
      ...props,
    });
    const { accountId, region, partition, dnsSuffix } = AwsEnvironment.of(this);
    const { logGroupArn, bucketArn } = props;
    const created = equals(encryption, 'new-key');
    const policy = (notifyingBucketArn: string | undefined) =>
      Fn.jsonencode(
        encryptionKeyPolicy({
          ...{ partition, region, accountId, dnsSuffix, logGroupArn, bucketArn: notifyingBucketArn },
        }),
      );

    this.key = new OptionalResource(created, (count) =>
      nameAfter(
        this,
        new KmsKey(this, 'key', {
          ...count,
          description: `email events of ${name}`,
          enableKeyRotation: true,
          deletionWindowInDays: kmsKeyDeletionDays,
          policy: choose(objectQueue, policy(bucketArn), policy(undefined)),
          tags,
        }),
      ),
    );
    new OptionalResource(created, (count) =>
      nameAfter(
        this,
        new KmsAlias(this, 'alias', {
          ...count,
          name: `alias/${name}`,
          targetKeyId: this.key.existingAttribute('key_id'),
        }),
      ),
    );
    this.isCustomerManaged = not(equals(encryption, 'aws-owned'));
    this.keyArn = choose(created, this.key.attribute('arn') ?? '', kmsKeyArn ?? '');
  }
}

export { EncryptionKey, type EncryptionKeyProps };
