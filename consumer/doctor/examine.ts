import type { DeliveryStreamDescription } from '@aws-sdk/client-firehose';
import type { EventDestination } from '@aws-sdk/client-sesv2';
import { type ArchivePlace, archivePlace } from './archive-place';
import { type Answer, found } from './ask/answer';
import { askBucket, askBucketEncryption, askBucketPolicy } from './ask/bucket';
import { askCaller } from './ask/caller';
import type { Clients } from './ask/clients';
import { askAccount, askConfigurationSet, askEventDestinations } from './ask/configuration-set';
import { readErrorCodes } from './ask/error-codes';
import { askDefaultSets, askIdentities, askNotifications, type Notifications } from './ask/identities';
import { askKey } from './ask/key';
import { askNewestObjects, askObjects, type Listed, type Listing, newestOf } from './ask/listing';
import { askRole, askRolePolicies } from './ask/role';
import { askStream } from './ask/stream';
import { type Check, checks, type Finding, notChecked } from './finding';
import { judgeAccount } from './judge/account';
import { judgeArrivals, judgeErrors } from './judge/arrivals';
import { judgeBucket } from './judge/bucket';
import { judgeBucketKey, objectKeyName } from './judge/bucket-key';
import { judgeCaller } from './judge/caller';
import { judgeConfigurationSet } from './judge/configuration-set';
import { judgeDeliveryPermissions, judgeDeliveryRole } from './judge/delivery-role';
import { judgeDuplicates } from './judge/duplicates';
import {
  type FirehoseDestination,
  firehoseDestinations,
  judgeEventDestination,
  judgeKinds,
} from './judge/event-destination';
import type { KeyUser } from './judge/key-state';
import { judgeSesPermissions, judgeSesRole, judgeSesTrust } from './judge/ses-role';
import { judgeStream } from './judge/stream';
import { judgeStreamKey, streamKeyArn } from './judge/stream-key';
import { judgeUse } from './judge/use';
import { nameOf, type Place, parseArn } from './place';
import { errorPrefixes } from './prefix';

/** Findings as they are made, and at the end what later checks rest on. */
type Examination<Result> = AsyncGenerator<Finding, Result>;

/** What a deployment turned out to be, as far as it was found. */
interface Deployment {
  readonly place: Place;
  readonly destination: FirehoseDestination | undefined;
  readonly archive: ArchivePlace | undefined;
}

/** Says of checks that they were not made. */
function* skip(names: readonly Check[], reason: string): Generator<Finding, undefined> {
  for (const check of names) yield notChecked(check, reason);
  return undefined;
}

/** The event destinations of the set, and the one whose events go to Firehose. */
async function* examineDestinations(
  clients: Clients,
  place: Place,
  notifications: Answer<Notifications>,
): Examination<FirehoseDestination | undefined> {
  const destinations = await askEventDestinations(clients, place.configurationSet);
  yield judgeEventDestination(destinations, place);
  const [destination] = firehoseDestinations(found(destinations) ?? []);
  if (destination === undefined) yield notChecked('kinds', 'there is no event destination to Firehose');
  else yield judgeKinds(destination, place);
  const known: readonly EventDestination[] | undefined = found(destinations);
  if (known === undefined) yield notChecked('duplicates', 'the event destinations are not known');
  else yield judgeDuplicates(known, notifications, place);
  return destination;
}

const strangeStream = 'the stream is of another region or account';

/** Whether a stream is where SES takes it. */
function isInPlace(streamArn: string, place: Place): boolean {
  const { region, accountId } = parseArn(streamArn);
  return region === place.region && accountId === place.accountId;
}

/** The role that SES assumes. */
async function* examineSesRole(
  clients: Clients,
  { roleArn, streamArn }: FirehoseDestination,
  place: Place,
): Examination<KeyUser> {
  const nobody: KeyUser = { role: undefined, policies: undefined };
  if (parseArn(roleArn).accountId !== place.accountId) {
    yield* skip(['ses-role', 'ses-trust', 'ses-permissions'], 'the role is of another account');
    return nobody;
  }
  const answer = await askRole(clients, roleArn);
  yield judgeSesRole(answer, roleArn);
  const role = found(answer);
  if (role === undefined) {
    yield* skip(['ses-trust', 'ses-permissions'], 'the role is not known');
    return nobody;
  }
  yield judgeSesTrust(role, place);
  const policies = await askRolePolicies(clients, role);
  if (isInPlace(streamArn, place)) yield judgeSesPermissions(role, policies, streamArn, place);
  else yield notChecked('ses-permissions', strangeStream);
  return { role, policies };
}

/** The stream, and its own encryption. */
async function* examineStream(
  clients: Clients,
  { streamArn }: FirehoseDestination,
  user: KeyUser,
  { place, now }: { place: Place; now: Date },
): Examination<DeliveryStreamDescription | undefined> {
  if (!isInPlace(streamArn, place)) return yield* skip(['stream', 'stream-key'], strangeStream);
  const answer = await askStream(clients, nameOf(streamArn));
  yield judgeStream(answer, nameOf(streamArn));
  const stream = found(answer);
  if (stream === undefined) return yield* skip(['stream-key'], 'the stream is not known');
  const keyArn = streamKeyArn(stream);
  const key = keyArn === undefined ? undefined : await askKey(clients, keyArn);
  yield judgeStreamKey(stream, key, user, { place, now });
  return stream;
}

