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

function judge(
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
  it('is not required', () => {
    expect(streamKeyArn(stream)).toBeUndefined();
    const user = { role: sesRole, policies: found(sesPolicies) };
    expect(judgeStreamKey(stream, undefined, user, { place, now }).status).toBe('ok');
  });

  it.each<[name: string, key: Key, policies: RolePolicies]>([
    ['the account decides, and the policies of the role allow it', keyOf(ofAccount), withKey],
    ["the key's policy names the role", keyOf(naming(sesRole.arn)), sesPolicies],
    [
      'a grant names the role',
      keyOf(naming(deliveryRole.arn), {
        grants: [{ ...grant(sesRole.arn), Operations: ['GenerateDataKey', 'Decrypt'] }],
      }),
      sesPolicies,
    ],
    [
      'it is allowed through Firehose only',
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
      'it is allowed with an encryption context only, which is not documented',
      keyOf(naming(sesRole.arn, { Condition: { StringEquals: { 'kms:EncryptionContext:a': 'b' } } })),
      sesPolicies,
    ],
  ])('can be used if %s', (_, key, policies) => {
    expect(judge(key, policies)).toMatchObject({ check: 'stream-key', status: 'ok' });
  });

  it.each<[name: string, key: Key, policies: RolePolicies, because: string]>([
    [
      'the account decides, and the policies of the role do not allow it',
      keyOf(ofAccount),
      sesPolicies,
      'no statement allows kms:GenerateDataKey (role policies)',
    ],
    [
      'the policy names another role',
      keyOf(naming(deliveryRole.arn)),
      withKey,
      `kms:GenerateDataKey is allowed only for ${deliveryRole.arn} (key policy)`,
    ],
    [
      'a grant names another role',
      keyOf(naming(deliveryRole.arn), {
        grants: [{ ...grant(deliveryRole.arn), Operations: ['GenerateDataKey'] }],
      }),
      withKey,
      '(key policy)',
    ],
    [
      'the policy names the role, but a policy of the role denies it',
      keyOf(naming(sesRole.arn)),
      { documents: [{ Statement: { Sid: 'NoKeys', Effect: 'Deny', Action: 'kms:*', Resource: '*' } }] },
      'the statement NoKeys denies kms:GenerateDataKey (role policies)',
    ],
    [
      'it is allowed through S3 only',
      keyOf(
        naming(sesRole.arn, {
          Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
        }),
      ),
      sesPolicies,
      'kms:GenerateDataKey is allowed only with kms:ViaService s3.eu-west-1.amazonaws.com',
    ],
  ])('cannot be used if %s', (_, key, policies, because) => {
    const finding = judge(key, policies);
    expect(finding).toMatchObject({ check: 'stream-key', status: 'failure' });
    expect(finding.message).toContain(because);
    expect(finding.fix).toContain('--key');
  });

  it('can have a policy that is not evaluated', () => {
    const key = keyOf(naming(sesRole.arn, { Condition: { Unheard: { 'kms:ViaService': 'x' } } }));
    expect(judge(key, withKey)).toMatchObject({
      status: 'warning',
      message: expect.stringContaining(`cannot evaluate the policies for the key ${keyArn}: `),
    });
  });

  it('is required for older streams from a day in 2027', () => {
    const description = { ...encrypted, CreateTimestamp: new Date('2025-01-01T00:00:00Z') };
    const before = judge(keyOf(ofAccount), sesPolicies, { description });
    expect(before).toMatchObject({
      status: 'warning',
      message: expect.stringContaining('AWS requires it from 2027-02-28'),
    });
    const at = new Date('2027-02-28T00:00:00Z');
    expect(judge(keyOf(ofAccount), sesPolicies, { description, at }).status).toBe('failure');
  });

  it.each([
    ['Disabled', 'aws kms enable-key'],
    ['PendingDeletion', 'aws kms cancel-key-deletion'],
  ] as const)('is a failure if its state is %s', (KeyState, fix) => {
    const key = keyOf(ofAccount, { metadata: { KeyId: 'k', Arn: keyArn, KeyState } });
    expect(judge(key, withKey)).toMatchObject({
      status: 'failure',
      message: `the key ${keyArn} is ${KeyState}`,
      fix: expect.stringContaining(`${fix} --key-id ${keyArn}`),
    });
  });

  it('is a failure if Firehose cannot use it', () => {
    const description: DeliveryStreamDescription = {
      ...encrypted,
      DeliveryStreamEncryptionConfiguration: {
        ...encrypted.DeliveryStreamEncryptionConfiguration,
        Status: 'ENABLING_FAILED',
        FailureDescription: { Type: 'CREATE_KMS_GRANT_FAILED', Details: 'no grant' },
      },
    };
    expect(judge(keyOf(ofAccount), withKey, { description })).toMatchObject({
      status: 'failure',
      message: 'the encryption status of the stream is ENABLING_FAILED (CREATE_KMS_GRANT_FAILED: no grant)',
    });
  });

  it('does not exist, cannot be read, or has an unknown user', () => {
    const user = { role: sesRole, policies: found(withKey) };
    const statusOf = (key: Answer<Key>) => judgeStreamKey(encrypted, key, user, { place, now }).status;
    expect([statusOf(absent), statusOf(refused)]).toEqual(['failure', 'warning']);
    const unknownUser = { role: undefined, policies: undefined };
    expect(judgeStreamKey(encrypted, found(keyOf(ofAccount)), unknownUser, { place, now })).toMatchObject({
      status: 'not-checked',
    });
  });
});
