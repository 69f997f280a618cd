import { archiveBucketPolicy } from '../../../modules/archive-bucket/archive-bucket';
import { evaluate, isAllowed, type PolicyRequest } from '../../../modules/policies/policy-evaluator';
import { partitionExamples } from '../policies/partition-examples';

describe.each(partitionExamples)('in the partition %s', (partition, of) => {
  const { accountId, bucketArn } = of;
  const role = { AWS: `arn:${partition}:iam::${accountId}:role/reader` };
  const everything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };

  describe('the bucket', () => {
    const policy = archiveBucketPolicy(of);

    it.each<[what: string, principal: PolicyRequest['principal'], action: string, resource: string]>([
      ['an object', role, 's3:GetObject', `${bucketArn}/events/1.gz`],
      ['a write', role, 's3:PutObject', `${bucketArn}/events/1.gz`],
      ['a list', role, 's3:ListBucket', bucketArn],
      ['a service', { Service: 'firehose.amazonaws.com' }, 's3:PutObject', `${bucketArn}/events/1.gz`],
      ['anyone', undefined, 's3:GetObject', `${bucketArn}/events/1.gz`],
    ])('denies HTTP, and not HTTPS: %s', (_, principal, action, resource) => {
      const decide = (secure: boolean) =>
        evaluate([everything, policy], {
          ...{ principal, action, resource },
          context: { 'aws:SecureTransport': secure },
        }).decision;
      expect(decide(false)).toBe('explicit-deny');
      expect(decide(true)).toBe('allowed');
    });

    it('allows no request on its own', () => {
      const asked = { principal: role, action: 's3:GetObject', resource: `${bucketArn}/a` };
      expect(evaluate([policy], { ...asked, context: { 'aws:SecureTransport': true } }).decision).toBe(
        'implicit-deny',
      );
    });

    it('does not apply to another bucket', () => {
      const asked = { principal: role, action: 's3:GetObject', resource: `${bucketArn}-2/a` };
      expect(isAllowed([everything, policy], { ...asked, context: { 'aws:SecureTransport': false } })).toBe(
        true,
      );
    });
  });
});
