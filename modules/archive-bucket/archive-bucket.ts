import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketLoggingA } from '@cdktf/provider-aws/lib/s3-bucket-logging';
import { S3BucketObjectLockConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Annotations, ref, type TerraformResource, type TerraformResourceLifecycle, Token } from 'cdktf';
import { Construct } from 'constructs';
import { pageAddress } from '../../consumer/pages/page-address';
import { AwsEnvironment, type GivenEnvironment } from '../cdktf/aws-environment';
import {
  and,
  type Condition,
  choose,
  defined,
  equals,
  isKnown,
  isSet,
  not,
  valueOr,
  when,
} from '../cdktf/condition';
import { addBlocks } from '../cdktf/optional-block';
import { type OptionalResource, optionalResources } from '../cdktf/optional-resource';
import { deliveryStreamSettings } from '../delivery-stream/delivery-stream-settings';
import { archiveTableSettings } from '../event-catalog/archive-table-settings';
import { eventCatalogSettings } from '../event-catalog/event-catalog-settings';
import { denyWithoutTls, type PolicyDocument, policyOf } from '../policies/policy-documents';
import { withStatements } from '../settings/added-statements';
import { ConfigurationError } from '../settings/configuration-error';
import { combine, configure, pick } from '../settings/configure';
import { type CustomerKeyProps, customerKey } from '../settings/customer-key';
import { namingSettings } from '../settings/shared-settings';
import type { StreamProps } from '../settings/stream-props.generated';
import { archiveBucketSettings, loggedAgain } from './archive-bucket-settings';
import { archiveLifecycle } from './archive-lifecycle';

const settings = combine(
  pick(namingSettings, 'name', 'tags', 'accountId', 'region', 'partition'),
  archiveBucketSettings,
  pick(deliveryStreamSettings, 'dataPrefix', 'errorPrefix', 'parquetConversion', 'parquetPrefix'),
  pick(eventCatalogSettings, 'catalog', 'catalogResultsPrefix', 'catalogResultDays'),
  pick(archiveTableSettings, 'archiveTable', 'archivePrefix'),
);

/** Settings of the bucket, and the key that encrypts it. */
interface ArchiveBucketProps extends Pick<StreamProps, keyof typeof settings.fields>, CustomerKeyProps {
  /**
   * Resources that the bucket depends on, such as the key that encrypts it.
   * @default - none
   */
  readonly dependsOn?: readonly TerraformResource[];
}

/** Returns the bucket's name and ARN before the bucket exists. */
function archiveBucketNames(
  scope: Construct,
  config: GivenEnvironment & { name: string; bucketName: string | undefined },
): { bucketName: string; bucketArn: string } {
  const { accountId, region, partition } = AwsEnvironment.of(scope, config);
  const chosen = valueOr(config.bucketName, `${config.name}-${accountId}-${region}`);
  return { bucketName: chosen, bucketArn: `arn:${partition}:s3:::${chosen}` };
}

/**
 * Creates the archive bucket's policy, which denies plain HTTP. IAM policies control access over TLS.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
function archiveBucketPolicy({ bucketArn }: { readonly bucketArn: string }): PolicyDocument {
  return policyOf(denyWithoutTls('s3:*', [bucketArn, `${bucketArn}/*`]));
}

/** Warning about personal data without a time limit. */
const unlimitedRetentionWarning =
  'expirationDays is not set, so events, which contain personal data, are kept forever: set it to the number of days ' +
  `after which S3 deletes them. See ${pageAddress('security', 'personal-data')}`;

/** The actual name of a bucket, whatever its configuration. */
const actualName = Token.asString(ref('self.bucket'));

/**
 * Protects the bucket from replacement: a plan with another name fails. Where `forceDestroy` is known to be
 * off, a plan that destroys the bucket fails too.
 */
function bucketLifecycle(name: string, forceDestroy: boolean): TerraformResourceLifecycle {
  return {
    ...(forceDestroy === false && { preventDestroy: true }),
    ignoreChanges: ['bucket'],
    postcondition: [
      {
        condition: equals(actualName, name),
        errorMessage: `the bucket is named ${actualName}, but the settings specify ${name}: to keep it, set bucketName to ${actualName}. If name has changed, also set configurationSets, eventDestinationName and streamName to the old names; otherwise these resources are replaced. To use another bucket, see ${pageAddress('renaming', 'renaming')}`,
      },
    ],
  };
}

