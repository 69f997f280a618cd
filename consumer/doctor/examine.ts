import { askAccount, judgeAccount } from './account';
import { type Answer, found } from './answers/answer';
import type { Clients } from './answers/clients';
import { examineArrivals } from './arrivals/arrivals';
import { askCaller, judgeCaller } from './caller';
import { askConfigurationSet, judgeConfigurationSet } from './configuration-set';
import { examineDelivery } from './delivery';
import { judgeDuplicates } from './duplicates';
import {
  askEventDestinations,
  type FirehoseDestination,
  firehoseDestinations,
  judgeEventDestination,
  judgeKinds,
} from './event-destination';
import { examineAlarms } from './examine-alarms';
import { type Examination, notChecked, skip } from './findings/finding';
import { askDefaultSets, askIdentities, askNotifications, judgeUse, type Notifications } from './identities';
import { type ArchivePlace, archivePlace } from './places/archive-place';
import { nameOf, type Place } from './places/place';
import { examineSesRole } from './ses-role';
import { examineStream } from './stream';
import { judgeTracking, type TrackingSources } from './tracking';

/** Checks the event destinations of the set; the result is the one that sends events to Firehose. */
async function* examineEventDestination(
  clients: Clients,
  place: Place,
  {
    notifications,
    ...others
  }: { notifications: Answer<Notifications> } & Omit<TrackingSources, 'destinations'>,
): Examination<FirehoseDestination | undefined> {
  const destinations = await askEventDestinations(clients, place.configurationSet);
  yield judgeEventDestination(destinations, place);
  const [destination] = firehoseDestinations(found(destinations) ?? []);
  if (destination === undefined) yield notChecked('kinds', 'there is no event destination to Firehose');
  else yield judgeKinds(destination, place);
  const known = found(destinations);
  yield judgeTracking({ destinations: known, ...others });
  if (known === undefined) yield notChecked('duplicates', 'the event destinations could not be read');
  else yield judgeDuplicates(known, notifications, place);
  return destination;
}

/** The parts of a deployment that were found. */
interface Deployment {
  readonly place: Place;
  readonly destination: FirehoseDestination | undefined;
  readonly archive: ArchivePlace | undefined;
}

/** Checks the path from the event destination to the bucket. */
async function* examinePath(
  clients: Clients,
  destination: FirehoseDestination | undefined,
  { place, now }: { place: Place; now: Date },
): Examination<{ archive: ArchivePlace | undefined; isArriving: boolean }> {
  const nothing = { archive: undefined, isArriving: false };
  if (destination === undefined) {
    yield* skip('ses-role', 'errors', 'there is no event destination to Firehose');
    return nothing;
  }
  const user = yield* examineSesRole(clients, destination, place);
  const stream = yield* examineStream(clients, destination, user, { place, now });
  const archive = stream && archivePlace(stream);
  if (stream === undefined || archive === undefined) {
    yield* skip('delivery-role', 'errors', 'no stream that delivers to S3 was found');
    return nothing;
  }
  const hasBucket = yield* examineDelivery(clients, stream, archive, place);
  if (!hasBucket) {
    yield* skip('arrivals', 'errors', 'the bucket does not exist');
    return nothing;
  }
  return { archive, isArriving: yield* examineArrivals(clients, archive, now) };
}

/**
 * Checks everything between SES and the bucket, in the order of the events' path, and then its alarms.
 *
 * @param now the time from which ages are computed
 * @returns the parts of the deployment that were found; undefined when the caller or the configuration set is
 * unknown
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
  if (caller.state !== 'found') return yield* skip('account', 'alarm-topics', 'the identity check failed');
  const place = { ...caller.value, configurationSet };
  const account = await askAccount(clients);
  yield* judgeAccount(account, place);
  const set = await askConfigurationSet(clients, configurationSet);
  yield judgeConfigurationSet(set, place);
  if (set.state === 'absent')
    return yield* skip('event-destination', 'alarm-topics', 'the configuration set does not exist');
  const identities = await askIdentities(clients);
  const notifications =
    identities.state === 'found' ? await askNotifications(clients, identities.value) : identities;
  const destination = yield* examineEventDestination(clients, place, {
    notifications,
    set: found(set),
    account: found(account),
  });
  const { archive, isArriving } = yield* examinePath(clients, destination, { place, now });
  const sets = identities.state === 'found' ? await askDefaultSets(clients, identities.value) : undefined;
  yield judgeUse(identities, sets, { place, isArriving });
  yield* examineAlarms(clients, place, { streamName: destination && nameOf(destination.streamArn), archive });
  return { place, destination, archive };
}

export { type Deployment, examine };
