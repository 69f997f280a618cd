import { deadLetterQueuePolicy, objectQueuePolicy } from '../../../modules/object-queue/object-queue';
import { evaluate, type PolicyRequest } from '../../../modules/policies/policy-evaluator';
import { partitionExamples } from '../policies/partition-examples';

describe.each(partitionExamples)('in the partition %s', (partition, of) => {
  const { accountId, bucketArn, queueArn } = of;
  const otherAccount = '444455556666';
  const role = { AWS: `arn:${partition}:iam::${accountId}:role/reader` };
  const everything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };

  describe('messages can be sent to the queue', () => {
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
        'not for a bucket of that name in another account',
        { context: { ...context, 'aws:SourceAccount': otherAccount } },
        'implicit-deny',
      ],
      ['not without a bucket', { context: { 'aws:SecureTransport': true } }, 'implicit-deny'],
      ['not by another service', { principal: { Service: 'sns.amazonaws.com' } }, 'implicit-deny'],
      ['not by a role', { principal: role }, 'implicit-deny'],
      ['not by anyone', { principal: undefined }, 'implicit-deny'],
      ['not into another queue', { resource: `${queueArn}-2` }, 'implicit-deny'],
      ['and not received from it', { action: 'sqs:ReceiveMessage' }, 'implicit-deny'],
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
      'only over TLS, also by principals with permission for %s',
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

  describe('the dead-letter queue', () => {
    const policy = deadLetterQueuePolicy({ queueArn });

    it.each(['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:StartMessageMoveTask'])(
      'is used over TLS only, also by principals with permission for %s',
      (action) => {
        const decide = (secure: boolean) =>
          evaluate([everything, policy], {
            ...{ principal: role, action, resource: queueArn },
            context: { 'aws:SecureTransport': secure },
          }).decision;
        expect([decide(true), decide(false)]).toEqual(['allowed', 'explicit-deny']);
      },
    );

    it('allows no principal on its own, S3 included', () => {
      const context = { 'aws:SecureTransport': true, 'aws:SourceAccount': accountId };
      for (const principal of [role, { Service: 's3.amazonaws.com' }, undefined]) {
        const send = { principal, action: 'sqs:SendMessage', resource: queueArn, context };
        expect(evaluate([policy], send).decision).toBe('implicit-deny');
      }
    });
  });
});
