import { dnsSuffixOf } from '../../../modules/policies/policy-documents';
import type { ArchivePlace } from '../archive-place';
import { type Answer, found } from '../ask/answer';
import type { BucketEncryption } from '../ask/bucket';
import type { Key } from '../ask/key';
import { type Finding, failure, notChecked, ok, warning } from '../finding';
import type { Place } from '../place';
import { exampleKey } from '../prefix';
import { type KeyUser, keyActions, unusable } from './key-state';
import { judgeKeyUse } from './key-use';
import { unanswered } from './no-answer';

/** Where the objects are written, and by which stream. */
interface Where {
  readonly place: Place;
  /** @default - the region of the stream */
  readonly bucketRegion?: string | undefined;
  readonly streamName: string;
}

/** The key that the bucket's objects are encrypted with; undefined when it is none of the customer's. */
function objectKeyName({ keyArn }: ArchivePlace, encryption: Answer<BucketEncryption>): string | undefined {
  const { SSEAlgorithm = '', KMSMasterKeyID } = found(encryption)?.byDefault ?? {};
  return keyArn ?? (SSEAlgorithm.startsWith('aws:kms') ? KMSMasterKeyID : undefined);
}

/**
 * Whether the key of the bucket's objects works, and whether the role of Firehose may use it.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
 */
function judgeBucketKey(
  archive: ArchivePlace,
  { key, encryption }: { key: Answer<Key> | undefined; encryption: Answer<BucketEncryption> },
  { role, policies }: KeyUser,
  { place, bucketRegion = place.region, streamName }: Where,
): Finding {
  const check = 'bucket-key';
  if (key === undefined) {
    if (archive.keyArn === undefined && encryption.state === 'refused') {
      const absence = { message: 'the bucket has no encryption', fix: '' };
      return unanswered(check, `the encryption of the bucket ${archive.bucket}`, encryption, absence);
    }
    return ok(check, 'the objects are not encrypted with a key of this account');
  }
  const name = objectKeyName(archive, encryption) ?? '';
  const absence = {
    message: `the key ${name} of the bucket is not there`,
    fix: 'give the bucket another key',
  };
  if (key.state !== 'found') return unanswered(check, `the key ${name}`, key, absence);
  const disabled = unusable(check, key.value, place);
  if (disabled !== undefined) return disabled;
  const known = policies && found(policies);
  if (role === undefined || known === undefined)
    return notChecked(check, 'the policies of the role of Firehose are not known');
  const object = `${archive.bucketArn}/${exampleKey(archive.prefix, streamName)}`;
  const verdict = judgeKeyUse(key.value, {
    roleArn: role.arn,
    policies: known,
    actions: keyActions,
    context: {
      'kms:ViaService': `s3.${bucketRegion}.${dnsSuffixOf(place.partition)}`,
      'kms:CallerAccount': place.accountId,
      'aws:PrincipalArn': role.arn,
      // With a bucket key the encryption context is the bucket itself.
      'kms:EncryptionContext:aws:s3:arn': found(encryption)?.hasBucketKey ? archive.bucketArn : object,
    },
  });
  if (verdict.decision === 'allowed') return ok(check, `${role.name} may use the key of the bucket`);
  if (verdict.decision === 'unjudged')
    return warning(
      check,
      `cannot judge who may use ${name}: ${verdict.because}`,
      'look at the policy yourself',
    );
  return failure(
    check,
    `${role.name} may not use the key of the bucket: ${verdict.because}`,
    `allow ${keyActions.join(' and ')} through S3, in the policy of the role or of the key ${name}`,
  );
}

export { judgeBucketKey, objectKeyName };
