import type { AwsAnswer, Handler } from './handler';

const none: AwsAnswer = {
  status: 404,
  headers: { 'Content-Type': 'application/xml' },
  body: '<Error><Code>NoSuchBucketPolicy</Code><Message>The bucket policy does not exist</Message></Error>',
};

/**
 * Stores bucket policies instead of moto. Moto ignores their conditions, so that a policy that denies plain HTTP would
 * deny every request.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html
 */
class BucketPolicies {
  /** Policy documents as text, by bucket. */
  readonly policies = new Map<string, string>();

  readonly handle: Handler = async ({ service, method, path, query, body }) => {
    if (service !== 's3' || !query.has('policy')) return undefined;
    const bucket = decodeURIComponent(path.replaceAll('/', ''));
    switch (method) {
      case 'PUT':
        this.policies.set(bucket, body.toString());
        return { status: 204, body: '' };
      case 'DELETE':
        this.policies.delete(bucket);
        return { status: 204, body: '' };
      default: {
        const policy = this.policies.get(bucket);
        return policy === undefined
          ? none
          : { status: 200, headers: { 'Content-Type': 'application/json' }, body: policy };
      }
    }
  };
}

export { BucketPolicies };