/** The role that Firehose delivers with, and the bucket that it delivers to. */
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
  if (role === undefined || policies === undefined)
    yield notChecked('delivery-permissions', 'the role is not known');
  else yield judgeDeliveryPermissions(role, { policies, bucketPolicy }, stream, archive);
  const bucket = await askBucket(clients, archive.bucket);
  yield judgeBucket(bucket, archive.bucket);
  if (bucket.state === 'absent') {
    yield notChecked('bucket-key', 'there is no bucket');
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

/** Everything below some prefixes. */
async function askErrors(clients: Clients, { bucket, prefix, errorPrefix }: ArchivePlace) {
  let all: Answer<Listing> = { state: 'found', value: { objects: [], hasMore: false } };
  for (const below of errorPrefixes(prefix, errorPrefix)) {
    const answer = await askObjects(clients, { bucket, prefix: below });
    if (answer.state !== 'found') return answer;
    const objects: Listed[] = [...all.value.objects, ...answer.value.objects];
    all = { state: 'found', value: { objects, hasMore: all.value.hasMore || answer.value.hasMore } };
  }
  return all;
}

/** What has arrived in the bucket, and what could not be delivered. */
async function* examineArrivals(clients: Clients, archive: ArchivePlace, now: Date): Examination<boolean> {
  const { bucket, prefix, errorPrefix } = archive;
  const without = errorPrefixes(prefix, errorPrefix);
  const arrivals = await askNewestObjects(clients, { bucket, prefix }, { without });
  const arrived = judgeArrivals(arrivals, archive, now);
  yield arrived;
  const errors = await askErrors(clients, archive);
  const codes = errors.state === 'found' ? await readErrorCodes(clients, bucket, errors.value.objects) : [];
  const newest = arrivals.state === 'found' ? newestOf(arrivals.value) : undefined;
  yield judgeErrors(errors, codes, { archive, arrived: newest, now });
  return arrived.status === 'ok';
}

/** From the event destination to the bucket. */
async function* examinePath(
  clients: Clients,
  destination: FirehoseDestination | undefined,
  { place, now }: { place: Place; now: Date },
): Examination<{ archive: ArchivePlace | undefined; isArriving: boolean }> {
  const nothing = { archive: undefined, isArriving: false };
  const ofDelivery: Check[] = ['delivery-role', 'delivery-permissions', 'bucket', 'bucket-key'];
  if (destination === undefined) {
    const names: Check[] = [
      'ses-role',
      'ses-trust',
      'ses-permissions',
      'stream',
      'stream-key',
      ...ofDelivery,
    ];
    yield* skip([...names, 'arrivals', 'errors'], 'there is no event destination to Firehose');
    return nothing;
  }
  const user = yield* examineSesRole(clients, destination, place);
  const stream = yield* examineStream(clients, destination, user, { place, now });
  const archive = stream && archivePlace(stream);
  if (stream === undefined || archive === undefined) {
    yield* skip([...ofDelivery, 'arrivals', 'errors'], 'no stream that delivers to S3 is known');
    return nothing;
  }
  const hasBucket = yield* examineDelivery(clients, stream, archive, place);
  if (!hasBucket) {
    yield* skip(['arrivals', 'errors'], 'there is no bucket');
    return nothing;
  }
  return { archive, isArriving: yield* examineArrivals(clients, archive, now) };
}

/**
 * Looks at everything between SES and the bucket, in the order in which events pass it.
 *
 * @param now what ages are told from
 * @returns what was found of the deployment; undefined when nobody could be asked
 * @example
 * for await (const { check, status, message } of examine(clients, 'newsletter', new Date())) { … }
 */
async function* examine(
  clients: Clients,
  configurationSet: string,
  now: Date,
): Examination<Deployment | undefined> {
  const caller = await askCaller(clients);
  yield judgeCaller(caller);
  const toldLater: Check[] = ['identity', 'send'];
  const others = checks.filter((check) => !toldLater.includes(check));
  if (caller.state !== 'found') return yield* skip(others, 'AWS could not be asked');
  const place = { ...caller.value, configurationSet };
  yield* judgeAccount(await askAccount(clients), place);
  const set = await askConfigurationSet(clients, configurationSet);
  yield judgeConfigurationSet(set, place);
  if (set.state === 'absent') {
    const known: Check[] = ['account', 'sandbox', 'configuration-set'];
    const reason = 'there is no configuration set';
    return yield* skip(
      others.filter((check) => !known.includes(check)),
      reason,
    );
  }
  const identities = await askIdentities(clients);
  const notifications =
    identities.state === 'found' ? await askNotifications(clients, identities.value) : identities;
  const destination = yield* examineDestinations(clients, place, notifications);
  const { archive, isArriving } = yield* examinePath(clients, destination, { place, now });
  const sets = identities.state === 'found' ? await askDefaultSets(clients, identities.value) : undefined;
  yield judgeUse(identities, sets, { place, isArriving });
  return { place, destination, archive };
}

export { type Deployment, examine };
