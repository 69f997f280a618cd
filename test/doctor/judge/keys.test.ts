import type { DeliveryStreamDescription } from '@aws-sdk/client-firehose';
import { type ArchivePlace, archivePlace } from '../../../consumer/doctor/archive-place';
import type { Answer } from '../../../consumer/doctor/ask/answer';
import type { BucketEncryption } from '../../../consumer/doctor/ask/bucket';
import type { Key } from '../../../consumer/doctor/ask/key';
import type { RolePolicies } from '../../../consumer/doctor/ask/role';
import { judgeBucketKey, objectKeyName } from '../../../consumer/doctor/judge/bucket-key';
import { judgeStreamKey, streamKeyArn } from '../../../consumer/doctor/judge/stream-key';
import { deliveryKeyPermissionsPolicy } from '../../../modules/delivery-stream/delivery-policies';
import { encryptionKeyPolicy } from '../../../modules/encryption-key/encryption-key-policy';
import { sesPermissionsPolicy } from '../../../modules/policies/policy-documents';
import type { GivenPolicyDocument, GivenStatement } from '../../../modules/policies/policy-evaluator';
import {
  absent,
  accountId,
  bucketArn,
  deliveryPolicies,
  deliveryRole,
  found,
  place,
  refused,
  sesPolicies,
  sesRole,
  stream,
  streamArn,
} from '../healthy';

const keyArn = `arn:aws:kms:eu-west-1:${accountId}:key/1234abcd`;
const dnsSuffix = 'amazonaws.com';
const logGroupArn = `arn:aws:logs:eu-west-1:${accountId}:log-group:email-events`;
/** The policy of the key that the constructs make: the account decides. */
const ofAccount = encryptionKeyPolicy({ ...place, dnsSuffix, logGroupArn, bucketArn });
const keyOf = (policy: GivenPolicyDocument | undefined, more: Partial<Key> = {}): Key => ({
  metadata: { KeyId: '1234abcd', Arn: keyArn, KeyState: 'Enabled', KeyManager: 'CUSTOMER' },
  policy,
  grants: [],
  ...more,
});
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

const archive = archivePlace(stream) as ArchivePlace; // it delivers to S3
const byKms: Answer<BucketEncryption> = found({
  byDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn },
  hasBucketKey: true,
});
const ofObjects: RolePolicies = {
  documents: [
    ...deliveryPolicies.documents,
    deliveryKeyPermissionsPolicy({ keyArn, bucketArn, region: 'eu-west-1', dnsSuffix }),
  ],
};

function judgeBucketsKey(key: Key, policies: RolePolicies, encryption = byKms, bucketRegion?: string) {
  const user = { role: deliveryRole, policies: found(policies) };
  const where = { place, bucketRegion, streamName: 'email-events' };
  return judgeBucketKey(archive, { key: found(key), encryption }, user, where);
}

describe("the bucket's key", () => {
  it.each<
    [name: string, keyArn: string | undefined, encryption: Answer<BucketEncryption>, key: string | undefined]
  >([
    ['of the stream', 'arn:own', byKms, 'arn:own'],
    ['of the bucket', undefined, byKms, keyArn],
    ["S3's own", undefined, found({ byDefault: { SSEAlgorithm: 'AES256' }, hasBucketKey: false }), undefined],
    [
      "AWS's own in KMS",
      undefined,
      found({ byDefault: { SSEAlgorithm: 'aws:kms' }, hasBucketKey: false }),
      undefined,
    ],
    ['unknown', undefined, refused, undefined],
    ['none', undefined, absent, undefined],
  ])('is %s', (_, own, encryption, name) => {
    expect(objectKeyName({ ...archive, keyArn: own }, encryption)).toBe(name);
  });

  it('may be used by the role of Firehose, for the bucket or for each object', () => {
    expect(judgeBucketsKey(keyOf(ofAccount), ofObjects).status).toBe('ok');
    const without = found({ ...(byKms.state === 'found' && byKms.value), hasBucketKey: false });
    expect(judgeBucketsKey(keyOf(ofAccount), ofObjects, without).status).toBe('ok');
  });

  it('may not be used in another region than the policy says', () => {
    expect(judgeBucketsKey(keyOf(ofAccount), ofObjects, byKms, 'us-east-1')).toMatchObject({
      status: 'failure',
      message: expect.stringContaining('kms:ViaService s3.eu-west-1.amazonaws.com'),
    });
  });

  it('may not be used without a right to it', () => {
    expect(judgeBucketsKey(keyOf(ofAccount), deliveryPolicies)).toMatchObject({
      status: 'failure',
      message: expect.stringContaining(
        'firehose-delivery may not use the key of the bucket: kms:GenerateDataKey',
      ),
    });
  });

  it('is managed by AWS', () => {
    const metadata = { KeyId: 'k', Arn: keyArn, KeyManager: 'AWS' as const };
    expect(judgeBucketsKey(keyOf(undefined, { metadata }), deliveryPolicies).status).toBe('ok');
  });

  it('is not known where the encryption may not be looked at', () => {
    const user = { role: deliveryRole, policies: found(deliveryPolicies) };
    const where = { place, streamName: 'email-events' };
    const judge = (encryption: Answer<BucketEncryption>) =>
      judgeBucketKey(archive, { key: undefined, encryption }, user, where).status;
    expect([judge(refused), judge(absent)]).toEqual(['warning', 'ok']);
  });
});
