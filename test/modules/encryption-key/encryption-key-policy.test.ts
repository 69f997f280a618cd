import { encryptionKeyPolicy } from '../../../modules/encryption-key/encryption-key-policy';
import { isAllowed, type PolicyRequest } from '../../../modules/policies/policy-evaluator';
import { partitionExamples } from '../policies/partition-examples';

describe.each(partitionExamples)('in the partition %s', (partition, of) => {
  const { region, dnsSuffix, accountId, bucketArn, keyArn, logGroupArn } = of;
  const otherAccount = '444455556666';
  const role = { AWS: `arn:${partition}:iam::${accountId}:role/reader` };

  describe('the key', () => {
    const policy = encryptionKeyPolicy(of);
    const logs = { Service: `logs.${region}.${dnsSuffix}` };
    const s3 = { Service: 's3.amazonaws.com' };
    const logGroup = { 'kms:EncryptionContext:aws:logs:arn': logGroupArn };
    const bucket = { 'aws:SourceAccount': accountId, 'aws:SourceArn': bucketArn };

    it.each<[string, PolicyRequest['principal'], string, PolicyRequest['context'], boolean]>([
      ['the account, so that its IAM policies apply', role, 'kms:Decrypt', {}, true],
      ['the account, to administer it', { AWS: accountId }, 'kms:PutKeyPolicy', {}, true],
      ['another account', { AWS: `arn:${partition}:iam::${otherAccount}:role/a` }, 'kms:Decrypt', {}, false],
      ['CloudWatch Logs for the log group', logs, 'kms:GenerateDataKeyWithoutPlaintext', logGroup, true],
      ['CloudWatch Logs to read it', logs, 'kms:Decrypt', logGroup, true],
      ['CloudWatch Logs without a log group', logs, 'kms:Decrypt', {}, false],
      [
        'CloudWatch Logs for another log group',
        logs,
        'kms:Decrypt',
        { 'kms:EncryptionContext:aws:logs:arn': `${logGroupArn}-2` },
        false,
      ],
      ['CloudWatch Logs to delete it', logs, 'kms:ScheduleKeyDeletion', logGroup, false],
      [
        'CloudWatch Logs of another region',
        { Service: `logs.x.${dnsSuffix}` },
        'kms:Decrypt',
        logGroup,
        false,
      ],
      ['S3 for notifications of the bucket', s3, 'kms:GenerateDataKey', bucket, true],
      ['S3 to decrypt for them', s3, 'kms:Decrypt', bucket, true],
      ['S3 for another bucket', s3, 'kms:Decrypt', { ...bucket, 'aws:SourceArn': `${bucketArn}-2` }, false],
      ['S3 for another account', s3, 'kms:Decrypt', { ...bucket, 'aws:SourceAccount': otherAccount }, false],
      ['S3 without a bucket', s3, 'kms:Decrypt', {}, false],
      ['S3 to encrypt', s3, 'kms:Encrypt', bucket, false],
      ['SES directly', { Service: 'ses.amazonaws.com' }, 'kms:GenerateDataKey', bucket, false],
      ['Firehose directly', { Service: 'firehose.amazonaws.com' }, 'kms:Decrypt', bucket, false],
      ['anyone', undefined, 'kms:Decrypt', { ...bucket, ...logGroup }, false],
    ])('can be used by %s: %s %s %j %s', (_, principal, action, context, allowed) => {
      expect(isAllowed([policy], { principal, action, resource: keyArn, context })).toBe(allowed);
    });

    it('cannot be used by other principals', () => {
      expect(policy.Statement.map(({ Principal }) => Principal)).toEqual([
        { AWS: `arn:${partition}:iam::${accountId}:root` },
        logs,
        s3,
      ]);
    });

    it('cannot be used by S3 without a queue, but by the others', () => {
      const withoutQueue = encryptionKeyPolicy({ ...of, bucketArn: undefined });
      const decrypt = { action: 'kms:Decrypt', resource: keyArn };
      expect(isAllowed([withoutQueue], { ...decrypt, principal: s3, context: bucket })).toBe(false);
      expect(isAllowed([withoutQueue], { ...decrypt, principal: logs, context: logGroup })).toBe(true);
      expect(isAllowed([withoutQueue], { ...decrypt, principal: role })).toBe(true);
    });
  });
});
