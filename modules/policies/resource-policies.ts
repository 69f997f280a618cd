import type { PolicyDocument, PolicyStatement } from './policy-documents';

// What is attached to the bucket, the queue and the key. As in policy-documents.ts, every text may be a CDKTF token.

/** In a key policy: the key it is attached to. */
const thisKey = '*';

/** Whoever asks, and whatever else allows it: not over plain HTTP. */
function denyWithoutTls(action: string, resources: readonly string[]): PolicyStatement {
  return {
    Sid: 'DenyWithoutTls',
    Effect: 'Deny',
    Principal: '*',
    Action: action,
    Resource: resources,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

/**
 * The archive bucket's policy: it refuses plain HTTP. Who may do what over TLS is for IAM policies to say.
 * @example archiveBucketPolicy({ bucketArn: 'arn:aws:s3:::archive' })
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
function archiveBucketPolicy({ bucketArn }: { readonly bucketArn: string }): PolicyDocument {
  return { Version: '2012-10-17', Statement: [denyWithoutTls('s3:*', [bucketArn, `${bucketArn}/*`])] };
}

/**
 * The policy of the queue that hears of new objects: S3 may send to it for this bucket of this account. A bucket's
 * ARN names no account, and a deleted bucket's name can be taken by anyone: hence both conditions.
 * @example objectQueuePolicy({ queueArn, bucketArn: 'arn:aws:s3:::archive', accountId: '111122223333' })
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
 */
function objectQueuePolicy({
  queueArn,
  bucketArn,
  accountId,
}: {
  readonly queueArn: string;
  readonly bucketArn: string;
  readonly accountId: string;
}): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'SentByS3ForBucket',
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: [queueArn],
        Condition: {
          StringEquals: { 'aws:SourceAccount': accountId },
          ArnLike: { 'aws:SourceArn': bucketArn },
        },
      },
      denyWithoutTls('sqs:*', [queueArn]),
    ],
  };
}

/**
 * The policy of the queue of messages tried in vain: it refuses plain HTTP. SQS itself moves messages there.
 * @example deadLetterQueuePolicy({ queueArn: 'arn:aws:sqs:eu-west-1:111122223333:email-events-objects-failed' })
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
 */
function deadLetterQueuePolicy({ queueArn }: { readonly queueArn: string }): PolicyDocument {
  return { Version: '2012-10-17', Statement: [denyWithoutTls('sqs:*', [queueArn])] };
}

/** S3 needs the queue's key to announce objects: only for this bucket of this account. */
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
 * The key's policy. The account decides by IAM policies who else uses the key, among them the roles of SES and
 * of Firehose; CloudWatch Logs and, with a queue, S3 notifications have no role and are named here.
 * @param logGroupArn without `:*` at its end
 * @param bucketArn the bucket that announces its objects to a queue; undefined where there is no queue
 * @example encryptionKeyPolicy({ partition, region, accountId, dnsSuffix: 'amazonaws.com', logGroupArn, bucketArn })
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
  return {
    Version: '2012-10-17',
    Statement: [
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
    ],
  };
}

export { archiveBucketPolicy, deadLetterQueuePolicy, encryptionKeyPolicy, objectQueuePolicy };
