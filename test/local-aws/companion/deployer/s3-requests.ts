import type { PolicyRequest } from '../../../../modules/policies/policy-evaluator';
import type { AwsRequest } from '../handler';

/** Names in actions of the parts of a bucket. */
const partNames: Readonly<Record<string, string>> = {
  accelerate: 'AccelerateConfiguration',
  acl: 'BucketAcl',
  cors: 'BucketCORS',
  encryption: 'EncryptionConfiguration',
  lifecycle: 'LifecycleConfiguration',
  logging: 'BucketLogging',
  notification: 'BucketNotification',
  'object-lock': 'BucketObjectLockConfiguration',
  ownershipControls: 'BucketOwnershipControls',
  policy: 'BucketPolicy',
  publicAccessBlock: 'BucketPublicAccessBlock',
  replication: 'ReplicationConfiguration',
  requestPayment: 'BucketRequestPayment',
  tagging: 'BucketTagging',
  versioning: 'BucketVersioning',
  website: 'BucketWebsite',
};

/** Operations on a bucket without a part. */
const ofBucket: Readonly<Record<string, string>> = {
  PUT: 's3:CreateBucket',
  DELETE: 's3:DeleteBucket',
  GET: 's3:ListBucket',
  HEAD: 's3:ListBucket',
};

/** Returns the action of a call on a part. Only a policy has a separate action for deletion. */
function actionOf(method: string, name: string, part: string): string {
  if (method === 'GET') return `s3:Get${part}`;
  return method === 'DELETE' && name === 'policy' ? 's3:DeleteBucketPolicy' : `s3:Put${part}`;
}

/**
 * Returns the permissions that a call of S3 requires.
 * @throws {Error} for an unknown call
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
function s3Requests({ method, path, query, body }: AwsRequest): PolicyRequest[] {
  const [, bucket = '', ...key] = decodeURIComponent(path).split('/');
  const resource = `arn:aws:s3:::${bucket}`;
  if (query.has('versions')) return [{ action: 's3:ListBucketVersions', resource }];
  if (query.has('delete')) {
    // Each object of the list has a key, and a version id if it is a version.
    return [...body.toString().matchAll(/<Object>([\s\S]*?)<\/Object>/g)].map(([, object = '']) => ({
      action: object.includes('<VersionId>') ? 's3:DeleteObjectVersion' : 's3:DeleteObject',
      resource: `${resource}/${/<Key>(.*?)<\/Key>/.exec(object)?.[1]}`,
    }));
  }
  const name = [...query.keys()].find((each) => partNames[each] !== undefined);
  const part = partNames[name ?? ''];
  if (name !== undefined && part !== undefined) return [{ action: actionOf(method, name, part), resource }];
  const action = ofBucket[method];
  if (action === undefined || key.join('') !== '')
    throw new Error(`unknown call of S3: ${method} ${path}?${query}`);
  return [{ action, resource }];
}

export { s3Requests };
