import { Sesv2ConfigurationSet } from '@cdktf/provider-aws/lib/sesv2-configuration-set';
import { Sesv2ConfigurationSetEventDestination } from '@cdktf/provider-aws/lib/sesv2-configuration-set-event-destination';
import {
  Annotations,
  type ListTerraformIterator,
  TerraformLocal,
  type TerraformResource,
  Token,
} from 'cdktf';
import { Construct } from 'constructs';
import { pageAddress } from '../../consumer/pages/page-address';
import { AwsEnvironment } from '../cdktf/aws-environment';
import {
  and,
  type Condition,
  choose,
  common,
  concatenate,
  containsItem,
  defined,
  eachOf,
  isEmpty,
  isSet,
  not,
  or,
  valueOr,
} from '../cdktf/condition';
import { nameAfter } from '../cdktf/logical-id';
import { addBlocks, type BlockContent, blocks, mergeBlocks } from '../cdktf/optional-block';
import { requireUsableTopics } from '../cdktf/usable-topic';
import { type Configured, combine, configure, pick } from '../settings/configure';
import { namingSettings } from '../settings/shared-settings';
import type { StreamProps } from '../settings/stream-props.generated';
import { configurationSetSettings, createdSetNames } from './configuration-set-settings';
import { createdSetTypes, trackedEventTypes, typesOfSet } from './event-types';

const settings = combine(
  pick(namingSettings, 'name', 'tags', 'accountId', 'region', 'partition'),
  configurationSetSettings,
);

type Settings = Configured<typeof settings.fields>;

/** Settings of the configuration sets, and the target of their events. */
interface ConfigurationSetProps extends Pick<StreamProps, keyof typeof settings.fields> {
  /** The stream to put events into, in the same region. */
  readonly streamArn: string;
  /** The role that SES assumes for it. */
  readonly roleArn: string;
  /**
   * Resources that an event destination depends on: the role's permissions, because SES tests them.
   * @default - none
   */
  readonly dependsOn?: readonly TerraformResource[];
}

/** Warning about an omitted event type without which failures are silent. */
const renderingFailureWarning =
  'eventTypes does not include RENDERING_FAILURE: if a template does not match its data, SES accepts the message, ' +
  'sends nothing, and publishes no event';

/** Warning about the effect of opens and clicks on existing mail. */
const trackingWarning =
  'existingConfigurationSets get OPEN or CLICK: SES adds a pixel to HTML mail of these sets and rewrites every link. ' +
  'If the recipients have not consented, remove both from eventTypes and feedbackEventTypes, and do not set ' +
  `engagementTracking to all-sets. See ${pageAddress('security', 'open-and-click-tracking')}`;

/** Returns the names of all configuration sets of a configuration, created ones first. */
function configurationSetNames(
  config: Pick<Settings, 'name' | 'configurationSets' | 'existingConfigurationSets'>,
): readonly string[] {
  return concatenate(createdSetNames(config), config.existingConfigurationSets);
}

/**
 * Creates the options of a configuration set, each only if its setting is used, because an empty block
 * changes a set that has none.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateConfigurationSet.html
 */
function configurationSetBlocks(config: Settings): BlockContent {
  const { trackingDomain, trackingHttpsPolicy, vdmEngagementMetrics, vdmOptimizedSharedDelivery } = config;
  return mergeBlocks(
    blocks('suppression_options', {
      condition: config.overrideSuppression,
      content: { suppressed_reasons: config.suppressedReasons },
    }),
    blocks('sending_options', {
      condition: isSet(config.sendingEnabled),
      content: { sending_enabled: config.sendingEnabled },
    }),
    blocks('tracking_options', {
      condition: isSet(trackingDomain),
      content: {
        custom_redirect_domain: trackingDomain,
        https_policy: valueOr<string>(trackingHttpsPolicy, 'REQUIRE'),
      },
    }),
    blocks('vdm_options', {
      condition: or(isSet(vdmEngagementMetrics), isSet(vdmOptimizedSharedDelivery)),
      content: mergeBlocks(
        blocks('dashboard_options', {
          condition: isSet(vdmEngagementMetrics),
          content: { engagement_metrics: vdmEngagementMetrics },
        }),
        blocks('guardian_options', {
          condition: isSet(vdmOptimizedSharedDelivery),
          content: { optimized_shared_delivery: vdmOptimizedSharedDelivery },
        }),
      ),
    }),
  );
}

/**
 * Configuration sets, created or existing, whose events go to the stream and, if requested, feedback to an
 * SNS topic. Mail is recorded when it is sent with one of them.
 *
 * @example new ConfigurationSet(this, 'sets', { streamArn, roleArn, configurationSets: ['receipts', 'newsletter'] })
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-add-event-destination-firehose.html
 */
