import { judgeSesPermissions, judgeSesRole, judgeSesTrust } from '../../consumer/doctor/ses-role';
import { sesPermissionsPolicy, sesTrustPolicy } from '../../modules/policies/policy-documents';
import type { GivenPolicyDocument } from '../../modules/policies/policy-evaluator';
import { absent, accountId, found, place, refused, sesPolicies, sesRole, setArn, streamArn } from './healthy';

const assumed = { Effect: 'Allow', Principal: { Service: 'ses.amazonaws.com' }, Action: 'sts:AssumeRole' };
const trust = (statement: object): GivenPolicyDocument => ({ Statement: { ...assumed, ...statement } });
const judgeTrust = (document: GivenPolicyDocument) => judgeSesTrust({ ...sesRole, trust: document }, place);

describe('the role of SES', () => {
  it('exists, does not exist, or cannot be read', () => {
    expect(judgeSesRole(found(sesRole), sesRole.arn)).toMatchObject({ status: 'ok' });
    expect(judgeSesRole(absent, sesRole.arn)).toMatchObject({
      status: 'failure',
      message: 'the role ses-events of the event destination does not exist',
    });
    expect(judgeSesRole(refused, sesRole.arn)).toMatchObject({
      status: 'warning',
      fix: 'allow some:Action for your credentials',
    });
  });
});

describe('the trust policy of the role', () => {
  it.each<[name: string, document: GivenPolicyDocument]>([
    ['names the configuration set', sesRole.trust],
    ['has the external id of the Pinpoint guide', sesTrustPolicy({ mode: 'external-id', accountId })],
    [
      'names every set of the account',
      trust({
        Condition: {
          StringEquals: { 'AWS:SourceAccount': accountId },
          ArnLike: { 'AWS:SourceArn': `arn:aws:ses:eu-west-1:${accountId}:configuration-set/*` },
        },
      }),
    ],
    ['names the account alone', trust({ Condition: { StringEquals: { 'aws:SourceAccount': accountId } } })],
  ])('is ok if it %s', (_, document) => {
    expect(judgeTrust(document)).toMatchObject({ check: 'ses-trust', status: 'ok' });
  });

  it.each<[name: string, document: GivenPolicyDocument, because: string]>([
    [
      'names another account',
      sesTrustPolicy({ mode: 'source-arn', accountId: '999988887777', configurationSetArns: [setArn] }),
      'sts:AssumeRole is allowed only with aws:SourceAccount 999988887777',
    ],
    [
      'names another configuration set',
      sesTrustPolicy({
        mode: 'source-arn',
        accountId,
        configurationSetArns: [setArn.replace('newsletter', 'receipts')],
      }),
      `sts:AssumeRole is allowed only with aws:SourceArn arn:aws:ses:eu-west-1:${accountId}:configuration-set/receipts`,
    ],
    [
      'names another region',
      sesTrustPolicy({
        mode: 'source-arn',
        accountId,
        configurationSetArns: [setArn.replace('eu-west-1', 'us-east-1')],
      }),
      'sts:AssumeRole is allowed only with aws:SourceArn arn:aws:ses:us-east-1:',
    ],
    [
      'names Pinpoint',
      trust({ Principal: { Service: ['pinpoint.amazonaws.com', 'firehose.amazonaws.com'] } }),
      'sts:AssumeRole is allowed only for pinpoint.amazonaws.com, firehose.amazonaws.com',
    ],
    ['allows something else', trust({ Action: 'sts:TagSession' }), 'no statement allows sts:AssumeRole'],
    [
      'denies SES',
      { Statement: [sesRole.trust.Statement, { ...assumed, Sid: 'NoSes', Effect: 'Deny' }].flat() },
      'the statement NoSes denies sts:AssumeRole',
    ],
  ])('is a failure if it %s', (_, document, because) => {
    const finding = judgeTrust(document);
    expect(finding).toMatchObject({ check: 'ses-trust', status: 'failure' });
    expect(finding.message).toContain(because);
    expect(finding.fix).toContain(
      `ses-events policy trust --account ${accountId} --region eu-west-1 --configuration-set newsletter > trust.json && aws iam update-assume-role-policy --role-name ses-events --policy-document file://trust.json`,
    );
  });

  it.each<[name: string, document: GivenPolicyDocument, message: string]>([
    ['has no condition', trust({}), 'SES can assume it for other customers'],
    [
      'requires both contexts',
      trust({
        Condition: {
          StringEquals: { 'sts:ExternalId': accountId, 'aws:SourceAccount': accountId },
        },
      }),
      'which is untested',
    ],
    [
      'has an operator that is not evaluated',
      trust({ Condition: { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } } }),
      'cannot evaluate the trust policy of ses-events: the condition operator "DateGreaterThan"',
    ],
  ])('is a warning if it %s', (_, document, message) => {
    const finding = judgeTrust(document);
    expect(finding).toMatchObject({ check: 'ses-trust', status: 'warning' });
    expect(finding.message).toContain(message);
  });
});

describe('the permissions of the role', () => {
  const judge = (...documents: GivenPolicyDocument[]) =>
    judgeSesPermissions(sesRole, found({ documents }), streamArn, place);

  it('are sufficient', () => {
    expect(judgeSesPermissions(sesRole, found(sesPolicies), streamArn, place).status).toBe('ok');
  });

  it.each<[name: string, documents: GivenPolicyDocument[], because: string]>([
    ['there are none', [], 'no statement allows firehose:PutRecordBatch'],
    [
      'they are for another stream',
      [sesPermissionsPolicy({ streamArn: streamArn.replace('email-events', 'other') })],
      'firehose:PutRecordBatch is allowed only on arn:aws:firehose:eu-west-1:111122223333:deliverystream/other',
    ],
    [
      'they are for single records only',
      [{ Statement: { Effect: 'Allow', Action: 'firehose:PutRecord', Resource: '*' } }],
      'no statement allows firehose:PutRecordBatch',
    ],
    [
      'a statement denies the action',
      [
        ...sesPolicies.documents,
        { Statement: { Sid: 'Stop', Effect: 'Deny', Action: 'firehose:*', Resource: '*' } },
      ],
      'the statement Stop denies firehose:PutRecordBatch',
    ],
    [
      'they are for another region',
      [
        {
          Statement: {
            Effect: 'Allow',
            Action: 'firehose:*',
            Resource: '*',
            Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
          },
        },
      ],
      'firehose:PutRecordBatch is allowed only with aws:RequestedRegion us-east-1',
    ],
  ])('are a failure if %s', (_, documents, because) => {
    const finding = judge(...documents);
    expect(finding).toMatchObject({ check: 'ses-permissions', status: 'failure' });
    expect(finding.message).toBe(`ses-events cannot put records into ${streamArn}: ${because}`);
    expect(finding.fix).toContain(
      'ses-events policy permissions --account 111122223333 --region eu-west-1 --stream email-events',
    );
  });

  it('do not exceed the permissions boundary', () => {
    const boundary = { Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } };
    const finding = judgeSesPermissions(sesRole, found({ ...sesPolicies, boundary }), streamArn, place);
    expect(finding.message).toContain(
      'the permissions boundary of the role does not allow firehose:PutRecordBatch',
    );
  });

  it('are a warning if they cannot be read or evaluated', () => {
    expect(judgeSesPermissions(sesRole, refused, streamArn, place)).toMatchObject({ status: 'warning' });
    const unsupported = { Statement: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' } };
    expect(judge(unsupported)).toMatchObject({
      status: 'warning',
      message: expect.stringContaining('NotAction'),
    });
  });
});
