import { judgeSesPermissions, judgeSesRole, judgeSesTrust } from '../../consumer/doctor/ses-role';
import { sesPermissionsPolicy, sesTrustPolicy } from '../../modules/policies/policy-documents';
import type { GivenPolicyDocument } from '../../modules/policies/policy-evaluator';
import { absent, accountId, found, place, refused, sesPolicies, sesRole, setArn, streamArn } from './healthy';

const assumed = { Effect: 'Allow', Principal: { Service: 'ses.amazonaws.com' }, Action: 'sts:AssumeRole' };
const trust = (statement: object): GivenPolicyDocument => ({ Statement: { ...assumed, ...statement } });
const judgeTrust = (document: GivenPolicyDocument) => judgeSesTrust({ ...sesRole, trust: document }, place);

describe('the role of SES', () => {
  it('is there, is gone, or may not be looked at', () => {
    expect(judgeSesRole(found(sesRole), sesRole.arn)).toMatchObject({ status: 'ok' });
    expect(judgeSesRole(absent, sesRole.arn)).toMatchObject({
      status: 'failure',
      message: 'the role ses-events, which the event destination names, is not there',
    });
    expect(judgeSesRole(refused, sesRole.arn)).toMatchObject({
      status: 'warning',
      fix: 'allow some:Action to whoever asks',
    });
  });
});

describe('the trust of the role', () => {
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
  ])('is in order when it %s', (_, document) => {
    expect(judgeTrust(document)).toMatchObject({ check: 'ses-trust', status: 'ok' });
  });

  it.each<[name: string, document: GivenPolicyDocument, because: string]>([
    [
      'names another account',
      sesTrustPolicy({ mode: 'source-arn', accountId: '999988887777', configurationSetArns: [setArn] }),
      'it is allowed only where aws:SourceAccount 999988887777',
    ],
    [
      'names another configuration set',
      sesTrustPolicy({
        mode: 'source-arn',
        accountId,
        configurationSetArns: [setArn.replace('newsletter', 'receipts')],
      }),
      `it is allowed only where aws:SourceArn arn:aws:ses:eu-west-1:${accountId}:configuration-set/receipts`,
    ],
    [
      'names another region',
      sesTrustPolicy({
        mode: 'source-arn',
        accountId,
        configurationSetArns: [setArn.replace('eu-west-1', 'us-east-1')],
      }),
      'it is allowed only where aws:SourceArn arn:aws:ses:us-east-1:',
    ],
    [
      'names Pinpoint',
      trust({ Principal: { Service: ['pinpoint.amazonaws.com', 'firehose.amazonaws.com'] } }),
      'it is allowed for pinpoint.amazonaws.com, firehose.amazonaws.com only',
    ],
    ['allows something else', trust({ Action: 'sts:TagSession' }), 'nothing allows sts:AssumeRole'],
    [
      'denies SES',
      { Statement: [sesRole.trust.Statement, { ...assumed, Sid: 'NoSes', Effect: 'Deny' }].flat() },
      'the statement NoSes denies it',
    ],
  ])('fails when it %s', (_, document, because) => {
    const finding = judgeTrust(document);
    expect(finding).toMatchObject({ check: 'ses-trust', status: 'failure' });
    expect(finding.message).toContain(because);
    expect(finding.fix).toContain(
      `ses-events policy trust --account ${accountId} --region eu-west-1 --configuration-set newsletter > trust.json && aws iam update-assume-role-policy --role-name ses-events --policy-document file://trust.json`,
    );
  });

  it.each<[name: string, document: GivenPolicyDocument, message: string]>([
    ['has no condition', trust({}), 'other customers of SES could have it assumed'],
    [
      'asks for both at once',
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
      'cannot judge whom ses-events trusts: the condition operator "DateGreaterThan"',
    ],
  ])('is doubtful when it %s', (_, document, message) => {
    const finding = judgeTrust(document);
    expect(finding).toMatchObject({ check: 'ses-trust', status: 'warning' });
    expect(finding.message).toContain(message);
  });
});

describe('what the role may do', () => {
  const judge = (...documents: GivenPolicyDocument[]) =>
    judgeSesPermissions(sesRole, found({ documents }), streamArn, place);

  it('is enough', () => {
    expect(judgeSesPermissions(sesRole, found(sesPolicies), streamArn, place).status).toBe('ok');
  });

  it.each<[name: string, documents: GivenPolicyDocument[], because: string]>([
    ['is nothing', [], 'nothing allows firehose:PutRecordBatch'],
    [
      'is for another stream',
      [sesPermissionsPolicy({ streamArn: streamArn.replace('email-events', 'other') })],
      'it is allowed on arn:aws:firehose:eu-west-1:111122223333:deliverystream/other only',
    ],
    [
      'is to put single records',
      [{ Statement: { Effect: 'Allow', Action: 'firehose:PutRecord', Resource: '*' } }],
      'nothing allows firehose:PutRecordBatch',
    ],
    [
      'is denied',
      [
        ...sesPolicies.documents,
        { Statement: { Sid: 'Stop', Effect: 'Deny', Action: 'firehose:*', Resource: '*' } },
      ],
      'the statement Stop denies it',
    ],
    [
      'is for another region',
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
      'it is allowed only where aws:RequestedRegion us-east-1',
    ],
  ])('%s', (_, documents, because) => {
    const finding = judge(...documents);
    expect(finding).toMatchObject({ check: 'ses-permissions', status: 'failure' });
    expect(finding.message).toBe(`ses-events may not put records into ${streamArn}: ${because}`);
    expect(finding.fix).toContain(
      'ses-events policy permissions --account 111122223333 --region eu-west-1 --stream email-events',
    );
  });

  it('is no more than its boundary allows', () => {
    const boundary = { Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } };
    const finding = judgeSesPermissions(sesRole, found({ ...sesPolicies, boundary }), streamArn, place);
    expect(finding.message).toContain('the permissions boundary of the role does not allow it');
  });

  it('may not be looked at, or not be judged', () => {
    expect(judgeSesPermissions(sesRole, refused, streamArn, place)).toMatchObject({ status: 'warning' });
    const strange = { Statement: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' } };
    expect(judge(strange)).toMatchObject({
      status: 'warning',
      message: expect.stringContaining('NotAction'),
    });
  });
});
