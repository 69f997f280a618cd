import {
  centralBucketKeyPolicy,
  centralBucketPolicy,
} from '../../../modules/delivery-stream/central-bucket-policies';
import { isAllowed, type PolicyRequest } from '../../../modules/policies/policy-evaluator';
import { partitionExamples } from '../policies/partition-examples';

describe.each(partitionExamples)('in the partition %s', (partition, of) => {
  const { region, dnsSuffix, accountId, bucketArn } = of;
  const owner = '444455556666';
  const roleArn = `arn:${partition}:iam::${accountId}:role/delivery`;
  const delivery = { AWS: roleArn };
  const stranger = { AWS: `arn:${partition}:iam::${accountId}:role/other` };

  describe('the policy of a bucket in another account', () => {
    const policy = centralBucketPolicy({ bucketArn, roleArn, prefixes: ['events/', 'errors/'] });
    const context = { 'aws:SecureTransport': true };

    it.each([
      ['s3:GetBucketLocation', bucketArn, true],
      ['s3:ListBucket', bucketArn, true],
      ['s3:ListBucketMultipartUploads', bucketArn, true],
      ['s3:PutObject', `${bucketArn}/events/1.gz`, true],
      ['s3:PutObjectAcl', `${bucketArn}/events/1.gz`, true],
      ['s3:GetObject', `${bucketArn}/errors/1.gz`, true],
      ['s3:AbortMultipartUpload', `${bucketArn}/errors/1.gz`, true],
      ['s3:PutObject', `${bucketArn}/payroll/1.csv`, false],
      ['s3:PutObject', `${bucketArn}-2/events/1.gz`, false],
      ['s3:DeleteObject', `${bucketArn}/events/1.gz`, false],
      ['s3:PutBucketPolicy', bucketArn, false],
      ['s3:PutBucketAcl', bucketArn, false],
    ])('allows the delivery role %s on %s: %s', (action, resource, allowed) => {
      expect(isAllowed([policy], { principal: delivery, action, resource, context })).toBe(allowed);
    });

    it.each<[who: string, asked: Partial<PolicyRequest>]>([
      ['another role', { principal: stranger }],
      ['Firehose itself', { principal: { Service: 'firehose.amazonaws.com' } }],
      ['the delivery role without TLS', { context: { 'aws:SecureTransport': false } }],
    ])('does not allow %s to write', (_, asked) => {
      const write = { principal: delivery, action: 's3:PutObject', resource: `${bucketArn}/events/1.gz` };
      expect(isAllowed([policy], { ...write, context, ...asked })).toBe(false);
    });
  });

  describe('the policy of the key of a bucket in another account', () => {
    const policy = centralBucketKeyPolicy({
      ...{ bucketArn, roleArn, partition, region, dnsSuffix, accountId: owner },
    });
    const use = {
      principal: delivery,
      action: 'kms:GenerateDataKey',
      resource: of.keyArn,
      context: {
        'kms:ViaService': `s3.${region}.${dnsSuffix}`,
        'kms:EncryptionContext:aws:s3:arn': bucketArn,
      },
    };

    it.each<[what: string, asked: Partial<PolicyRequest>, allowed: boolean]>([
      ['the delivery role encrypt through S3', {}, true],
      ['the delivery role decrypt through S3', { action: 'kms:Decrypt' }, true],
      ['the owner of the bucket administer the key', rootOf(owner), true],
      ['the account of the stream administer the key', rootOf(accountId), false],
      ['the delivery role use the key directly', { context: {} }, false],
      [
        'the delivery role use the key for another bucket',
        { context: { ...use.context, 'kms:EncryptionContext:aws:s3:arn': `${bucketArn}-2` } },
        false,
      ],
      ['the delivery role create grants', { action: 'kms:CreateGrant' }, false],
      ['another role use the key', { principal: stranger }, false],
    ])('lets %s: %s', (_, asked, allowed) => {
      expect(isAllowed([policy], { ...use, ...asked })).toBe(allowed);
    });

    function rootOf(account: string): Partial<PolicyRequest> {
      return { principal: { AWS: `arn:${partition}:iam::${account}:root` }, action: 'kms:PutKeyPolicy' };
    }
  });
});
