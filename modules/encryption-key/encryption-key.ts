import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Fn, ref, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { pageAddress } from '../../consumer/pages/page-address';
import { AwsEnvironment } from '../cdktf/aws-environment';
import { type Condition, choose, equals, isSet, not, or } from '../cdktf/condition';
import { nameAfter } from '../cdktf/logical-id';
import { type OptionalResource, optionalResources } from '../cdktf/optional-resource';
import { objectQueueSettings } from '../object-queue/object-queue-settings';
import { combine, configure, pick } from '../settings/configure';
import { namingSettings } from '../settings/shared-settings';
import type { StreamProps } from '../settings/stream-props.generated';
import { encryptionKeyPolicy } from './encryption-key-policy';
import { encryptionKeySettings } from './encryption-key-settings';

const settings = combine(
  pick(namingSettings, 'name', 'tags', 'accountId', 'region', 'partition'),
  encryptionKeySettings,
  pick(objectQueueSettings, 'objectQueue'),
);

/** Settings of a key, and the resources for which CloudWatch Logs and S3 use it. */
interface EncryptionKeyProps extends Pick<StreamProps, keyof typeof settings.fields> {
  /** The log group whose events the key encrypts. */
  readonly logGroupArn: string;
  /** The bucket whose notifications the key encrypts, with `objectQueue`. */
  readonly bucketArn: string;
}

/** Error for a plan that adds or removes the key of a deployed stream. */
const keyChanged =
  'encryption changed to or from new-key after the first deployment: set keepKey. With true, the created key remains. ' +
  'With false, it is deleted if encryption is not new-key, and data that it encrypted cannot be read anymore. ' +
  `See ${pageAddress('security', 'removing-a-created-key')}`;

/**
 * The customer-managed key of stream, bucket, queue and logs: created, existing, or none.
 *
 * The account's IAM policies control the use of a created key. In addition, only CloudWatch Logs can use it,
 * for the named log group, and S3, with a queue for the named bucket. The key remains while `keepKey` is on,
 * also when another key is used.
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
    const config = configure(this.node.path, settings, { encryption: 'new-key', ...props });
    const { name, tags, encryption, kmsKeyArn, keepKey, kmsKeyDeletionDays, objectQueue } = config;
    const { accountId, region, partition, dnsSuffix } = AwsEnvironment.of(this, config);
    const { logGroupArn, bucketArn } = props;
    const used = equals(encryption, 'new-key');
    const exists = or(used, equals(keepKey, true));
    const policy = (notifyingBucketArn: string | undefined) =>
      Fn.jsonencode(
        encryptionKeyPolicy({
          ...{ partition, region, accountId, dnsSuffix, logGroupArn, bucketArn: notifyingBucketArn },
        }),
      );

    this.guardDeployedKey(used, keepKey);
    const resource = optionalResources(this, exists);
    this.key = resource(
      (count) =>
        new KmsKey(this, 'key', {
          ...count,
          description: `Encrypts the email events of ${name}`,
          enableKeyRotation: true,
          deletionWindowInDays: kmsKeyDeletionDays,
          policy: choose(objectQueue, policy(bucketArn), policy(undefined)),
          tags,
        }),
    );
    resource(
      (count) =>
        new KmsAlias(this, 'alias', {
          ...count,
          name: `alias/${name}`,
          targetKeyId: this.key.existingAttribute('key_id'),
        }),
    );
    this.isCustomerManaged = not(equals(encryption, 'aws-owned'));
    this.keyArn = choose(used, this.key.attribute('arn') ?? '', kmsKeyArn ?? '');
  }

  /**
   * Makes a plan fail in which the key appears or disappears because only `encryption` changed. The previous
   * value is only in the state, so the guard's input keeps its first value.
   */
  private guardDeployedKey(used: Condition, keepKey: Condition | undefined): void {
    const isAllowed = or(isSet(keepKey), equals(ref('self.input'), used));
    // Not CDKTF's DataResource, which runs Terraform during synthesis to read its version.
    const guard = nameAfter(
      this,
      new TerraformResource(this, 'deployed', {
        terraformResourceType: 'terraform_data',
        lifecycle: {
          ignoreChanges: ['input'],
          ...(isAllowed !== true && { postcondition: [{ condition: isAllowed, errorMessage: keyChanged }] }),
        },
      }),
    );
    guard.addOverride('input', used);
  }
}

export { EncryptionKey, type EncryptionKeyProps };
