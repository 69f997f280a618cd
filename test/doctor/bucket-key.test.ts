import type { Answer } from '../../consumer/doctor/answers/answer';
import type { BucketEncryption } from '../../consumer/doctor/bucket';
import { judgeBucketKey, objectKeyName } from '../../consumer/doctor/bucket-key';
import type { Key } from '../../consumer/doctor/key';
import { type ArchivePlace, archivePlace } from '../../consumer/doctor/places/archive-place';
import type { RolePolicies } from '../../consumer/doctor/role';
import { deliveryKeyPermissionsPolicy } from '../../modules/delivery-stream/delivery-policies';
import { absent, bucketArn, deliveryPolicies, deliveryRole, found, place, refused, stream } from './healthy';
import { dnsSuffix, keyArn, keyOf, ofAccount } from './keys';

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

  it('can be used by the role of Firehose, for the bucket or for each object', () => {
    expect(judgeBucketsKey(keyOf(ofAccount), ofObjects).status).toBe('ok');
    const without = found({ ...(byKms.state === 'found' && byKms.value), hasBucketKey: false });
    expect(judgeBucketsKey(keyOf(ofAccount), ofObjects, without).status).toBe('ok');
  });

  it('cannot be used outside the region of the policy', () => {
    expect(judgeBucketsKey(keyOf(ofAccount), ofObjects, byKms, 'us-east-1')).toMatchObject({
      status: 'failure',
      message: expect.stringContaining('kms:ViaService s3.eu-west-1.amazonaws.com'),
    });
  });

  it('cannot be used without permission', () => {
    expect(judgeBucketsKey(keyOf(ofAccount), deliveryPolicies)).toMatchObject({
      status: 'failure',
      message: expect.stringContaining(
        'firehose-delivery cannot use the key of the bucket: no statement allows kms:GenerateDataKey',
      ),
    });
  });

  it('can be managed by AWS', () => {
    const metadata = { KeyId: 'k', Arn: keyArn, KeyManager: 'AWS' as const };
    expect(judgeBucketsKey(keyOf(undefined, { metadata }), deliveryPolicies).status).toBe('ok');
  });

  it('is a warning without permission to read the encryption', () => {
    const user = { role: deliveryRole, policies: found(deliveryPolicies) };
    const where = { place, streamName: 'email-events' };
    const judge = (encryption: Answer<BucketEncryption>) =>
      judgeBucketKey(archive, { key: undefined, encryption }, user, where).status;
    expect([judge(refused), judge(absent)]).toEqual(['warning', 'ok']);
  });
});
