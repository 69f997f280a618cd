import { type Answer, found } from '../answers/answer';
import type { Clients } from '../answers/clients';
import { askEventDestinations } from '../ask/configuration-set';
import { judgeDuplicates } from '../duplicates';
import {
  type FirehoseDestination,
  firehoseDestinations,
  judgeEventDestination,
  judgeKinds,
} from '../event-destination';
import { notChecked } from '../findings/finding';
import type { Notifications } from '../identities';
import type { Place } from '../places/place';
import { judgeTracking, type TrackingSources } from '../tracking';
import type { Examination } from './examination';

/** The event destinations of the set, and the one whose events go to Firehose. */
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
  if (known === undefined) yield notChecked('duplicates', 'the event destinations are not known');
  else yield judgeDuplicates(known, notifications, place);
  return destination;
}

export { examineEventDestination };
