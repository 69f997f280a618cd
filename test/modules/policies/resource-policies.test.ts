import { evaluate, isAllowed, type PolicyRequest } from '../../../modules/policies/policy-evaluator';
import {
  archiveBucketPolicy,
  deadLetterQueuePolicy,
  encryptionKeyPolicy,
  objectQueuePolicy,
} from '../../../modules/policies/resource-policies';
import { partitionExamples } from './partition-examples';

describe.each(partitionExamples)('in the partition %s', (partition, of) => {
  const { region, dnsSuffix, accountId, bucketArn, queueArn, keyArn, logGroupArn } = of;
  const otherAccount = '444455556666';
  const role = { AWS: `arn:${partition}:iam::${accountId}:role/reader` };
  const everything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };

  describe('the bucket', () => {
    const policy = archiveBucketPolicy(of);

    it.each<[what: string, principal: PolicyRequest['principal'], action: string, resource: string]>([
      ['an object', role, 's3:GetObject', `${bucketArn}/events/1.gz`],
      ['writing', role, 's3:PutObject', `${bucketArn}/events/1.gz`],
      ['its list', role, 's3:ListBucket', bucketArn],
      ['a service', { Service: 'firehose.amazonaws.com' }, 's3:PutObject', `${bucketArn}/events/1.gz`],
      ['anyone', undefined, 's3:GetObject', `${bucketArn}/events/1.gz`],
    ])('refuses HTTP, and not HTTPS: %s', (_, principal, action, resource) => {
      const decide = (secure: boolean) =>
        evaluate([everything, policy], {
          ...{ principal, action, resource },
          context: { 'aws:SecureTransport': secure },
        }).decision;
      expect(decide(false)).toBe('explicit-deny');
      expect(decide(true)).toBe('allowed');
    });

    it('allows nobody anything by itself', () => {
      const asked = { principal: role, action: 's3:GetObject', resource: `${bucketArn}/a` };
      expect(evaluate([policy], { ...asked, context: { 'aws:SecureTransport': true } }).decision).toBe(
        'implicit-deny',
      );
    });

    it('says nothing about another bucket', () => {
      const asked = { principal: role, action: 's3:GetObject', resource: `${bucketArn}-2/a` };
      expect(isAllowed([everything, policy], { ...asked, context: { 'aws:SecureTransport': false } })).toBe(
        true,
      );
    });
  });

  describe('the queue is sent to', () => {
    const policy = objectQueuePolicy(of);
    const context = {
      'aws:SourceAccount': accountId,
      'aws:SourceArn': bucketArn,
      'aws:SecureTransport': true,
    };

    it.each<[who: string, asked: Partial<PolicyRequest>, decision: string]>([
      ['by S3 for the bucket', {}, 'allowed'],
      [
        'not for another bucket',
        { context: { ...context, 'aws:SourceArn': `${bucketArn}-2` } },
        'implicit-deny',
      ],
      [
        'not for a bucket of that name that another account has since',
        { context: { ...context, 'aws:SourceAccount': otherAccount } },
        'implicit-deny',
      ],
      ['not without saying for whom', { context: { 'aws:SecureTransport': true } }, 'implicit-deny'],
      ['not by another service', { principal: { Service: 'sns.amazonaws.com' } }, 'implicit-deny'],
      ['not by a role', { principal: role }, 'implicit-deny'],
      ['not by anyone', { principal: undefined }, 'implicit-deny'],
      ['not into another queue', { resource: `${queueArn}-2` }, 'implicit-deny'],
      ['and not received from', { action: 'sqs:ReceiveMessage' }, 'implicit-deny'],
      ['not over HTTP', { context: { ...context, 'aws:SecureTransport': false } }, 'explicit-deny'],
    ])('%s', (_, asked, decision) => {
      const send = {
        principal: { Service: 's3.amazonaws.com' },
        action: 'sqs:SendMessage',
        resource: queueArn,
        context,
      };
      expect(evaluate([policy], { ...send, ...asked }).decision).toBe(decision);
    });

    it.each(['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteQueue'])(
      'and used over TLS only, by whoever is allowed %s elsewhere',
      (action) => {
        const decide = (secure: boolean) =>
          evaluate([everything, policy], {
            ...{ principal: role, action, resource: queueArn },
            context: { 'aws:SecureTransport': secure },
          }).decision;
        expect([decide(true), decide(false)]).toEqual(['allowed', 'explicit-deny']);
      },
    );
  });

  describe('the queue of messages tried in vain', () => {
    const policy = deadLetterQueuePolicy({ queueArn });

    it.each(['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:StartMessageMoveTask'])(
      'is used over TLS only, by those who are allowed %s elsewhere',
      (action) => {
        const decide = (secure: boolean) =>
          evaluate([everything, policy], {
            ...{ principal: role, action, resource: queueArn },
            context: { 'aws:SecureTransport': secure },
          }).decision;
        expect([decide(true), decide(false)]).toEqual(['allowed', 'explicit-deny']);
      },
    );

    it('lets nobody in by itself, S3 included', () => {
      const context = { 'aws:SecureTransport': true, 'aws:SourceAccount': accountId };
      for (const principal of [role, { Service: 's3.amazonaws.com' }, undefined]) {
        const send = { principal, action: 'sqs:SendMessage', resource: queueArn, context };
        expect(evaluate([policy], send).decision).toBe('implicit-deny');
      }
    });
  });

  describe('the key', () => {
    const policy = encryptionKeyPolicy(of);
    const logs = { Service: `logs.${region}.${dnsSuffix}` };
    const s3 = { Service: 's3.amazonaws.com' };
    const logGroup = { 'kms:EncryptionContext:aws:logs:arn': logGroupArn };
    const bucket = { 'aws:SourceAccount': accountId, 'aws:SourceArn': bucketArn };

    it.each<[string, PolicyRequest['principal'], string, PolicyRequest['context'], boolean]>([
      ['the account, so that its IAM policies count', role, 'kms:Decrypt', {}, true],
      ['the account, to administer it', { AWS: accountId }, 'kms:PutKeyPolicy', {}, true],
      ['another account', { AWS: `arn:${partition}:iam::${otherAccount}:role/a` }, 'kms:Decrypt', {}, false],
      ['CloudWatch Logs for the log group', logs, 'kms:GenerateDataKeyWithoutPlaintext', logGroup, true],
      ['CloudWatch Logs to read it', logs, 'kms:Decrypt', logGroup, true],
      ['CloudWatch Logs for nothing in particular', logs, 'kms:Decrypt', {}, false],
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
      ['S3 for nothing in particular', s3, 'kms:Decrypt', {}, false],
      ['S3 to encrypt', s3, 'kms:Encrypt', bucket, false],
      ['SES by itself', { Service: 'ses.amazonaws.com' }, 'kms:GenerateDataKey', bucket, false],
      ['Firehose by itself', { Service: 'firehose.amazonaws.com' }, 'kms:Decrypt', bucket, false],
      ['anyone', undefined, 'kms:Decrypt', { ...bucket, ...logGroup }, false],
    ])('is used by %s: %s %s %j %s', (_, principal, action, context, allowed) => {
      expect(isAllowed([policy], { principal, action, resource: keyArn, context })).toBe(allowed);
    });

    it('is used by nobody else', () => {
      expect(policy.Statement.map(({ Principal }) => Principal)).toEqual([
        { AWS: `arn:${partition}:iam::${accountId}:root` },
        logs,
        s3,
      ]);
    });

    it('is not used by S3 where there is no queue, and by the others as before', () => {
      const withoutQueue = encryptionKeyPolicy({ ...of, bucketArn: undefined });
      const decrypt = { action: 'kms:Decrypt', resource: keyArn };
      expect(isAllowed([withoutQueue], { ...decrypt, principal: s3, context: bucket })).toBe(false);
      expect(isAllowed([withoutQueue], { ...decrypt, principal: logs, context: logGroup })).toBe(true);
      expect(isAllowed([withoutQueue], { ...decrypt, principal: role })).toBe(true);
    });
  });
});
