import { type PolicyDocument, type PolicyStatement, policyOf } from '../policies/policy-documents';

// Every text may be a CDKTF token: see policy-documents.ts.

/** In a key policy: the key that the policy is attached to. */
const thisKey = '*';

/** Permits S3 to use the queue's key for notifications: only for this bucket of this account. */
function usedByS3Notifications(bucketArn: string, accountId: string): PolicyStatement {
  return {
    Sid: 'UsedByS3NotificationsOfBucket',
    Effect: 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
    Resource: thisKey,
    Condition: {
      StringEquals: { 'aws:SourceAccount': accountId },
      ArnLike: { 'aws:SourceArn': bucketArn },
    },
  };
}

/**
 * Creates the key's policy. The account's IAM policies permit other use of the key, for example by the roles
 * of SES and Firehose. CloudWatch Logs and, with a queue, S3 notifications have no role, so this policy names
 * them.
 * @param logGroupArn without `:*` at its end
 * @param bucketArn the bucket that sends notifications to a queue; undefined where there is no queue
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
 */
function encryptionKeyPolicy({
  partition,
  region,
  accountId,
  dnsSuffix,
  logGroupArn,
  bucketArn,
}: {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly dnsSuffix: string;
  readonly logGroupArn: string;
  readonly bucketArn: string | undefined;
}): PolicyDocument {
  return policyOf(
    {
      Sid: 'AdministeredByAccount',
      Effect: 'Allow',
      Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
      Action: 'kms:*',
      Resource: thisKey,
    },
    {
      Sid: 'UsedByLogGroup',
      Effect: 'Allow',
      Principal: { Service: `logs.${region}.${dnsSuffix}` },
      Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      Resource: thisKey,
      Condition: { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': logGroupArn } },
    },
    ...(bucketArn === undefined ? [] : [usedByS3Notifications(bucketArn, accountId)]),
  );
}

export { encryptionKeyPolicy };
