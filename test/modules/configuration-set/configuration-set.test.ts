import { Annotations, Fn, Token } from 'cdktf';
import { eventKinds } from '../../../consumer/events';
import {
  ConfigurationSet,
  type ConfigurationSetProps,
} from '../../../modules/configuration-set/configuration-set';
import { sesEventTypes } from '../../../modules/configuration-set/event-types';
import { EmailEventStream } from '../../../modules/email-event-stream';
import type { StreamProps } from '../../../modules/settings/stream-props.generated';
import { resourcesInConfigurations } from '../in-configurations';
import { addresses, resourceAt, synthesizeStream, synthesizeText, synthesizeWith } from '../synthesize';

type Props = Omit<ConfigurationSetProps, 'streamArn' | 'roleArn'>;
const wiring = { streamArn: 'arn:stream', roleArn: 'arn:role' };

/** The types for which SES does not change mail. */
const untracked = sesEventTypes.filter((type) => type !== 'OPEN' && type !== 'CLICK');

/** The event destination, as synthesized. */
type Written = { matching_event_types: unknown };

const synthesized = (props: Props = {}) =>
  synthesizeWith((stack) => new ConfigurationSet(stack, 'sets', { ...wiring, ...props }));
const destination = (props: Props = {}) =>
  resourceAt(synthesized(props), 'aws_sesv2_configuration_set_event_destination.sets_stream');

