import type { DeliveryStreamDescription } from '@aws-sdk/client-firehose';
import { found } from './answers/answer';
import type { Clients } from './answers/clients';
import { askBucket, askBucketEncryption, askBucketOwner, askBucketPolicy, judgeBucket } from './bucket';
import { judgeBucketKey, objectKeyName } from './bucket-key';
import { accountsOfBuckets, judgeDeliveryPermissions, judgeDeliveryRole } from './delivery-role';
import { type Examination, notChecked } from './findings/finding';
import { askKey, type KeyUser } from './key';
import type { ArchivePlace } from './places/archive-place';
import type { Place } from './places/place';
import { askRole, askRolePolicies } from './role';

/** Checks Firehose's delivery role and its bucket. The result is false when the bucket does not exist. */
async function* examineDelivery(
  clients: Clients,
  stream: DeliveryStreamDescription,
  archive: ArchivePlace,
  place: Place,
): Examination<boolean> {
  const bucketPolicy = await askBucketPolicy(clients, archive.bucket);
  const answer = await askRole(clients, archive.roleArn);
  yield judgeDeliveryRole(answer, archive, stream.DeliveryStreamARN ?? '', place);
  const role = found(answer);
  const policies = role && (await askRolePolicies(clients, role));
  const bucket = await askBucket(clients, archive.bucket);
  if (role === undefined || policies === undefined)
    yield notChecked('delivery-permissions', 'the role could not be read');
  else {
    const accounts = accountsOfBuckets(found(policies));
    // The owner of a bucket that cannot be listed is unknown: the check then assumes the account in the
    // role's policies.
    const bucketOwner =
      bucket.state === 'found' && accounts.length > 0
        ? await askBucketOwner(clients, archive.bucket, accounts)
        : (accounts[0] ?? place.accountId);
    yield judgeDeliveryPermissions(role, { policies, bucketPolicy, bucketOwner }, stream, archive);
  }
  yield judgeBucket(bucket, archive.bucket);
  if (bucket.state === 'absent') {
    yield notChecked('bucket-key', 'the bucket does not exist');
    return false;
  }
  const encryption = await askBucketEncryption(clients, archive.bucket);
  const keyName = objectKeyName(archive, encryption);
  const key = keyName === undefined ? undefined : await askKey(clients, keyName);
  const streamName = stream.DeliveryStreamName ?? '';
  const bucketRegion = found(bucket)?.region;
  const user: KeyUser = { role, policies };
  yield judgeBucketKey(archive, { key, encryption }, user, { place, bucketRegion, streamName });
  return true;
}

export { examineDelivery };
