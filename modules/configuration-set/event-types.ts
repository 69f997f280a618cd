import { and, type Condition, choose, equals, or, valueOr, without } from '../cdktf/condition';

/** The event types, in the spelling of the SES API v2. */
const sesEventTypes = [
  'SEND',
  'REJECT',
  'BOUNCE',
  'COMPLAINT',
  'DELIVERY',
  'OPEN',
  'CLICK',
  'RENDERING_FAILURE',
  'DELIVERY_DELAY',
  'SUBSCRIPTION',
] as const;

/** The event types for which SES changes the mail. */
const trackedEventTypes: readonly string[] = ['OPEN', 'CLICK'];

/** The other event types. */
const untrackedEventTypes = sesEventTypes.filter((type) => !trackedEventTypes.includes(type));

/** The settings that determine the event types. */
interface EventTypeSettings {
  readonly engagementTracking?: string | undefined;
  readonly eventTypes?: readonly string[] | undefined;
}

/** Whether opens and clicks are requested, for created sets at least. */
function isTracking({ engagementTracking }: EventTypeSettings): Condition {
  return or(equals(engagementTracking, 'created-sets'), equals(engagementTracking, 'all-sets'));
}

/** Returns the event types to record for created sets. */
function createdSetTypes(settings: EventTypeSettings): readonly string[] {
  return valueOr(
    settings.eventTypes,
    choose<readonly string[]>(isTracking(settings), sesEventTypes, untrackedEventTypes),
  );
}

/**
 * Returns the event types to record for a set.
 * @param types the event types for created sets
 * @param isExisting whether the set is an existing one
 */
function typesOfSet(
  types: readonly string[],
  { engagementTracking }: EventTypeSettings,
  isExisting: Condition = true,
): readonly string[] {
  const isUntracked = and(equals(engagementTracking, 'created-sets'), isExisting);
  return without(types, choose<readonly string[]>(isUntracked, trackedEventTypes, []));
}

export { createdSetTypes, isTracking, sesEventTypes, trackedEventTypes, typesOfSet };
