import type { ServerSideEncryptionByDefault } from '@aws-sdk/client-s3';
import type { GivenPolicyDocument } from '../../modules/policies/policy-evaluator';
import { pageAddress } from '../pages/page-address';
import { type Answer, answer, call } from './answers/answer';
import type { Clients } from './answers/clients';
import { type Finding, ok, unanswered } from './findings/finding';
import { parseArn } from './places/place';
import { policyOf } from './policies/policy-text';

/** The default encryption of a bucket. */
interface BucketEncryption {
  readonly byDefault?: ServerSideEncryptionByDefault | undefined;
  /** Whether the bucket uses an S3 bucket key, one key between KMS and its objects. */
  readonly hasBucketKey: boolean;
}

/**
 * Checks that a bucket exists and can be listed; the value contains its region, if S3 returns it.
 * @param ownerId an account: the answer is "refused" when another account owns the bucket
 */
function askBucket(
  { s3 }: Clients,
  bucket: string,
  ownerId?: string,
): Promise<Answer<{ region?: string | undefined }>> {
  return answer(async () => {
    const { HeadBucketCommand } = await import('@aws-sdk/client-s3');
    const command = new HeadBucketCommand({ Bucket: bucket, ExpectedBucketOwner: ownerId });
    const { BucketRegion } = await call('s3:ListBucket', s3.send(command));
    return { region: BucketRegion };
  });
}

/**
 * Finds the account that owns a bucket among some accounts; undefined when none does. The bucket must exist.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
 */
async function askBucketOwner(
  clients: Clients,
  bucket: string,
  accountIds: readonly string[],
): Promise<string | undefined> {
  for (const accountId of accountIds) {
    const { state } = await askBucket(clients, bucket, accountId);
    if (state === 'found') return accountId;
  }
  return undefined;
}

/** Requests a bucket's policy; absent where the bucket has none. */
function askBucketPolicy({ s3 }: Clients, bucket: string): Promise<Answer<GivenPolicyDocument>> {
  return answer(async () => {
    const { GetBucketPolicyCommand } = await import('@aws-sdk/client-s3');
    const { Policy } = await call(
      's3:GetBucketPolicy',
      s3.send(new GetBucketPolicyCommand({ Bucket: bucket })),
    );
    return policyOf('s3:GetBucketPolicy', Policy);
  });
}

/**
 * Requests a bucket's default encryption; absent where the bucket has none.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
 */
function askBucketEncryption({ s3 }: Clients, bucket: string): Promise<Answer<BucketEncryption>> {
  return answer(async () => {
    const { GetBucketEncryptionCommand } = await import('@aws-sdk/client-s3');
    const { ServerSideEncryptionConfiguration } = await call(
      's3:GetEncryptionConfiguration',
      s3.send(new GetBucketEncryptionCommand({ Bucket: bucket })),
    );
    const [rule] = ServerSideEncryptionConfiguration?.Rules ?? [];
    return {
      byDefault: rule?.ApplyServerSideEncryptionByDefault,
      hasBucketKey: rule?.BucketKeyEnabled === true,
    };
  });
}

/**
 * Requests the names of the queues that a bucket notifies.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html
 */
function askNotifiedQueues({ s3 }: Clients, bucket: string): Promise<Answer<readonly string[]>> {
  return answer(async () => {
    const { GetBucketNotificationConfigurationCommand } = await import('@aws-sdk/client-s3');
    const { QueueConfigurations = [] } = await call(
      's3:GetBucketNotification',
      s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: bucket })),
    );
    return QueueConfigurations.map(({ QueueArn = '' }) => parseArn(QueueArn).resource);
  });
}

/** Checks whether the bucket exists and can be listed. */
function judgeBucket(answer: Answer<{ region?: string | undefined }>, bucket: string): Finding {
  if (answer.state === 'found') {
    const { region } = answer.value;
    return ok('bucket', `${bucket} can be listed${region === undefined ? '' : `, in ${region}`}`);
  }
  return unanswered('bucket', `list the bucket ${bucket}`, answer, {
    message: `the bucket ${bucket} of the stream does not exist`,
    fix: `deploy it again; Firehose retries for up to 24 hours. See ${pageAddress('deploying')}`,
  });
}

export {
  askBucket,
  askBucketEncryption,
  askBucketOwner,
  askBucketPolicy,
  askNotifiedQueues,
  type BucketEncryption,
  judgeBucket,
};
