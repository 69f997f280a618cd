import type { EventDestination, EventType } from '@aws-sdk/client-sesv2';
import { eventKinds } from '../events/email-event';
import { pageAddress } from '../pages/page-address';
import { type Answer, answer, call } from './answers/answer';
import type { Clients } from './answers/clients';
import { type Finding, failure, ok, unanswered, warning } from './findings/finding';
import { awsCommand } from './findings/shell';
import { nameOf, type Place, parseArn } from './places/place';

/** The ten kinds as version 2 of the API spells them: `RENDERING_FAILURE`, `DELIVERY_DELAY`. */
const eventTypes = eventKinds.map((kind) =>
  kind.replaceAll(/ |(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase(),
) as readonly EventType[]; // a test compares them with the SDK's

/** An event destination that sends events to a Firehose stream. */
interface FirehoseDestination {
  readonly name: string;
  readonly isEnabled: boolean;
  readonly types: readonly EventType[];
  readonly streamArn: string;
  /** The role that SES assumes to put records. */
  readonly roleArn: string;
}

/** Requests the event destinations of a configuration set, of every kind. */
function askEventDestinations(
  { sesv2 }: Clients,
  name: string,
): Promise<Answer<readonly EventDestination[]>> {
  return answer(async () => {
    const request = sesv2.getConfigurationSetEventDestinations({ ConfigurationSetName: name });
    const { EventDestinations = [] } = await call('ses:GetConfigurationSetEventDestinations', request);
    return EventDestinations;
  });
}

/** Returns the destinations that are Firehose streams, enabled ones first. */
function firehoseDestinations(destinations: readonly EventDestination[]): FirehoseDestination[] {
  return destinations
    .flatMap((destination): FirehoseDestination[] => {
      const { Name: name = '', Enabled, MatchingEventTypes: types = [] } = destination;
      const { KinesisFirehoseDestination: firehose } = destination;
      if (firehose === undefined) return [];
      const { DeliveryStreamArn: streamArn = '', IamRoleArn: roleArn = '' } = firehose;
      return [{ name, isEnabled: Enabled === true, types, streamArn, roleArn }];
    })
    .sort((a, b) => Number(b.isEnabled) - Number(a.isEnabled));
}

/** Formats the command that updates a destination; SES requires the complete definition. */
function updateCommand(place: Place, { name, ...destination }: FirehoseDestination): string {
  const { isEnabled: Enabled, types: MatchingEventTypes, streamArn, roleArn } = destination;
  const KinesisFirehoseDestination = { IamRoleArn: roleArn, DeliveryStreamArn: streamArn };
  const wanted = { Enabled, MatchingEventTypes, KinesisFirehoseDestination };
  return awsCommand(
    place,
    ...['sesv2', 'update-configuration-set-event-destination'],
    ...['--configuration-set-name', place.configurationSet, '--event-destination-name', name],
    ...['--event-destination', JSON.stringify(wanted)],
  );
}

/**
 * Returns the reason why SES cannot use a destination's stream or role: they are in another region or account
 * than the set.
 */
function misplaced({ streamArn, roleArn }: FirehoseDestination, place: Place): string | undefined {
  const [stream, role] = [parseArn(streamArn), parseArn(roleArn)];
  if (stream.region !== place.region)
    return `the stream ${nameOf(streamArn)} is in ${stream.region}, but the configuration set is in ${place.region}`;
  if (stream.accountId !== place.accountId)
    return `the stream ${nameOf(streamArn)} is in the account ${stream.accountId}, not ${place.accountId}`;
  if (role.accountId !== place.accountId)
    return `the role ${nameOf(roleArn)} is in the account ${role.accountId}, not ${place.accountId}`;
  return undefined;
}

/** Checks for a destination that sends events to Firehose. */
function judgeEventDestination(destinations: Answer<readonly EventDestination[]>, place: Place): Finding {
  const { configurationSet } = place;
  const address = pageAddress('aws-cli', 'create-the-configuration-set-and-its-event-destination');
  const fix = `create an event destination to Firehose. See ${address}`;
  if (destinations.state !== 'found') {
    return unanswered(
      'event-destination',
      `read the event destinations of ${configurationSet}`,
      destinations,
      {
        message: `the configuration set ${configurationSet} does not exist`,
        fix,
      },
    );
  }
  const [destination] = firehoseDestinations(destinations.value);
  if (destination === undefined) {
    const others = destinations.value.length;
    const none =
      others === 0
        ? 'has no event destination'
        : `has ${others} event destination${others === 1 ? '' : 's'}, but none to Firehose`;
    return failure('event-destination', `the configuration set ${configurationSet} ${none}`, fix);
  }
  const { name, isEnabled, streamArn } = destination;
  if (!isEnabled) {
    return failure(
      'event-destination',
      `the event destination ${name} is disabled`,
      updateCommand(place, { ...destination, isEnabled: true }),
    );
  }
  const reason = misplaced(destination, place);
  if (reason !== undefined) {
    return failure(
      'event-destination',
      `the event destination ${name} cannot send events: ${reason}`,
      'use a stream in the account and region of the configuration set, and a role in that account',
    );
  }
  return ok(
    'event-destination',
    `the event destination ${name} is enabled and sends to the stream ${nameOf(streamArn)}`,
  );
}

/** Kinds for which SES changes the mail to track them. They are optional, and without them nothing is lost. */
const trackedTypes: readonly EventType[] = ['OPEN', 'CLICK'];

/** Checks the kinds of event of the destination, except the optional ones. */
function judgeKinds(destination: FirehoseDestination, place: Place): Finding {
  const excluded = eventTypes.filter((type) => !destination.types.includes(type));
  const missing = excluded.filter((type) => !trackedTypes.includes(type));
  if (missing.length === 0) {
    const all = `all ${eventTypes.length} kinds of event are recorded`;
    return ok('kinds', excluded.length === 0 ? all : `${all} except ${excluded.join(' and ')}`);
  }
  return warning(
    'kinds',
    `kinds of event not recorded: ${missing.join(', ')}`,
    updateCommand(place, { ...destination, types: [...destination.types, ...missing] }),
  );
}

export {
  askEventDestinations,
  eventTypes,
  type FirehoseDestination,
  firehoseDestinations,
  judgeEventDestination,
  judgeKinds,
  trackedTypes,
};
