import type { DeliveryStreamDescription } from '@aws-sdk/client-firehose';
import type { Answer } from '../../consumer/doctor/answers/answer';
import {
  accountsOfBuckets,
  judgeDeliveryPermissions,
  judgeDeliveryRole,
} from '../../consumer/doctor/delivery-role';
import { type ArchivePlace, archivePlace } from '../../consumer/doctor/places/archive-place';
import { archiveBucketPolicy } from '../../modules/archive-bucket/archive-bucket';
import {
  deliveryPermissionsPolicy,
  deliveryProcessorPermissionsPolicy,
} from '../../modules/delivery-stream/delivery-policies';
import type { GivenPolicyDocument } from '../../modules/policies/policy-evaluator';
import {
  absent,
  bucketArn,
  deliveryPolicies,
  deliveryRole,
  found,
  place,
  refused,
  sesRole,
  stream,
  streamArn,
  streamWith,
} from './healthy';

const archive = archivePlace(stream) as ArchivePlace; // it delivers to S3
const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:transform';

function judge(
  documents: readonly GivenPolicyDocument[],
  bucketPolicy: Answer<GivenPolicyDocument> = absent,
  description: DeliveryStreamDescription = stream,
  bucketOwner: string | undefined = place.accountId,
) {
  const policies = found({ documents });
  return judgeDeliveryPermissions(
    deliveryRole,
    { policies, bucketPolicy, bucketOwner },
    description,
    archive,
  );
}

const allow = (Action: string | string[], Resource: string): GivenPolicyDocument => ({
  Statement: { Effect: 'Allow', Action, Resource },
});

describe('the role of Firehose', () => {
  it('is there and trusted, trusts another service, or is gone', () => {
    expect(judgeDeliveryRole(found(deliveryRole), archive, streamArn, place).status).toBe('ok');
    const other = { ...deliveryRole, trust: sesRole.trust };
    expect(judgeDeliveryRole(found(other), archive, streamArn, place)).toMatchObject({
      status: 'failure',
      message: 'Firehose may not assume firehose-delivery: it is allowed for ses.amazonaws.com only',
    });
    expect(judgeDeliveryRole(absent, archive, streamArn, place).status).toBe('failure');
    expect(judgeDeliveryRole(refused, archive, streamArn, place).status).toBe('warning');
  });

  it('may be trusted for one stream only', () => {
    const Condition = { ArnLike: { 'aws:SourceArn': streamArn } };
    const trust = {
      Statement: {
        ...{ Effect: 'Allow', Action: 'sts:AssumeRole', Condition },
        Principal: { Service: 'firehose.amazonaws.com' },
      },
    };
    const judged = (arn: string) => judgeDeliveryRole(found({ ...deliveryRole, trust }), archive, arn, place);
    expect(judged(streamArn).status).toBe('ok');
    expect(judged(`${streamArn}-2`).status).toBe('failure');
  });
});

