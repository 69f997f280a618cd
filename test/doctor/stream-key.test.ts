import type { DeliveryStreamDescription } from '@aws-sdk/client-firehose';
import type { Answer } from '../../consumer/doctor/answers/answer';
import type { Key } from '../../consumer/doctor/key';
import type { RolePolicies } from '../../consumer/doctor/role';
import { judgeStreamKey, streamKeyArn } from '../../consumer/doctor/stream-key';
import { sesPermissionsPolicy } from '../../modules/policies/policy-documents';
import type { GivenPolicyDocument, GivenStatement } from '../../modules/policies/policy-evaluator';
import {
  absent,
  accountId,
  deliveryRole,
  found,
  place,
  refused,
  sesPolicies,
  sesRole,
  stream,
  streamArn,
} from './healthy';
import { dnsSuffix, keyArn, keyOf, ofAccount } from './keys';

const use = { Effect: 'Allow', Action: ['kms:GenerateDataKey', 'kms:Decrypt'], Resource: '*' };
const naming = (arn: string, more: Partial<GivenStatement> = {}): GivenPolicyDocument => ({
  Statement: { ...use, Principal: { AWS: arn }, ...more },
});
const grant = (GranteePrincipal: string) => ({
  GranteePrincipal,
  Operations: ['GenerateDataKey', 'Decrypt'] as const,
});

const encrypted: DeliveryStreamDescription = {
  ...stream,
  CreateTimestamp: new Date('2026-05-01T00:00:00Z'),
  DeliveryStreamEncryptionConfiguration: {
    KeyARN: keyArn,
    KeyType: 'CUSTOMER_MANAGED_CMK',
    Status: 'ENABLED',
  },
};
const withKey: RolePolicies = {
  documents: [sesPermissionsPolicy({ streamArn, key: { ...place, keyArn, dnsSuffix } })],
};
const now = new Date('2026-11-25T10:00:00Z');

function judgeStreamsKey(
  key: Key,
  policies: RolePolicies,
  { description = encrypted, at = now }: { description?: DeliveryStreamDescription; at?: Date } = {},
) {
  return judgeStreamKey(
    description,
    found(key),
    { role: sesRole, policies: found(policies) },
    { place, now: at },
  );
}

