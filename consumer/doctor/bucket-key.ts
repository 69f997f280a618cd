import { type Answer, found } from './answers/answer';
import type { BucketEncryption } from './bucket';
import { type Finding, failure, ok, unanswered } from './findings/finding';
import { judgeKey, type Key, type KeyUser, keyActions } from './key';
import type { ArchivePlace } from './places/archive-place';
import type { Place } from './places/place';
import { exampleKey } from './places/prefix';

/** The place of the objects, and the stream that writes them. */
interface Where {
  readonly place: Place;
  /** @default - the region of the stream */
  readonly bucketRegion?: string | undefined;
  readonly streamName: string;
}

/** Returns the customer-managed key of the bucket's objects; undefined when there is none. */
function objectKeyName({ keyArn }: ArchivePlace, encryption: Answer<BucketEncryption>): string | undefined {
  const { SSEAlgorithm = '', KMSMasterKeyID } = found(encryption)?.byDefault ?? {};
  return keyArn ?? (SSEAlgorithm.startsWith('aws:kms') ? KMSMasterKeyID : undefined);
}

/**
 * Checks whether the key of the bucket's objects is enabled, and whether the role of Firehose can use it.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
 */
function judgeBucketKey(
  archive: ArchivePlace,
  { key, encryption }: { key: Answer<Key> | undefined; encryption: Answer<BucketEncryption> },
  user: KeyUser,
  { place, bucketRegion = place.region, streamName }: Where,
): Finding {
  const check = 'bucket-key';
  if (key === undefined) {
    if (archive.keyArn === undefined && encryption.state === 'refused') {
      const absence = { message: 'the bucket has no encryption', fix: '' };
      return unanswered(check, `read the encryption of the bucket ${archive.bucket}`, encryption, absence);
    }
    return ok(check, 'the objects are not encrypted with a customer-managed key');
  }
  const name = objectKeyName(archive, encryption) ?? '';
  const object = `${archive.bucketArn}/${exampleKey(archive.prefix, streamName)}`;
  const fix = `allow ${keyActions.join(' and ')} through S3 in the policy of the role or of the key ${name}`;
  return judgeKey(key, user, {
    ...{ check, encrypts: 'bucket', service: 'Firehose', name, place },
    via: `s3.${bucketRegion}`,
    // With a bucket key, the encryption context is the bucket itself.
    context: {
      'kms:EncryptionContext:aws:s3:arn': found(encryption)?.hasBucketKey ? archive.bucketArn : object,
    },
    denied: (message) => failure(check, message, fix),
  });
}

export { judgeBucketKey, objectKeyName };
