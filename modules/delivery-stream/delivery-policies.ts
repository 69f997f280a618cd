import { type PolicyDocument, type PolicyStatement, policyOf } from '../policies/policy-documents';

// For the role with which Firehose delivers. As in policy-documents.ts, every text may be a CDKTF token.

/**
 * Who may assume the role that Firehose delivers with: Firehose, for this account. The external id is the condition
 * that AWS documents; whether Firehose gives `aws:SourceArn` when it creates a stream is not.
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

/** Where a stream delivers to. */
interface DeliveryTarget {
  readonly bucketArn: string;
  /** The account that owns the bucket, or `*` for any. */
  readonly bucketAccountId: string;
}

/** Only the bucket of this account: a bucket's ARN names none, and the name of a deleted bucket is free for anyone. */
const ownedBy = (bucketAccountId: string) => ({
  // Not StringEquals, so that * stands for any account.
  StringLike: { 'aws:ResourceAccount': bucketAccountId },
});

/** Writing below some folders. Parts of large objects are read again, hence GetObject. */
const writeBelow = (
  sid: string,
  { bucketArn, bucketAccountId }: DeliveryTarget,
  prefixes: readonly string[],
): PolicyStatement => ({
  Sid: sid,
  Effect: 'Allow',
  Action: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
  Resource: prefixes.map((prefix) => `${bucketArn}/${prefix}*`),
  Condition: ownedBy(bucketAccountId),
});

/**
 * What Firehose needs to deliver: the bucket, the stream's own folders in it, and the log group for its errors.
 * The bucket's list has no condition on `s3:prefix`: Firehose's requests for it are not documented, and a request
 * without a prefix, such as HeadBucket, does not meet one.
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
      Action: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
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
 * What Firehose needs beside that to write Parquet.
 * @param parquetPrefix as a prefix of `deliveryPermissionsPolicy`
 * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
 */
function deliveryParquetPermissionsPolicy({
  parquetPrefix,
  ...target
}: DeliveryTarget & { readonly parquetPrefix: string }): PolicyDocument {
  return policyOf(writeBelow('WriteParquet', target, [parquetPrefix]));
}

/** The key that encrypts the bucket, and where it is. */
interface BucketKey {
  readonly keyArn: string;
  readonly bucketArn: string;
  readonly region: string;
  readonly dnsSuffix: string;
}

/**
 * Writing to the bucket and reading from it needs its key: only through S3, and only for this bucket.
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
 * What Firehose needs of the key that encrypts the bucket.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
 */
function deliveryKeyPermissionsPolicy(key: BucketKey): PolicyDocument {
  return policyOf(useOfBucketKey(key));
}

/**
 * What Firehose needs to transform records with a Lambda function, unqualified or of a version or alias.
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
 * What Firehose needs to convert records into the columns of a Glue table. Glue asks for the right to the
 * catalog and the database that hold a table as well.
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
  deliveryKeyPermissionsPolicy,
  deliveryParquetPermissionsPolicy,
  deliveryPermissionsPolicy,
  deliveryProcessorPermissionsPolicy,
  deliverySchemaPermissionsPolicy,
  firehoseTrustPolicy,
  useOfBucketKey,
};