/**
 * The bucket for delivered events: private, encrypted, versioned, with access over TLS only, and with a
 * lifecycle. Terraform cannot destroy it while it contains objects, unless `forceDestroy` is on.
 *
 * @example new ArchiveBucket(this, 'archive', { bucketName: 'example-email-events', expirationDays: 400 })
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
class ArchiveBucket extends Construct {
  readonly bucketName: string;
  readonly bucketArn: string;
  /** The account that owns the bucket, or `*` for an existing one of an unknown account. */
  readonly bucketAccountId: string;
  /** Whether an existing bucket is in another account than the deployment. */
  readonly isInOtherAccount: Condition;
  /** The bucket's resource, where it is created. */
  readonly bucket: OptionalResource<S3Bucket>;
  /**
   * Resources that protect the bucket. Readers and writers of the bucket depend on them, and are destroyed
   * first.
   */
  readonly dependables: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: ArchiveBucketProps = {}) {
    super(scope, id);
    const config = configure(this.node.path, settings, props);

    const { createBucket, tags } = config;
    const { bucketName: name, bucketArn: namedArn } = archiveBucketNames(this, config);
    const resource = optionalResources(this, createBucket);

    if (createBucket === true && config.expirationDays === undefined)
      Annotations.of(this).addWarning(unlimitedRetentionWarning);

    this.bucket = resource(
      (count) =>
        new S3Bucket(this, 'bucket', {
          ...count,
          bucket: name,
          forceDestroy: config.forceDestroy,
          tags,
          lifecycle: bucketLifecycle(name, config.forceDestroy),
          // The key must remain when S3 rejects the destruction of the bucket.
          dependsOn: [...(props.dependsOn ?? [])],
        }),
    );
    const bucket = () => this.bucket.existingAttribute('id');
    this.bucketName = choose(createBucket, this.bucket.attribute('id') ?? '', name);
    this.bucketArn = choose(createBucket, this.bucket.attribute('arn') ?? '', namedArn);
    const { accountId } = AwsEnvironment.of(this, config);
    const { bucketAccountId: owner } = config;
    this.bucketAccountId = choose(createBucket, accountId, valueOr(owner, '*'));
    this.isInOtherAccount = and(isSet(owner), not(equals(owner, accountId)));

    const publicAccess = resource(
      (count) =>
        new S3BucketPublicAccessBlock(this, 'public-access', {
          ...count,
          bucket: bucket(),
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        }),
    );
    const ownership = resource(
      (count) =>
        new S3BucketOwnershipControls(this, 'ownership', {
          ...count,
          bucket: bucket(),
          rule: { objectOwnership: 'BucketOwnerEnforced' },
        }),
    );
    const policy = resource(
      (count) =>
        new S3BucketPolicy(this, 'policy', {
          ...count,
          bucket: bucket(),
          policy: withStatements(
            archiveBucketPolicy({ bucketArn: this.bucket.existingAttribute('arn') }),
            config.bucketPolicyStatements,
          ),
          // S3 rejects two concurrent changes of a bucket's access.
          dependsOn: publicAccess.dependables,
        }),
    );
    const { isCustomerManaged, keyArn } = customerKey(this.node.path, props);
    const encryption = resource(
      (count) =>
        new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
          ...count,
          bucket: bucket(),
          rule: [
            {
              bucketKeyEnabled: isCustomerManaged,
              applyServerSideEncryptionByDefault: {
                sseAlgorithm: choose(isCustomerManaged, 'aws:kms', 'AES256'),
                ...defined({ kmsMasterKeyId: when(isCustomerManaged, keyArn) }),
              },
            },
          ],
        }),
    );
    const versioning = resource(
      (count) =>
        new S3BucketVersioningA(this, 'versioning', {
          ...count,
          bucket: bucket(),
          versioningConfiguration: { status: 'Enabled' },
        }),
    );
    const objectLock = optionalResources(
      this,
      and(createBucket, isSet(config.objectLockMode)),
    )(
      // This also turns Object Lock on, for a bucket that exists too.
      (count) =>
        new S3BucketObjectLockConfigurationA(this, 'object-lock', {
          ...count,
          bucket: bucket(),
          rule: {
            defaultRetention: { mode: config.objectLockMode ?? '', days: config.objectLockDays ?? 0 },
          },
          dependsOn: versioning.dependables,
        }),
    );
    const lifecycle = resource(
      (count) =>
        new S3BucketLifecycleConfiguration(this, 'lifecycle', {
          ...count,
          bucket: bucket(),
          dependsOn: versioning.dependables,
        }),
    );
    if (lifecycle.resource !== undefined) addBlocks(lifecycle.resource, undefined, archiveLifecycle(config));
    // A rule compares the two settings; this also covers the default name.
    const isOtherBucket = not(equals(config.accessLogBucket ?? '', name));
    const sameBucket = { setting: 'accessLogBucket', message: loggedAgain(config) };
    if (isOtherBucket === false) throw new ConfigurationError(this.node.path, [sameBucket]);
    const logging = optionalResources(
      this,
      and(createBucket, config.logAccess),
    )(
      (count) =>
        new S3BucketLoggingA(this, 'logging', {
          ...count,
          bucket: bucket(),
          targetBucket: config.accessLogBucket ?? '',
          targetPrefix: config.accessLogPrefix,
          ...(!isKnown(isOtherBucket) && {
            lifecycle: {
              precondition: [
                { condition: isOtherBucket, errorMessage: `${sameBucket.setting} ${sameBucket.message}` },
              ],
            },
          }),
        }),
    );
    const protections = [
      publicAccess,
      ownership,
      policy,
      encryption,
      versioning,
      objectLock,
      lifecycle,
      logging,
    ];
    this.dependables = protections.flatMap<TerraformResource>(({ dependables }) => dependables);
  }
}

export { ArchiveBucket, type ArchiveBucketProps, archiveBucketNames, archiveBucketPolicy };
