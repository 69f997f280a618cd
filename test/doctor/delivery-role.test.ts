import type { DeliveryStreamDescription } from '@aws-sdk/client-firehose';
import type { Answer } from '../../consumer/doctor/answers/answer';
import {
  accountsOfBuckets,
  judgeDeliveryPermissions,
  judgeDeliveryRole,
} from '../../consumer/doctor/delivery-role';
import { type ArchivePlace, archivePlace } from '../../consumer/doctor/places/archive-place';
import { archiveBucketPolicy } from '../../modules/archive-bucket/archive-bucket';
import { centralBucketPolicy } from '../../modules/delivery-stream/central-bucket-policies';
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
  it('trusts Firehose, trusts another service, or does not exist', () => {
    expect(judgeDeliveryRole(found(deliveryRole), archive, streamArn, place).status).toBe('ok');
    const other = { ...deliveryRole, trust: sesRole.trust };
    expect(judgeDeliveryRole(found(other), archive, streamArn, place)).toMatchObject({
      status: 'failure',
      message:
        'Firehose cannot assume firehose-delivery: sts:AssumeRole is allowed only for ses.amazonaws.com',
    });
    expect(judgeDeliveryRole(absent, archive, streamArn, place).status).toBe('failure');
    expect(judgeDeliveryRole(refused, archive, streamArn, place).status).toBe('warning');
  });

  it('can trust Firehose for one stream only', () => {
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

describe('the permissions of the role of Firehose', () => {
  it('are sufficient with the policies of the constructs', () => {
    expect(judge(deliveryPolicies.documents).status).toBe('ok');
    expect(judge(deliveryPolicies.documents, found(archiveBucketPolicy({ bucketArn }))).status).toBe('ok');
  });

  it('are sufficient only in the account that the policies name', () => {
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
      message: expect.stringContaining(
        `s3:PutObject is allowed only with aws:ResourceAccount ${place.accountId}`,
      ),
    });
  });

  it('are sufficient in any account if the policies name none', () => {
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

  describe('for a bucket in another account', () => {
    const owner = '444455556666';
    const prefixes = ['events/', 'errors/'];
    const target = { bucketArn, bucketAccountId: owner, logGroupArn: 'arn', prefixes };
    const complete = deliveryPermissionsPolicy({ ...target, isInOtherAccount: true });
    const attached = centralBucketPolicy({ bucketArn, roleArn: deliveryRole.arn, prefixes });
    const judgeThere = (ofRole: GivenPolicyDocument, ofBucket: Answer<GivenPolicyDocument>) =>
      judge([ofRole], ofBucket, stream, owner);

    it('are sufficient if the policies of the role and of the bucket allow them', () => {
      expect(judgeThere(complete, found(attached)).status).toBe('ok');
    });

    it.each<[string, GivenPolicyDocument, Answer<GivenPolicyDocument>, string]>([
      ['the bucket has no policy', complete, absent, 'no statement allows s3:PutObject (bucket policy'],
      [
        'the policy of the bucket is for another role',
        complete,
        found(centralBucketPolicy({ bucketArn, roleArn: sesRole.arn, prefixes })),
        '(bucket policy, in another account)',
      ],
      ['only the bucket allows them', { Statement: [] }, found(attached), 'no statement allows s3:PutObject'],
      [
        'the role cannot set the ACL',
        deliveryPermissionsPolicy(target),
        found(attached),
        's3:PutObjectAcl on',
      ],
    ])('are a failure if %s', (_, ofRole, ofBucket, message) => {
      expect(judgeThere(ofRole, ofBucket)).toMatchObject({
        status: 'failure',
        message: expect.stringContaining(message),
        fix: expect.stringContaining('the owner of the bucket'),
      });
    });

    it('are a warning if the policy of the bucket cannot be read', () => {
      expect(judgeThere(complete, refused)).toMatchObject({
        status: 'warning',
        message: 'no permission to read the policy of the bucket archive',
      });
    });
  });

  it('can come from the policy of the bucket', () => {
    const named = { Effect: 'Allow', Principal: { AWS: deliveryRole.arn }, Action: 's3:*' };
    const policy = { Statement: { ...named, Resource: [bucketArn, `${bucketArn}/*`] } };
    expect(judge([], found(policy)).status).toBe('ok');
  });

  it.each<[name: string, documents: GivenPolicyDocument[], message: string]>([
    ['the role has none', [], 'no statement allows s3:PutObject'],
    ['they are for another bucket', [allow('s3:*', 'arn:aws:s3:::other/*')], 'only on arn:aws:s3:::other/*'],
    ['they are for errors only', [allow('s3:*', `${bucketArn}/errors/*`)], `only on ${bucketArn}/errors/*`],
  ])('are a failure if %s', (_, documents, message) => {
    const finding = judge(documents);
    expect(finding).toMatchObject({ check: 'delivery-permissions', status: 'failure' });
    expect(finding.message).toContain(
      `firehose-delivery is not authorized to perform s3:PutObject on ${bucketArn}/events/dt=`,
    );
    expect(finding.message).toContain(message);
  });

  it('are a warning if they do not cover errors', () => {
    const finding = judge([allow('s3:*', `${bucketArn}/events/*`), allow('s3:*', bucketArn)]);
    expect(finding).toMatchObject({
      status: 'warning',
      message: expect.stringContaining(
        `can write events, but is not authorized to perform s3:PutObject on ${bucketArn}/errors/`,
      ),
    });
  });

  it('are a failure if the policy of the bucket denies access', () => {
    const policy = {
      Statement: { Sid: 'No', Effect: 'Deny', Principal: '*', Action: 's3:Put*', Resource: '*' },
    };
    expect(judge(deliveryPolicies.documents, found(policy))).toMatchObject({
      status: 'failure',
      message: expect.stringContaining('the statement No denies s3:PutObject'),
    });
  });

  it('must include invoking the function that transforms records', () => {
    const Parameters = [{ ParameterName: 'LambdaArn' as const, ParameterValue: functionArn }];
    const Processors = [{ Type: 'Lambda' as const, Parameters }];
    const description = streamWith({ ProcessingConfiguration: { Enabled: true, Processors } });
    expect(judge(deliveryPolicies.documents, absent, description)).toMatchObject({
      status: 'failure',
      message: `firehose-delivery is not authorized to perform lambda:InvokeFunction on ${functionArn}: no statement allows lambda:InvokeFunction`,
    });
    const more = [...deliveryPolicies.documents, deliveryProcessorPermissionsPolicy({ functionArn })];
    expect(judge(more, absent, description).status).toBe('ok');
    const off = streamWith({ ProcessingConfiguration: { Enabled: false, Processors } });
    expect(judge(deliveryPolicies.documents, absent, off).status).toBe('ok');
  });

  it('are a warning without permission to read the policies of the role or the bucket', () => {
    const policies: Answer<never> = { state: 'refused', action: 'iam:ListRolePolicies' };
    const answers = { policies, bucketPolicy: absent, bucketOwner: place.accountId };
    expect(judgeDeliveryPermissions(deliveryRole, answers, stream, archive)).toMatchObject({
      status: 'warning',
      fix: 'allow iam:ListRolePolicies for your credentials',
    });
    expect(judge(deliveryPolicies.documents, refused)).toMatchObject({
      status: 'warning',
      message: 'no permission to read the policy of the bucket archive',
    });
  });
});