describe('the configuration sets', () => {
  it('are one by default, with reputation metrics, TLS and suppression', () => {
    expect(resourceAt(synthesized(), 'aws_sesv2_configuration_set.sets')).toMatchObject({
      for_each: '${toset(["email-events"])}',
      delivery_options: { tls_policy: 'REQUIRE' },
      reputation_options: { reputation_metrics_enabled: true },
      suppression_options: [{ suppressed_reasons: ['BOUNCE', 'COMPLAINT'] }],
    });
  });

  const set = (props: Props = {}) => resourceAt(synthesized(props), 'aws_sesv2_configuration_set.sets');

  it('have no option without a setting', () => {
    const { delivery_options: delivery, ...options } = set();
    expect(delivery).toEqual({ tls_policy: 'REQUIRE' });
    expect(Object.keys(options).sort()).toEqual([
      'configuration_set_name',
      'for_each',
      'reputation_options',
      'suppression_options',
      'tags',
    ]);
  });

  it.each<[props: Props, written: object]>([
    [{ sendingPoolName: 'bulk' }, { delivery_options: { tls_policy: 'REQUIRE', sending_pool_name: 'bulk' } }],
    [{ sendingEnabled: false }, { sending_options: [{ sending_enabled: false }] }],
    [{ sendingEnabled: true }, { sending_options: [{ sending_enabled: true }] }],
    [{ maxDeliverySeconds: 300 }, { delivery_options: { tls_policy: 'REQUIRE', max_delivery_seconds: 300 } }],
    [
      { trackingDomain: 'click.example.com' },
      { tracking_options: [{ custom_redirect_domain: 'click.example.com', https_policy: 'REQUIRE' }] },
    ],
    [
      { trackingDomain: 'click.example.com', trackingHttpsPolicy: 'OPTIONAL' },
      { tracking_options: [{ custom_redirect_domain: 'click.example.com', https_policy: 'OPTIONAL' }] },
    ],
    [
      { vdmEngagementMetrics: 'DISABLED' },
      { vdm_options: [{ dashboard_options: [{ engagement_metrics: 'DISABLED' }] }] },
    ],
    [
      { vdmOptimizedSharedDelivery: 'ENABLED' },
      { vdm_options: [{ guardian_options: [{ optimized_shared_delivery: 'ENABLED' }] }] },
    ],
    [
      { vdmEngagementMetrics: 'ENABLED', vdmOptimizedSharedDelivery: 'DISABLED' },
      {
        vdm_options: [
          {
            dashboard_options: [{ engagement_metrics: 'ENABLED' }],
            guardian_options: [{ optimized_shared_delivery: 'DISABLED' }],
          },
        ],
      },
    ],
  ])('have the options of the settings, and no others: %j', (props, written) => {
    expect(set(props)).toEqual({ ...set(), ...written });
  });

  it("use the account's suppression settings without overrideSuppression", () => {
    const { suppression_options: _, ...others } = set();
    expect(set({ overrideSuppression: false })).toEqual(others);
  });

  it('send every event type to the stream that does not change mail', () => {
    expect(sesEventTypes).toHaveLength(eventKinds.length);
    expect(destination().event_destination).toEqual({
      enabled: true,
      matching_event_types: untracked,
      kinesis_firehose_destination: { delivery_stream_arn: 'arn:stream', iam_role_arn: 'arn:role' },
    });
  });

  const typesFor = (props: Props) => (destination(props).event_destination as Written).matching_event_types;
  const both = { configurationSets: ['receipts'], existingConfigurationSets: ['marketing'] };

  it.each<[props: Props, types: readonly string[]]>([
    [{}, untracked],
    [{ engagementTracking: 'off' }, untracked],
    [{ engagementTracking: 'created-sets' }, sesEventTypes],
    [{ engagementTracking: 'all-sets' }, sesEventTypes],
    [{ ...both }, untracked],
    [{ ...both, engagementTracking: 'all-sets' }, sesEventTypes],
    [{ ...both, eventTypes: ['SEND', 'OPEN'] }, ['SEND', 'OPEN']],
    [{ ...both, eventTypes: ['SEND', 'OPEN'], engagementTracking: 'all-sets' }, ['SEND', 'OPEN']],
    [{ eventTypes: ['OPEN'], engagementTracking: 'created-sets' }, ['OPEN']],
  ])('record opens and clicks only if they are requested: %j', (props, types) => {
    expect(typesFor(props)).toEqual(types);
  });

  it.each<[props: Props, types: readonly string[]]>([
    [{}, sesEventTypes],
    [{ eventTypes: ['SEND', 'OPEN'] }, ['SEND', 'OPEN']],
  ])('leave mail of existing sets unchanged with created-sets: %j', (props, types) => {
    const list = `[${types.map((type) => `"${type}"`).join(', ')}]`;
    expect(typesFor({ ...both, ...props, engagementTracking: 'created-sets' })).toBe(
      `\${setsubtract(${list}, contains(["marketing"], each.value) ? ["OPEN", "CLICK"] : [])}`,
    );
  });

  it('send only the types in eventTypes', () => {
    expect(destination({ eventTypes: ['BOUNCE'] }).event_destination).toMatchObject({
      matching_event_types: ['BOUNCE'],
    });
  });

  it('get only the destination if they exist', () => {
    const props = { configurationSets: [], existingConfigurationSets: ['marketing'] };
    expect(addresses(synthesized(props))).toEqual([
      'aws_sesv2_configuration_set_event_destination.sets_stream',
    ]);
    expect(destination(props).for_each).toBe('${toset(["marketing"])}');
  });

  it('can be several, created and existing', () => {
    const props = { configurationSets: ['a', 'b'], existingConfigurationSets: ['c'] };
    expect(destination(props).for_each).toBe('${toset(["a", "b", "c"])}');
  });

  it('publish feedback to a topic only with publishFeedback', () => {
    const feedback = 'aws_sesv2_configuration_set_event_destination.sets_feedback';
    expect(addresses(synthesized())).not.toContain(feedback);
    const props = { publishFeedback: true, feedbackTopicArn: 'arn:aws:sns:eu-west-1:123456789012:feedback' };
    expect(resourceAt(synthesized(props), feedback).event_destination).toEqual({
      enabled: true,
      matching_event_types: ['BOUNCE', 'COMPLAINT'],
      sns_destination: { topic_arn: props.feedbackTopicArn },
    });
  });

  it('publish feedback to EventBridge only with publishToEventBridge, also beside a topic', () => {
    const feedback = 'aws_sesv2_configuration_set_event_destination.sets_feedback';
    const bus = 'aws_sesv2_configuration_set_event_destination.sets_eventbridge';
    expect(addresses(synthesized())).not.toContain(bus);
    const given = { accountId: '123456789012', region: 'eu-west-1', partition: 'aws' };
    const alone = synthesized({ publishToEventBridge: true, feedbackEventTypes: ['BOUNCE'], ...given });
    expect(addresses(alone)).not.toContain(feedback);
    expect(resourceAt(alone, bus)).toMatchObject({
      event_destination_name: 'email-events-eventbridge',
      event_destination: {
        enabled: true,
        matching_event_types: ['BOUNCE'],
        event_bridge_destination: {
          event_bus_arn: 'arn:aws:events:eu-west-1:123456789012:event-bus/default',
        },
      },
    });
    const feedbackTopicArn = 'arn:aws:sns:eu-west-1:123456789012:feedback';
    const both = synthesized({ publishToEventBridge: true, publishFeedback: true, feedbackTopicArn });
    expect(addresses(both)).toEqual(expect.arrayContaining([feedback, bus]));
  });

  it('create no set by default if there are existing sets, unless configurationSets names one', () => {
    const existing = { existingConfigurationSets: ['marketing'] };
    const sets = 'aws_sesv2_configuration_set.sets';
    expect(addresses(synthesized(existing))).not.toContain(sets);
    expect(destination(existing).for_each).toBe('${toset(["marketing"])}');
    const both = { ...existing, configurationSets: ['email-events'] };
    expect(resourceAt(synthesized(both), sets).for_each).toBe('${toset(["email-events"])}');
    expect(destination(both).for_each).toBe('${toset(["email-events", "marketing"])}');
  });

  it("depend on the role's permissions, because SES tests them", () => {
    const stack = synthesizeStream({ encryption: 'new-key' });
    expect(resourceAt(stack, 'aws_sesv2_configuration_set_event_destination.sets_stream').depends_on).toEqual(
      ['aws_iam_role_policy.ses', 'aws_iam_role_policy.ses_key', 'aws_sesv2_configuration_set.sets'],
    );
  });

  /** The warnings of the composite with these props, whose events expire. */
  function warningsOf(props: StreamProps): string[] {
    const warn = jest.spyOn(Annotations.prototype, 'addWarning');
    try {
      synthesizeText((scope) => {
        new EmailEventStream(scope, 'Default', { expirationDays: 400, ...props });
      });
      return warn.mock.calls.map(([text]) => text);
    } finally {
      warn.mockRestore();
    }
  }

  it.each([
    [['SEND', 'BOUNCE'], true],
    [['RENDERING_FAILURE'], false],
    [undefined, false],
  ] as const)('with the types %j warn about silent failures: %s', (eventTypes, warns) => {
    const warnings = warningsOf(eventTypes === undefined ? {} : { eventTypes });
    expect(warnings.map((text) => /RENDERING_FAILURE.*sends nothing/.test(text))).toEqual(
      warns ? [true] : [],
    );
  });

  const feedback = (feedbackEventTypes: NonNullable<StreamProps['feedbackEventTypes']>): StreamProps => ({
    publishFeedback: true,
    feedbackTopicArn: 'arn:aws:sns:eu-west-1:123456789012:feedback',
    feedbackEventTypes,
  });

  it.each<[props: StreamProps, warns: boolean]>([
    [{}, false],
    [{ existingConfigurationSets: ['marketing'] }, false],
    [{ existingConfigurationSets: ['marketing'], engagementTracking: 'off' }, false],
    [
      {
        configurationSets: ['shop'],
        existingConfigurationSets: ['marketing'],
        engagementTracking: 'created-sets',
      },
      false,
    ],
    [{ existingConfigurationSets: ['marketing'], engagementTracking: 'all-sets' }, true],
    [{ configurationSets: ['marketing'], engagementTracking: 'all-sets' }, false],
    [{ existingConfigurationSets: ['marketing'], ...feedback(['BOUNCE', 'CLICK']) }, true],
    [{ existingConfigurationSets: ['marketing'], ...feedback(['BOUNCE']) }, false],
    [
      {
        ...{ existingConfigurationSets: ['marketing'], publishToEventBridge: true },
        feedbackEventTypes: ['OPEN'],
      },
      true,
    ],
    [{ existingConfigurationSets: ['marketing'], feedbackEventTypes: ['CLICK'] }, false],
    [{ existingConfigurationSets: ['marketing'], eventTypes: ['RENDERING_FAILURE', 'OPEN'] }, true],
    [{ existingConfigurationSets: ['marketing'], eventTypes: ['RENDERING_FAILURE', 'CLICK'] }, true],
    [{ existingConfigurationSets: ['marketing'], eventTypes: ['RENDERING_FAILURE', 'SEND'] }, false],
    [{ configurationSets: ['marketing'], eventTypes: ['RENDERING_FAILURE', 'OPEN'] }, false],
    [
      { existingConfigurationSets: Token.asList(Fn.split(',', 'a,b')), engagementTracking: 'all-sets' },
      false,
    ],
  ])('warn about tracking in mail of existing sets: %j, %s', (props, warns) => {
    expect(
      warningsOf(props).map((text) => /get OPEN or CLICK.*pixel.*rewrites every link/.test(text)),
    ).toEqual(warns ? [true] : []);
  });

  it('match their snapshot in every configuration', () => {
    expect(resourcesInConfigurations('sets')).toMatchSnapshot();
  });
});