describe("the stream's key", () => {
  it('is none of the account', () => {
    expect(streamKeyArn(stream)).toBeUndefined();
    const user = { role: sesRole, policies: found(sesPolicies) };
    expect(judgeStreamKey(stream, undefined, user, { place, now }).status).toBe('ok');
  });

  it.each<[name: string, key: Key, policies: RolePolicies]>([
    ['the account decides, and the role may', keyOf(ofAccount), withKey],
    ["the key's policy names the role", keyOf(naming(sesRole.arn)), sesPolicies],
    [
      'a grant names the role',
      keyOf(naming(deliveryRole.arn), {
        grants: [{ ...grant(sesRole.arn), Operations: ['GenerateDataKey', 'Decrypt'] }],
      }),
      sesPolicies,
    ],
    [
      'it is through Firehose only',
      keyOf(
        naming(sesRole.arn, {
          Condition: {
            StringEquals: {
              'kms:ViaService': 'firehose.eu-west-1.amazonaws.com',
              'kms:CallerAccount': accountId,
            },
          },
        }),
      ),
      sesPolicies,
    ],
    [
      'an encryption context is asked for, which is not documented',
      keyOf(naming(sesRole.arn, { Condition: { StringEquals: { 'kms:EncryptionContext:a': 'b' } } })),
      sesPolicies,
    ],
  ])('may be used when %s', (_, key, policies) => {
    expect(judgeStreamsKey(key, policies)).toMatchObject({ check: 'stream-key', status: 'ok' });
  });

  it.each<[name: string, key: Key, policies: RolePolicies, because: string]>([
    [
      'the account decides, and the role may not',
      keyOf(ofAccount),
      sesPolicies,
      "kms:GenerateDataKey: by the role's policies, nothing allows kms:GenerateDataKey",
    ],
    [
      'the policy names somebody else',
      keyOf(naming(deliveryRole.arn)),
      withKey,
      `by the key's policy, it is allowed for ${deliveryRole.arn} only`,
    ],
    [
      'a grant names somebody else',
      keyOf(naming(deliveryRole.arn), {
        grants: [{ ...grant(deliveryRole.arn), Operations: ['GenerateDataKey'] }],
      }),
      withKey,
      "by the key's policy",
    ],
    [
      'the policy names the role, whose own denies it',
      keyOf(naming(sesRole.arn)),
      { documents: [{ Statement: { Sid: 'NoKeys', Effect: 'Deny', Action: 'kms:*', Resource: '*' } }] },
      "by the role's policies, the statement NoKeys denies it",
    ],
    [
      'it is through S3 only',
      keyOf(
        naming(sesRole.arn, {
          Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
        }),
      ),
      sesPolicies,
      'it is allowed only where kms:ViaService s3.eu-west-1.amazonaws.com',
    ],
  ])('may not be used when %s', (_, key, policies, because) => {
    const finding = judgeStreamsKey(key, policies);
    expect(finding).toMatchObject({ check: 'stream-key', status: 'failure' });
    expect(finding.message).toContain(because);
    expect(finding.fix).toContain('--key');
  });

  it('may have a policy that is not judged here', () => {
    const key = keyOf(naming(sesRole.arn, { Condition: { Unheard: { 'kms:ViaService': 'x' } } }));
    expect(judgeStreamsKey(key, withKey)).toMatchObject({
      status: 'warning',
      message: expect.stringContaining(`cannot judge who may use ${keyArn}: `),
    });
  });

  it('is asked of older streams from a day in 2027 on', () => {
    const description = { ...encrypted, CreateTimestamp: new Date('2025-01-01T00:00:00Z') };
    const before = judgeStreamsKey(keyOf(ofAccount), sesPolicies, { description });
    expect(before).toMatchObject({
      status: 'warning',
      message: expect.stringContaining('from 2027-02-28 on'),
    });
    const at = new Date('2027-02-28T00:00:00Z');
    expect(judgeStreamsKey(keyOf(ofAccount), sesPolicies, { description, at }).status).toBe('failure');
  });

  it.each([
    ['Disabled', 'aws kms enable-key'],
    ['PendingDeletion', 'aws kms cancel-key-deletion'],
  ] as const)('is %s', (KeyState, fix) => {
    const key = keyOf(ofAccount, { metadata: { KeyId: 'k', Arn: keyArn, KeyState } });
    expect(judgeStreamsKey(key, withKey)).toMatchObject({
      status: 'failure',
      message: `the key ${keyArn} is ${KeyState}`,
      fix: expect.stringContaining(`${fix} --key-id ${keyArn}`),
    });
  });

  it('is refused to Firehose', () => {
    const description: DeliveryStreamDescription = {
      ...encrypted,
      DeliveryStreamEncryptionConfiguration: {
        ...encrypted.DeliveryStreamEncryptionConfiguration,
        Status: 'ENABLING_FAILED',
        FailureDescription: { Type: 'CREATE_KMS_GRANT_FAILED', Details: 'no grant' },
      },
    };
    expect(judgeStreamsKey(keyOf(ofAccount), withKey, { description })).toMatchObject({
      status: 'failure',
      message: 'the encryption of the stream is ENABLING_FAILED (CREATE_KMS_GRANT_FAILED: no grant)',
    });
  });

  it('is not there, may not be looked at, or its user is not known', () => {
    const user = { role: sesRole, policies: found(withKey) };
    const judge = (key: Answer<Key>) => judgeStreamKey(encrypted, key, user, { place, now }).status;
    expect([judge(absent), judge(refused)]).toEqual(['failure', 'warning']);
    const nobody = { role: undefined, policies: undefined };
    expect(judgeStreamKey(encrypted, found(keyOf(ofAccount)), nobody, { place, now })).toMatchObject({
      status: 'not-checked',
    });
  });
});
