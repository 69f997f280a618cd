import type { EventDestination, EventType, GetConfigurationSetResponse } from '@aws-sdk/client-sesv2';
import { eventTypes, firehoseDestinations, trackedTypes } from './event-destination';

/** The value of a deployment's setting. */
type SettingValue = string | number | boolean | readonly string[] | Readonly<Record<string, string>>;

/** Settings by their name in cdktf.json, without those that the set does not have. */
type Settings = Readonly<Record<string, SettingValue>>;

/** The settings that match a set, and notes on their use. */
interface MatchingSettings {
  readonly settings: Settings;
  readonly notes: readonly string[];
}

/** Returns the set's own tags, without those of AWS, which cannot be set. */
function tagsOf({ Tags = [] }: GetConfigurationSetResponse): Record<string, string> {
  const tags = Tags.map(({ Key = '', Value = '' }) => [Key, Value] as const);
  return Object.fromEntries(tags.filter(([key]) => !key.startsWith('aws:')));
}

/** Returns the kinds to record for a set without a Firehose destination: all that do not change the mail. */
function untrackedTypes(destinations: readonly EventDestination[]): EventType[] {
  const taken = destinations.filter(({ Enabled }) => Enabled === true);
  const isTracked = (type: EventType) =>
    taken.some(({ MatchingEventTypes = [] }) => MatchingEventTypes.includes(type));
  return eventTypes.filter((type) => !trackedTypes.includes(type) || isTracked(type));
}

function destinationSettings(destinations: readonly EventDestination[]): MatchingSettings {
  const [own, ...others] = firehoseDestinations(destinations);
  if (own === undefined) {
    return {
      settings: { eventTypes: untrackedTypes(destinations) },
      notes: [
        'the configuration set has no Firehose event destination; these event types do not change its mail',
      ],
    };
  }
  return {
    settings: {
      eventDestinationName: own.name,
      eventTypes: eventTypes.filter((type) => own.types.includes(type)),
    },
    notes: [
      ...(own.isEnabled ? [] : [`the event destination ${own.name} is disabled; the deployment enables it`]),
      ...(others.length === 0
        ? []
        : [
            `other Firehose event destinations remain unchanged: ${others.map(({ name }) => name).join(', ')}`,
          ]),
    ],
  };
}

/**
 * Returns the settings with which a deployment adopts a configuration set without a change.
 *
 * @example
 * matchingSettings({ ConfigurationSetName: 'marketing' }, []).settings.tlsPolicy // 'OPTIONAL'
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetConfigurationSet.html
 */
function matchingSettings(
  set: GetConfigurationSetResponse,
  destinations: readonly EventDestination[],
): MatchingSettings {
  const { DeliveryOptions, TrackingOptions, SuppressionOptions, VdmOptions } = set;
  const { settings, notes } = destinationSettings(destinations);
  const tags = tagsOf(set);
  const all: Record<string, SettingValue | undefined> = {
    configurationSets: [set.ConfigurationSetName ?? ''],
    ...settings,
    reputationMetrics: set.ReputationOptions?.ReputationMetricsEnabled === true,
    tlsPolicy: DeliveryOptions?.TlsPolicy ?? 'OPTIONAL',
    sendingPoolName: DeliveryOptions?.SendingPoolName,
    maxDeliverySeconds: DeliveryOptions?.MaxDeliverySeconds,
    trackingDomain: TrackingOptions?.CustomRedirectDomain,
    // The default of the setting is REQUIRE, and that of SES is OPTIONAL.
    trackingHttpsPolicy: TrackingOptions && (TrackingOptions.HttpsPolicy ?? 'OPTIONAL'),
    vdmEngagementMetrics: VdmOptions?.DashboardOptions?.EngagementMetrics,
    vdmOptimizedSharedDelivery: VdmOptions?.GuardianOptions?.OptimizedSharedDelivery,
    overrideSuppression: SuppressionOptions === undefined ? false : undefined,
    suppressedReasons: SuppressionOptions?.SuppressedReasons,
    tags: Object.keys(tags).length === 0 ? undefined : tags,
  };
  const known = Object.entries(all).filter(
    (entry): entry is [string, SettingValue] => entry[1] !== undefined,
  );
  return { settings: Object.fromEntries(known), notes };
}

export { matchingSettings, type Settings, type SettingValue };
