import { denyWithoutTls } from '../policies/deny-without-tls';
import type { PolicyDocument } from '../policies/policy-documents';

// Every text may be a CDKTF token: see policy-documents.ts.

/**
 * The archive bucket's policy: it refuses plain HTTP. Who may do what over TLS is for IAM policies to say.
 * @example archiveBucketPolicy({ bucketArn: 'arn:aws:s3:::archive' })
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
function archiveBucketPolicy({ bucketArn }: { readonly bucketArn: string }): PolicyDocument {
  return { Version: '2012-10-17', Statement: [denyWithoutTls('s3:*', [bucketArn, `${bucketArn}/*`])] };
}

export { archiveBucketPolicy };
