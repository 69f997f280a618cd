import { z } from 'zod';
import { sesEventTypes } from '../../../../modules/configuration-set/event-types';
import { type Route, route } from './route';
import { SesError } from './ses-error';
import type { ConfigurationSet } from './ses-region';

const kinds = ['KinesisFirehose', 'CloudWatch', 'Sns', 'EventBridge', 'Pinpoint'] as const;

const definition = z.object({
  Enabled: z.boolean().default(false),
  MatchingEventTypes: z.array(z.enum(sesEventTypes)).min(1),
  KinesisFirehoseDestination: z.object({ IamRoleArn: z.string(), DeliveryStreamArn: z.string() }).optional(),
  SnsDestination: z.object({ TopicArn: z.string() }).optional(),
  CloudWatchDestination: z.looseObject({}).optional(),
  EventBridgeDestination: z.looseObject({}).optional(),
  PinpointDestination: z.looseObject({}).optional(),
});

/**
 * A destination for events of some kinds.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_EventDestination.html
 */
type EventDestination = z.infer<typeof definition> & { Name: string };

/** Returns the reason why SES cannot assume the role of a destination. Undefined if it can. */
type RoleCheck = (set: ConfigurationSet, destination: EventDestination) => Promise<string | undefined>;

const folder = '/v2/email/configuration-sets/{ConfigurationSetName}/event-destinations';
const one = `${folder}/{EventDestinationName}`;

function existing(set: ConfigurationSet, name: string): EventDestination {
  const found = set.destinations.get(name);
  if (found === undefined)
    throw new SesError('NotFoundException', `Event destination <${name}> does not exist.`);
  return found;
}

/**
 * Operations on event destinations. Like SES, they try to assume the role of a Firehose destination and fail if they
 * cannot. The provider retries a new role because of that message.
 *
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateConfigurationSetEventDestination.html
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetConfigurationSetEventDestinations.html
 */
function eventDestinationRoutes(checkRole: RoleCheck): readonly Route[] {
  async function put(set: ConfigurationSet, destination: EventDestination): Promise<void> {
    const named = kinds.filter((kind) => destination[`${kind}Destination`] !== undefined);
    if (named.length !== 1) {
      throw new SesError(
        'BadRequestException',
        `exactly one destination is required, received ${named.length}`,
      );
    }
    if ((await checkRole(set, destination)) !== undefined) {
      const role = destination.KinesisFirehoseDestination?.IamRoleArn;
      throw new SesError('BadRequestException', `Could not assume IAM role <${role}>.`);
    }
    set.destinations.set(destination.Name, destination);
  }
  const creation = z.object({ EventDestinationName: z.string(), EventDestination: definition });
  const update = z.object({ EventDestination: definition });
  return [
    route('POST', folder, creation, ({ region, path, input }) => {
      const set = region.configurationSet(path.ConfigurationSetName ?? '');
      const { EventDestinationName: Name, EventDestination } = input;
      if (set.destinations.has(Name)) {
        throw new SesError('AlreadyExistsException', `Event destination <${Name}> already exists.`);
      }
      return put(set, { Name, ...EventDestination });
    }),
    route('PUT', one, update, ({ region, path, input }) => {
      const set = region.configurationSet(path.ConfigurationSetName ?? '');
      const { Name } = existing(set, path.EventDestinationName ?? '');
      return put(set, { Name, ...input.EventDestination });
    }),
    route('DELETE', one, z.unknown(), ({ region, path }) => {
      const set = region.configurationSet(path.ConfigurationSetName ?? '');
      set.destinations.delete(existing(set, path.EventDestinationName ?? '').Name);
    }),
    route('GET', folder, z.unknown(), ({ region, path }) => ({
      EventDestinations: [...region.configurationSet(path.ConfigurationSetName ?? '').destinations.values()],
    })),
  ];
}

export { type EventDestination, eventDestinationRoutes };
