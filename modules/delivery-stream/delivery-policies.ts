import { type Condition, choose } from '../cdktf/condition';
import { type PolicyDocument, type PolicyStatement, policyOf } from '../policies/policy-documents';

// Policies of the role with which Firehose delivers. As in policy-documents.ts, every text may be a CDKTF
// token.

/**
 * Creates the trust policy of Firehose's delivery role: Firehose can assume it, for this account. The
 * external id is the condition that AWS documents. AWS does not document whether Firehose sends
 * `aws:SourceArn` when it creates a stream.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
 */
function firehoseTrustPolicy({ accountId }: { readonly accountId: string }): PolicyDocument {
  return policyOf({
    Sid: 'AssumedByFirehoseForAccount',
    Effect: 'Allow',
    Principal: { Service: 'firehose.amazonaws.com' },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': accountId } },
  });
}

/** The target of a stream's delivery. */
interface DeliveryTarget {
  readonly bucketArn: string;
  /** The account that owns the bucket, or `*` for any. */
  readonly bucketAccountId: string;
  /**
   * Whether the bucket is in another account, whose objects Firehose creates with an ACL for its owner.
   * @default false
   */
  readonly isInOtherAccount?: Condition;
}

/** The actions on the bucket itself that Firehose needs. */
const bucketActions: readonly string[] = [
  's3:GetBucketLocation',
  's3:ListBucket',
  's3:ListBucketMultipartUploads',
];

/** The actions on objects that Firehose needs. It reads parts of large objects again, which requires GetObject. */
const objectActions: readonly string[] = ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'];

/** The actions on objects of another account's bucket. */
const otherAccountActions: readonly string[] = [...objectActions, 's3:PutObjectAcl'];

/**
 * Limits access to the bucket of this account. A bucket's ARN does not contain an account, and anyone can
 * take the name of a deleted bucket.
 */
const ownedBy = (bucketAccountId: string) => ({
  // Not StringEquals, so that * matches any account.
  StringLike: { 'aws:ResourceAccount': bucketAccountId },
});

/** Permits writes below some folders. */
const writeBelow = (
  sid: string,
  { bucketArn, bucketAccountId, isInOtherAccount = false }: DeliveryTarget,
  prefixes: readonly string[],
): PolicyStatement => ({
  Sid: sid,
  Effect: 'Allow',
  Action: choose(isInOtherAccount, otherAccountActions, objectActions),
  Resource: prefixes.map((prefix) => `${bucketArn}/${prefix}*`),
  Condition: ownedBy(bucketAccountId),
});

/**
 * Creates the permissions that Firehose needs to deliver: the bucket, the stream's own folders in it, and the
 * log group for its errors. The permission to list the bucket has no condition on `s3:prefix`. Firehose's
 * requests are not documented, and a request without a prefix, such as HeadBucket, does not meet the
 * condition.
 * @param prefixes the fixed beginnings of keys, each with its slash, before any Firehose expression
 * @param logGroupArn without `:*` at its end
 * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount
 */
function deliveryPermissionsPolicy({
  prefixes,
  logGroupArn,
  ...target
}: DeliveryTarget & {
  readonly prefixes: readonly string[];
  readonly logGroupArn: string;
}): PolicyDocument {
  return policyOf(
    {
      Sid: 'FindBucket',
      Effect: 'Allow',
      Action: bucketActions,
      Resource: [target.bucketArn],
      Condition: ownedBy(target.bucketAccountId),
    },
    writeBelow('WriteObjects', target, prefixes),
    {
      Sid: 'LogErrors',
      Effect: 'Allow',
      Action: ['logs:PutLogEvents'],
      Resource: [`${logGroupArn}:log-stream:*`],
    },
  );
}

/**
 * Creates the further permissions that Firehose needs to write Parquet.
 * @param parquetPrefix as a prefix of `deliveryPermissionsPolicy`
 * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
 */
function deliveryParquetPermissionsPolicy({
  parquetPrefix,
  ...target
}: DeliveryTarget & { readonly parquetPrefix: string }): PolicyDocument {
  return policyOf(writeBelow('WriteParquet', target, [parquetPrefix]));
}

/** The key that encrypts the bucket, with its region. */
interface BucketKey {
  readonly keyArn: string;
  readonly bucketArn: string;
  readonly region: string;
  readonly dnsSuffix: string;
}

/**
 * Permits the use of the bucket's key, which reads and writes require: only through S3, and only for this
 * bucket.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
 */
function useOfBucketKey({ keyArn, bucketArn, region, dnsSuffix }: BucketKey): PolicyStatement {
  return {
    Sid: 'UseBucketKey',
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: [keyArn],
    Condition: {
      StringEquals: { 'kms:ViaService': `s3.${region}.${dnsSuffix}` },
      // With an S3 bucket key the encryption context is the bucket itself, otherwise the object.
      StringLike: { 'kms:EncryptionContext:aws:s3:arn': [bucketArn, `${bucketArn}/*`] },
    },
  };
}

/**
 * Creates the permissions that Firehose needs for the key that encrypts the bucket.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
 */
function deliveryKeyPermissionsPolicy(key: BucketKey): PolicyDocument {
  return policyOf(useOfBucketKey(key));
}

/**
 * Creates the permissions that Firehose needs to transform records with a Lambda function, unqualified or
 * with a version or alias.
 * @param functionArn without version or alias
 * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
 */
function deliveryProcessorPermissionsPolicy({
  functionArn,
}: {
  readonly functionArn: string;
}): PolicyDocument {
  return policyOf({
    Sid: 'InvokeProcessor',
    Effect: 'Allow',
    Action: ['lambda:InvokeFunction', 'lambda:GetFunctionConfiguration'],
    Resource: [functionArn, `${functionArn}:*`],
  });
}

/**
 * Creates the permissions that Firehose needs to convert records into the columns of a Glue table. Glue also
 * requires permissions for the catalog and the database of a table.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
 */
function deliverySchemaPermissionsPolicy({
  partition,
  region,
  accountId,
  database,
  table,
}: Readonly<Record<'partition' | 'region' | 'accountId' | 'database' | 'table', string>>): PolicyDocument {
  const glue = `arn:${partition}:glue:${region}:${accountId}`;
  return policyOf({
    Sid: 'ReadSchema',
    Effect: 'Allow',
    Action: ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
    Resource: [`${glue}:catalog`, `${glue}:database/${database}`, `${glue}:table/${database}/${table}`],
  });
}

export {
  bucketActions,
  deliveryKeyPermissionsPolicy,
  deliveryParquetPermissionsPolicy,
  deliveryPermissionsPolicy,
  deliveryProcessorPermissionsPolicy,
  deliverySchemaPermissionsPolicy,
  firehoseTrustPolicy,
  otherAccountActions,
  ownedBy,
  useOfBucketKey,
};
