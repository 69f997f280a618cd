import { denyWithoutTls, type PolicyDocument } from '../policies/policy-documents';

// Every text may be a CDKTF token: see policy-documents.ts.

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

export { deadLetterQueuePolicy, objectQueuePolicy };