class ConfigurationSet extends Construct {
  /** Names of all sets, created ones first. */
  readonly names: readonly string[];
  /** The created sets' resource, one for each name. */
  readonly sets: Sesv2ConfigurationSet | undefined;
  /** The event destinations' resource, one for each name. */
  readonly eventDestinations: Sesv2ConfigurationSetEventDestination | undefined;
  /** The feedback destinations' resource, one for each name. */
  readonly feedbackDestinations: Sesv2ConfigurationSetEventDestination | undefined;
  /** The EventBridge destinations' resource, one for each name. */
  readonly eventBusDestinations: Sesv2ConfigurationSetEventDestination | undefined;
  /** Names of the sets whose bounce and complaint rates are in CloudWatch, or can be: existing sets decide themselves. */
  readonly reputationSetNames: readonly string[];
  /** Whether the stream gets an event for a message whose template does not match its data. */
  readonly recordsRenderingFailures: Condition;
  /** Whether SES changes mail of existing sets, because an event destination gets opens or clicks. */
  readonly changesExistingMail: Condition;

  constructor(scope: Construct, id: string, props: ConfigurationSetProps) {
    super(scope, id);
    const config = configure(this.node.path, settings, props);
    const { name, tags, publishFeedback, publishToEventBridge, feedbackTopicArn = '' } = config;
    requireUsableTopics(this, 'feedbackTopicArn', [feedbackTopicArn]);
    const created = eachOf(createdSetNames(config));
    this.names = configurationSetNames(config);
    this.reputationSetNames = choose(config.reputationMetrics, this.names, config.existingConfigurationSets);
    const all = eachOf(this.names);
    const toTopic = eachOf(this.names, publishFeedback);
    const toBus = eachOf(this.names, publishToEventBridge);
    const dependencies = [...(props.dependsOn ?? [])];

    const eventTypes = this.named('event_types', createdSetTypes(config));
    const isExisting = ({ value }: ListTerraformIterator) =>
      containsItem(config.existingConfigurationSets, Token.asString(value));
    const isTracked = (types: readonly string[]) => not(isEmpty(common(types, trackedEventTypes)));

    this.recordsRenderingFailures = containsItem(eventTypes, 'RENDERING_FAILURE');
    if (this.recordsRenderingFailures === false) Annotations.of(this).addWarning(renderingFailureWarning);
    this.changesExistingMail = and(
      not(isEmpty(config.existingConfigurationSets)),
      or(
        isTracked(typesOfSet(eventTypes, config)),
        and(or(publishFeedback, publishToEventBridge), isTracked(config.feedbackEventTypes)),
      ),
    );
    if (this.changesExistingMail === true) Annotations.of(this).addWarning(trackingWarning);
    if (created !== undefined) {
      this.sets = nameAfter(
        this,
        new Sesv2ConfigurationSet(this, 'set', {
          forEach: created,
          configurationSetName: created.value,
          deliveryOptions: {
            tlsPolicy: config.tlsPolicy,
            ...defined({
              sendingPoolName: config.sendingPoolName,
              maxDeliverySeconds: config.maxDeliverySeconds,
            }),
          },
          reputationOptions: { reputationMetricsEnabled: config.reputationMetrics },
          tags,
        }),
      );
      addBlocks(this.sets, undefined, configurationSetBlocks(config));
      dependencies.push(this.sets);
    }
    if (all !== undefined) {
      this.eventDestinations = nameAfter(
        this,
        new Sesv2ConfigurationSetEventDestination(this, 'stream', {
          forEach: all,
          configurationSetName: all.value,
          eventDestinationName: valueOr(config.eventDestinationName, name),
          eventDestination: {
            enabled: true,
            matchingEventTypes: [...typesOfSet(eventTypes, config, isExisting(all))],
            kinesisFirehoseDestination: { deliveryStreamArn: props.streamArn, iamRoleArn: props.roleArn },
          },
          dependsOn: dependencies,
        }),
        'stream',
      );
    }
    if (toTopic !== undefined) {
      this.feedbackDestinations = nameAfter(
        this,
        new Sesv2ConfigurationSetEventDestination(this, 'feedback', {
          forEach: toTopic,
          configurationSetName: toTopic.value,
          eventDestinationName: `${name}-feedback`,
          eventDestination: {
            enabled: true,
            matchingEventTypes: [...config.feedbackEventTypes],
            snsDestination: { topicArn: feedbackTopicArn },
          },
          dependsOn: dependencies,
        }),
        'feedback',
      );
    }
    if (toBus !== undefined) {
      const { partition, region, accountId } = AwsEnvironment.of(this, config);
      this.eventBusDestinations = nameAfter(
        this,
        new Sesv2ConfigurationSetEventDestination(this, 'eventbridge', {
          forEach: toBus,
          configurationSetName: toBus.value,
          eventDestinationName: `${name}-eventbridge`,
          eventDestination: {
            enabled: true,
            matchingEventTypes: [...config.feedbackEventTypes],
            // SES only supports the default bus.
            eventBridgeDestination: {
              eventBusArn: `arn:${partition}:events:${region}:${accountId}:event-bus/default`,
            },
          },
          dependsOn: dependencies,
        }),
        'eventbridge',
      );
    }
  }

  /** Gives an expression that others contain a short name in Terraform. */
  private named(name: string, list: readonly string[]): readonly string[] {
    if (!Token.isUnresolved(list)) return list;
    return nameAfter(this, new TerraformLocal(this, name, list), name).asList;
  }
}

export {
  ConfigurationSet,
  type ConfigurationSetProps,
  configurationSetNames,
  renderingFailureWarning,
  trackingWarning,
};