describe('what the role of Firehose may do', () => {
  it('is enough, with the policies of the bucket that the constructs make', () => {
    expect(judge(deliveryPolicies.documents).status).toBe('ok');
    expect(judge(deliveryPolicies.documents, found(archiveBucketPolicy({ bucketArn }))).status).toBe('ok');
  });

  it('is enough in the account that they name only', () => {
    const policies = found(deliveryPolicies);
    const judgedIn = (bucketOwner: string | undefined) =>
      judgeDeliveryPermissions(
        deliveryRole,
        { policies, bucketPolicy: absent, bucketOwner },
        stream,
        archive,
      );
    expect(judgedIn(place.accountId).status).toBe('ok');
    expect(judgedIn(undefined)).toMatchObject({
      status: 'failure',
      message: expect.stringContaining(`it is allowed only where aws:ResourceAccount ${place.accountId}`),
    });
  });

  it('is enough in any account, where they name none', () => {
    const anywhere = deliveryPermissionsPolicy({
      ...{ bucketArn, bucketAccountId: '*', logGroupArn: 'arn' },
      prefixes: ['events/', 'errors/'],
    });
    const policies = found({ documents: [anywhere] });
    const answers = { policies, bucketPolicy: absent, bucketOwner: undefined };
    expect(judgeDeliveryPermissions(deliveryRole, answers, stream, archive).status).toBe('ok');
    expect(accountsOfBuckets({ documents: [anywhere] })).toEqual([]);
    expect(accountsOfBuckets(deliveryPolicies)).toEqual([place.accountId]);
  });

  it('may be what the policy of the bucket says', () => {
    const named = { Effect: 'Allow', Principal: { AWS: deliveryRole.arn }, Action: 's3:*' };
    const policy = { Statement: { ...named, Resource: [bucketArn, `${bucketArn}/*`] } };
    expect(judge([], found(policy)).status).toBe('ok');
  });

  it.each<[name: string, documents: GivenPolicyDocument[], message: string]>([
    ['nothing', [], 'nothing allows s3:PutObject'],
    ['to write elsewhere', [allow('s3:*', 'arn:aws:s3:::other/*')], 'on arn:aws:s3:::other/* only'],
    ['to write errors only', [allow('s3:*', `${bucketArn}/errors/*`)], `on ${bucketArn}/errors/* only`],
  ])('is %s', (_, documents, message) => {
    const finding = judge(documents);
    expect(finding).toMatchObject({ check: 'delivery-permissions', status: 'failure' });
    expect(finding.message).toContain(`firehose-delivery may not s3:PutObject on ${bucketArn}/events/dt=`);
    expect(finding.message).toContain(message);
  });

  it('is to write events, and no errors', () => {
    const finding = judge([allow('s3:*', `${bucketArn}/events/*`), allow('s3:*', bucketArn)]);
    expect(finding).toMatchObject({
      status: 'warning',
      message: expect.stringContaining(`may write events, but not s3:PutObject on ${bucketArn}/errors/`),
    });
  });

  it('does not hold against the policy of the bucket', () => {
    const policy = {
      Statement: { Sid: 'No', Effect: 'Deny', Principal: '*', Action: 's3:Put*', Resource: '*' },
    };
    expect(judge(deliveryPolicies.documents, found(policy))).toMatchObject({
      status: 'failure',
      message: expect.stringContaining('the statement No denies it'),
    });
  });

  it('has to be to invoke a function that transforms records', () => {
    const Parameters = [{ ParameterName: 'LambdaArn' as const, ParameterValue: functionArn }];
    const Processors = [{ Type: 'Lambda' as const, Parameters }];
    const description = streamWith({ ProcessingConfiguration: { Enabled: true, Processors } });
    expect(judge(deliveryPolicies.documents, absent, description)).toMatchObject({
      status: 'failure',
      message: `firehose-delivery may not lambda:InvokeFunction on ${functionArn}: nothing allows lambda:InvokeFunction`,
    });
    const more = [...deliveryPolicies.documents, deliveryProcessorPermissionsPolicy({ functionArn })];
    expect(judge(more, absent, description).status).toBe('ok');
    const off = streamWith({ ProcessingConfiguration: { Enabled: false, Processors } });
    expect(judge(deliveryPolicies.documents, absent, off).status).toBe('ok');
  });

  it('may not be looked at: its policies, or that of the bucket', () => {
    const policies: Answer<never> = { state: 'refused', action: 'iam:ListRolePolicies' };
    const answers = { policies, bucketPolicy: absent, bucketOwner: place.accountId };
    expect(judgeDeliveryPermissions(deliveryRole, answers, stream, archive)).toMatchObject({
      status: 'warning',
      fix: 'allow iam:ListRolePolicies to whoever asks',
    });
    expect(judge(deliveryPolicies.documents, refused)).toMatchObject({
      status: 'warning',
      message: 'not allowed to look at the policy of the bucket archive',
    });
  });
});
