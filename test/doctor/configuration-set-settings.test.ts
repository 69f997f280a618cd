import type { EventDestination, EventType, GetConfigurationSetResponse } from '@aws-sdk/client-sesv2';
import { matchingSettings } from '../../consumer/doctor/configuration-set-settings';
import { eventTypes } from '../../consumer/doctor/event-destination';
import { checkStream } from '../../modules/stream-settings';
import { destination } from './healthy';

const full: GetConfigurationSetResponse = {
  ConfigurationSetName: 'marketing',
  TrackingOptions: { CustomRedirectDomain: 'click.example.com', HttpsPolicy: 'REQUIRE' },
  DeliveryOptions: { TlsPolicy: 'REQUIRE', SendingPoolName: 'bulk', MaxDeliverySeconds: 3600 },
  ReputationOptions: { ReputationMetricsEnabled: true },
  SendingOptions: { SendingEnabled: true },
  Tags: [
    { Key: 'team', Value: 'mail' },
    { Key: 'aws:cloudformation:stack-name', Value: 'mail' },
  ],
  SuppressionOptions: { SuppressedReasons: ['BOUNCE'] },
  VdmOptions: {
    DashboardOptions: { EngagementMetrics: 'ENABLED' },
    GuardianOptions: { OptimizedSharedDelivery: 'DISABLED' },
  },
};
const bare: GetConfigurationSetResponse = { ConfigurationSetName: 'marketing' };
const topic = (MatchingEventTypes: EventType[], more = {}): EventDestination => ({
  ...{ Name: 'topic', Enabled: true, MatchingEventTypes, SnsDestination: { TopicArn: 'x' } },
  ...more,
});

describe('the settings that match a configuration set', () => {
  it('include all of its options', () => {
    expect(matchingSettings(full, [destination])).toEqual({
      settings: {
        configurationSets: ['marketing'],
        eventDestinationName: 'archive',
        eventTypes,
        reputationMetrics: true,
        tlsPolicy: 'REQUIRE',
        sendingPoolName: 'bulk',
        maxDeliverySeconds: 3600,
        trackingDomain: 'click.example.com',
        trackingHttpsPolicy: 'REQUIRE',
        vdmEngagementMetrics: 'ENABLED',
        vdmOptimizedSharedDelivery: 'DISABLED',
        suppressedReasons: ['BOUNCE'],
        tags: { team: 'mail' },
      },
      notes: [],
    });
  });

  it('keep the HTTPS policy of SES, where a set with its own domain has none', () => {
    const set = { ...full, TrackingOptions: { CustomRedirectDomain: 'click.example.com' } };
    expect(matchingSettings(set, []).settings).toMatchObject({ trackingHttpsPolicy: 'OPTIONAL' });
    expect(matchingSettings({ ConfigurationSetName: 'a' }, []).settings).not.toHaveProperty(
      'trackingHttpsPolicy',
    );
  });

  it('contain the behavior of SES for options that the set does not have', () => {
    expect(matchingSettings(bare, [destination]).settings).toEqual({
      configurationSets: ['marketing'],
      eventDestinationName: 'archive',
      eventTypes,
      reputationMetrics: false,
      tlsPolicy: 'OPTIONAL',
      overrideSuppression: false,
    });
  });

  it.each([
    ['everything', full],
    ['nothing', bare],
    ['no suppression', { ...bare, SuppressionOptions: { SuppressedReasons: [] } }],
  ])('are valid settings of a stream: %s', (_, set) => {
    expect(checkStream(matchingSettings(set, [destination]).settings)).toEqual([]);
  });

  it.each<[name: string, destinations: EventDestination[], tracked: EventType[]]>([
    ['none', [], []],
    ['one to a topic', [topic(['BOUNCE'])], []],
    ['one that tracks', [topic(['BOUNCE', 'CLICK'])], ['CLICK']],
    ['one that would track and is disabled', [topic(['OPEN'], { Enabled: false })], []],
  ])('do not change tracking if there is no destination to Firehose: %s', (_, destinations, tracked) => {
    const { settings, notes } = matchingSettings(bare, destinations);
    const wanted = eventTypes.filter((type) => !['OPEN', 'CLICK'].includes(type) || tracked.includes(type));
    expect(settings.eventTypes).toEqual(wanted);
    expect(settings).not.toHaveProperty('eventDestinationName');
    expect(notes).toEqual([expect.stringContaining('has no Firehose event destination')]);
  });

  it('come from the enabled one of several destinations, and the notes name the others', () => {
    const old = { ...destination, Name: 'old', Enabled: false };
    expect(matchingSettings(bare, [old, destination])).toMatchObject({
      settings: { eventDestinationName: 'archive' },
      notes: ['other Firehose event destinations remain unchanged: old'],
    });
    expect(matchingSettings(bare, [old])).toMatchObject({
      settings: { eventDestinationName: 'old' },
      notes: ['the event destination old is disabled; the deployment enables it'],
    });
  });
});
