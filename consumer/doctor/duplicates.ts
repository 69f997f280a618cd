import type { EventDestination } from '@aws-sdk/client-sesv2';
import type { Answer } from './answers/answer';
import { type FirehoseDestination, firehoseDestinations } from './event-destination';
import { type Finding, ok, unanswered, warning } from './findings/finding';
import { awsCommand } from './findings/shell';
import { few } from './findings/wording';
import type { Notifications } from './identities';
import { nameOf, type Place } from './places/place';

/** Feedback that an identity can publish to a topic, and that events contain as well. */
const feedback = { Bounce: 'BOUNCE', Complaint: 'COMPLAINT', Delivery: 'DELIVERY' } as const;

/** Returns further event destinations to Firehose with a kind of the first one. */
function duplicateStreams(destinations: readonly EventDestination[]): FirehoseDestination[] {
  const [first, ...others] = firehoseDestinations(destinations).filter(({ isEnabled }) => isEnabled);
  return others.filter(({ types }) => types.some((type) => first?.types.includes(type)));
}

/** Returns the identities that publish to a topic the kinds of a destination, with those kinds. */
function notifying(
  destinations: readonly EventDestination[],
  notifications: Notifications,
): [identity: string, kinds: string[]][] {
  const types = destinations
    .filter(({ Enabled }) => Enabled === true)
    .flatMap(({ MatchingEventTypes }) => MatchingEventTypes ?? []);
  return Object.entries(notifications).flatMap(([identity, attributes]): [string, string[]][] => {
    const kinds = Object.entries(feedback)
      .filter(([kind, type]) => {
        // Object.entries loses the key type.
        const topic = attributes[`${kind as keyof typeof feedback}Topic`];
        return topic !== undefined && topic !== '' && types.includes(type);
      })
      .map(([kind]) => kind);
    return kinds.length === 0 ? [] : [[identity, kinds]];
  });
}

/** Formats a note about other targets of the same events, which do not add duplicates to the archive. */
function elsewhere(destinations: readonly EventDestination[]): string {
  const others = destinations.filter(
    ({ Enabled, SnsDestination, EventBridgeDestination }) =>
      Enabled === true && (SnsDestination !== undefined || EventBridgeDestination !== undefined),
  );
  return others.length === 0
    ? ''
    : `; events also go to ${few(others.map(({ Name }) => Name ?? ''))} (SNS or EventBridge): read only one source`;
}

/**
 * Checks for a second publication of the same events: another stream, or notifications of an identity.
 * @see https://docs.aws.amazon.com/ses/latest/dg/monitor-sending-activity-using-notifications.html
 */
function judgeDuplicates(
  destinations: readonly EventDestination[],
  notifications: Answer<Notifications>,
  place: Place,
): Finding {
  const [duplicate] = duplicateStreams(destinations);
  if (duplicate !== undefined) {
    return warning(
      'duplicates',
      `the same events go to two streams: the event destination ${duplicate.name} also sends to ${nameOf(duplicate.streamArn)}`,
      awsCommand(
        place,
        ...['sesv2', 'delete-configuration-set-event-destination'],
        ...['--configuration-set-name', place.configurationSet, '--event-destination-name', duplicate.name],
      ),
    );
  }
  if (notifications.state !== 'found') {
    const absence = { message: 'the identities no longer exist', fix: 'try again' };
    return unanswered('duplicates', 'read the notifications of identities', notifications, absence);
  }
  const [first, ...others] = notifying(destinations, notifications.value);
  if (first !== undefined) {
    const [identity, kinds] = first;
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
    return warning(
      'duplicates',
      `the identity ${identity}${more} also publishes events of the configuration set to an SNS topic: ${kinds.join(', ')}`,
      awsCommand(
        place,
        ...['ses', 'set-identity-notification-topic', '--identity', identity],
        ...['--notification-type', kinds[0] ?? ''],
      ),
    );
  }
  return ok('duplicates', `no duplicate event source${elsewhere(destinations)}`);
}

export { judgeDuplicates };
