import { z } from 'zod';
import {
  and,
  areDisjoint,
  choose,
  common,
  equals,
  exceeds,
  implies,
  isEmpty,
  isSet,
  lengthOf,
  not,
  or,
  valueOr,
  without,
} from '../cdktf/condition';
import type { Configured } from '../settings/configure';
import { field } from '../settings/field';
import { distinct, formatValue, noEffectUnless, type Rule, requiredIf } from '../settings/rule';
import type { namingSettings } from '../settings/shared-settings';
import { isTracking, sesEventTypes, trackedEventTypes } from './event-types';

const setName = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const setNames = 'names of 1 to 64 letters, digits, hyphens and underscores';
const setNameSource =
  'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateConfigurationSet.html';

const deliveryOptionsPage = 'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeliveryOptions.html';

/** Settings of the configuration sets and their event destinations. */
const fields = {
  configurationSets: field(z.array(setName).optional(), {
    description:
      'Names of the configuration sets to create. Send mail with one of them to record its events. Terraform must know the names during the plan.',
    allowed: setNames,
    source: setNameSource,
    whenOmitted: 'one set named `name`, unless there are `existingConfigurationSets`',
  }),
  existingConfigurationSets: field(z.array(setName).default([]), {
    description:
      'Names of existing configuration sets. They get the event destination and are not changed otherwise. Terraform must know the names during the plan.',
    allowed: setNames,
    source: setNameSource,
  }),
  eventDestinationName: field(setName.optional(), {
    description: 'Name of the event destination in each set. Changing it replaces the destination.',
    allowed: '1 to 64 letters, digits, hyphens and underscores',
    source:
      'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateConfigurationSetEventDestination.html',
    whenOmitted: '`name`',
  }),
  engagementTracking: field(z.enum(['off', 'created-sets', 'all-sets']).optional(), {
    description:
      'The sets for whose mail opens and clicks are recorded: the created ones, or all. ' +
      'Recording them changes the mail: SES adds a pixel to HTML mail and rewrites every link. ' +
      'Keep it off if recipients have not consented, or if links grant access.',
    source: 'https://docs.aws.amazon.com/ses/latest/dg/configure-custom-open-click-domains.html',
    whenOmitted: 'off, unless `eventTypes` contains OPEN or CLICK',
  }),
  eventTypes: field(z.array(z.enum(sesEventTypes)).min(1).optional(), {
    description:
      'Event types to record. OPEN and CLICK in this list change the mail of all sets, or of the sets that `engagementTracking` selects. ' +
      'Include RENDERING_FAILURE: without it, a message whose template does not match its data fails silently. ' +
      'SES accepts it, sends nothing, and publishes no event.',
    source: 'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_EventDestinationDefinition.html',
    whenOmitted: 'all types, with OPEN and CLICK only for the sets that `engagementTracking` selects',
  }),
  reputationMetrics: field(z.boolean().default(true), {
    description: 'Publish the bounce and complaint rates of the created sets to CloudWatch.',
  }),
  sendingEnabled: field(z.boolean().optional(), {
    description:
      'Whether mail can be sent with the created sets. With false, SES rejects their mail. SES sets it to false when it pauses a set.',
    source: 'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendingOptions.html',
    whenOmitted: 'enabled, and not changed later',
  }),
  tlsPolicy: field(z.enum(['REQUIRE', 'OPTIONAL']).default('REQUIRE'), {
    description:
      'TLS policy for mail of the created sets. REQUIRE delivers over TLS only. OPTIONAL sends plain text to a receiving server without TLS.',
    source: deliveryOptionsPage,
  }),
  sendingPoolName: field(setName.optional(), {
    description: 'Name of the dedicated IP pool for mail of the created sets.',
    allowed: 'the name of an IP pool: 1 to 64 letters, digits, hyphens and underscores',
    source: 'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateDedicatedIpPool.html',
    whenOmitted: 'the shared IP addresses of SES, or the pool of the account',
  }),
  maxDeliverySeconds: field(z.number().int().min(300).max(50_400).optional(), {
    description: 'Maximum time for which SES tries to deliver mail of the created sets.',
    unit: 'seconds',
    source: deliveryOptionsPage,
    whenOmitted: 'the default of SES',
  }),
  trackingDomain: field(
    z
      .string()
      .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/)
      .optional(),
    {
      description:
        'Custom domain for the open-tracking pixel and the tracked links in mail of the created sets. ' +
        'The domain must be verified in SES, and its DNS record must point to the tracking server of the region.',
      allowed: 'a domain name in lowercase letters, such as click.example.com',
      source: 'https://docs.aws.amazon.com/ses/latest/dg/configure-custom-open-click-domains.html',
      whenOmitted: 'awstrack.me, the domain of AWS',
    },
  ),
  trackingHttpsPolicy: field(z.enum(['REQUIRE', 'REQUIRE_OPEN_ONLY', 'OPTIONAL']).optional(), {
    description:
      'HTTPS policy for `trackingDomain`. REQUIRE uses HTTPS for links and pixel, REQUIRE_OPEN_ONLY for the pixel only. ' +
      'With OPTIONAL, links keep their protocol, and the pixel uses HTTP. ' +
      'HTTPS requires a server with a certificate for the domain, such as CloudFront. Without one, tracked HTTPS links fail with every policy.',
    source: 'https://docs.aws.amazon.com/ses/latest/dg/configure-custom-open-click-domains.html',
    whenOmitted: 'REQUIRE, with `trackingDomain`',
  }),
  vdmEngagementMetrics: field(z.enum(['ENABLED', 'DISABLED']).optional(), {
    description:
      'Engagement metrics of Virtual Deliverability Manager for the created sets. ENABLED tracks opens and clicks, and changes mail in the same way as `engagementTracking`.',
    source: 'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DashboardOptions.html',
    whenOmitted: 'the setting of the account',
  }),
  vdmOptimizedSharedDelivery: field(z.enum(['ENABLED', 'DISABLED']).optional(), {
    description:
      'Optimized shared delivery of Virtual Deliverability Manager for the created sets. With ENABLED, SES chooses the IP addresses.',
    source: 'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GuardianOptions.html',
    whenOmitted: 'the setting of the account',
  }),
  overrideSuppression: field(z.boolean().default(true), {
    description:
      "Use `suppressedReasons` for the created sets. If false, the account's suppression settings apply.",
    source: 'https://docs.aws.amazon.com/ses/latest/dg/sending-email-suppression-list-config-level.html',
  }),
  suppressedReasons: field(z.array(z.enum(['BOUNCE', 'COMPLAINT'])).default(['BOUNCE', 'COMPLAINT']), {
    description:
      "Reasons for which SES adds a recipient of the created sets to the account's suppression list. With an empty list, a new set suppresses nothing. The provider does not apply an empty list to a set that is already deployed.",
    source: 'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SuppressionOptions.html',
  }),
  publishFeedback: field(z.boolean().default(false), {
    description:
      'Also publish events of the types in `feedbackEventTypes` to the SNS topic `feedbackTopicArn`.',
  }),
  feedbackTopicArn: field(
    z
      .string()
      .regex(/^arn:[a-z0-9-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$/)
      .optional(),
    {
      source: 'https://docs.aws.amazon.com/ses/latest/dg/event-publishing-add-event-destination-sns.html',
      description:
        'ARN of the SNS topic for feedback, in the same region. Its policy must allow ses.amazonaws.com to publish. ' +
        'An encrypted topic requires a customer-managed key that allows kms:Decrypt and kms:GenerateDataKey* for ses.amazonaws.com. The key alias/aws/sns does not. ' +
        'SES does not support FIFO topics.',
      allowed: 'the ARN of an SNS standard topic',
      whenOmitted: 'none',
    },
  ),
  publishToEventBridge: field(z.boolean().default(false), {
    description:
      'Also publish events of the types in `feedbackEventTypes` to the default event bus of EventBridge, for rules that react at once.',
    source:
      'https://docs.aws.amazon.com/ses/latest/dg/event-publishing-add-event-destination-eventbridge.html',
  }),
  feedbackEventTypes: field(z.array(z.enum(sesEventTypes)).min(1).default(['BOUNCE', 'COMPLAINT']), {
    source: 'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_EventDestinationDefinition.html',
    description: 'Event types to publish to the topic, and to EventBridge.',
  }),
};

type Config = Configured<typeof fields & Pick<typeof namingSettings.fields, 'name'>>;

/** Returns the names of the sets to create. An adopted set is usually all that is wanted. */
function createdSetNames({
  name,
  configurationSets,
  existingConfigurationSets,
}: Pick<Config, 'name' | 'configurationSets' | 'existingConfigurationSets'>): readonly string[] {
  return valueOr<readonly string[]>(
    configurationSets,
    choose<readonly string[]>(isEmpty(existingConfigurationSets), [name], []),
  );
}

const tracked = (eventTypes: readonly string[]) => common(eventTypes, trackedEventTypes);

/** Rules for the choice of `engagementTracking`, which must agree with all settings that change mail. */
const trackingRules: readonly Rule<Config>[] = [
  {
    setting: 'engagementTracking',
    message: ({ eventTypes }) =>
      `is off, but eventTypes contains ${formatValue(tracked(valueOr<readonly string[]>(eventTypes, [])))}: remove one of them`,
    holds: ({ engagementTracking, eventTypes }) =>
      implies(
        equals(engagementTracking, 'off'),
        isEmpty(tracked(valueOr<readonly string[]>(eventTypes, []))),
      ),
  },
  {
    setting: 'engagementTracking',
    message: ({ engagementTracking, eventTypes }) =>
      `is ${formatValue(engagementTracking)}, but eventTypes is ${formatValue(eventTypes)}: add OPEN, CLICK or both to eventTypes, or remove one of the settings`,
    holds: ({ engagementTracking, eventTypes }) =>
      implies(
        and(isTracking({ engagementTracking }), isSet(eventTypes)),
        not(isEmpty(tracked(valueOr<readonly string[]>(eventTypes, [])))),
      ),
  },
  {
    setting: 'engagementTracking',
    message:
      'has no effect: it is created-sets, and no set is created. Use all-sets, or remove engagementTracking',
    holds: ({ name, engagementTracking, configurationSets, existingConfigurationSets }) =>
      implies(
        equals(engagementTracking, 'created-sets'),
        not(isEmpty(createdSetNames({ name, configurationSets, existingConfigurationSets }))),
      ),
  },
  {
    setting: 'engagementTracking',
    message: ({ eventTypes }) =>
      `is created-sets, but eventTypes is ${formatValue(eventTypes)}, which leaves no type for existingConfigurationSets: add another type, or use all-sets`,
    holds: ({ engagementTracking, existingConfigurationSets, eventTypes }) =>
      implies(
        and(
          equals(engagementTracking, 'created-sets'),
          isSet(eventTypes),
          not(isEmpty(existingConfigurationSets)),
        ),
        not(isEmpty(without(valueOr<readonly string[]>(eventTypes, []), trackedEventTypes))),
      ),
  },
  {
    setting: 'engagementTracking',
    message: ({ engagementTracking, feedbackEventTypes }) =>
      `is ${formatValue(engagementTracking)}, but feedbackEventTypes contains ${formatValue(tracked(feedbackEventTypes))}, which changes mail of all sets: remove one of them`,
    holds: ({
      engagementTracking,
      existingConfigurationSets,
      publishFeedback,
      publishToEventBridge,
      feedbackEventTypes,
    }) =>
      implies(
        and(or(publishFeedback, publishToEventBridge), not(isEmpty(tracked(feedbackEventTypes)))),
        not(
          or(
            equals(engagementTracking, 'off'),
            and(equals(engagementTracking, 'created-sets'), not(isEmpty(existingConfigurationSets))),
          ),
        ),
      ),
  },
  {
    setting: 'engagementTracking',
    message:
      'is off, but vdmEngagementMetrics is ENABLED, which tracks opens and clicks too: remove one of them, or set vdmEngagementMetrics to DISABLED',
    holds: ({ engagementTracking, vdmEngagementMetrics }) =>
      implies(equals(engagementTracking, 'off'), not(equals(vdmEngagementMetrics, 'ENABLED'))),
  },
];

const rules: readonly Rule<Config>[] = [
  distinct('configurationSets'),
  distinct('existingConfigurationSets'),
  distinct('eventTypes'),
  distinct('feedbackEventTypes'),
  distinct('suppressedReasons'),
  {
    setting: 'eventDestinationName',
    message: ({ eventDestinationName }) =>
      `is ${formatValue(eventDestinationName)}, which is the name of the feedback destination (publishFeedback): use another name`,
    holds: ({ name, eventDestinationName, publishFeedback }) =>
      implies(publishFeedback, not(equals(valueOr(eventDestinationName, name), `${name}-feedback`))),
  },
  {
    setting: 'eventDestinationName',
    message: ({ eventDestinationName }) =>
      `is ${formatValue(eventDestinationName)}, which is the name of the destination EventBridge (publishToEventBridge): use another name`,
    holds: ({ name, eventDestinationName, publishToEventBridge }) =>
      implies(publishToEventBridge, not(equals(valueOr(eventDestinationName, name), `${name}-eventbridge`))),
  },
  {
    setting: 'configurationSets',
    message:
      'is empty, and so is existingConfigurationSets: list at least one configuration set, or omit configurationSets',
    holds: ({ name, configurationSets, existingConfigurationSets }) =>
      or(
        not(isEmpty(createdSetNames({ name, configurationSets, existingConfigurationSets }))),
        not(isEmpty(existingConfigurationSets)),
      ),
  },
  {
    setting: 'configurationSets',
    message: ({ name, configurationSets, existingConfigurationSets }) =>
      `contains ${formatValue(common(createdSetNames({ name, configurationSets, existingConfigurationSets }), existingConfigurationSets))}, which existingConfigurationSets also contains: list each set in one of them`,
    holds: ({ name, configurationSets, existingConfigurationSets }) =>
      areDisjoint(
        createdSetNames({ name, configurationSets, existingConfigurationSets }),
        existingConfigurationSets,
      ),
  },
  {
    setting: 'suppressedReasons',
    message: 'has no effect: set overrideSuppression to true, or remove suppressedReasons',
    // The default contains both reasons.
    holds: ({ overrideSuppression, suppressedReasons }) =>
      or(overrideSuppression, exceeds(lengthOf(suppressedReasons), 1)),
  },
  ...trackingRules,
  noEffectUnless('trackingHttpsPolicy', ({ trackingDomain }) => isSet(trackingDomain), 'set trackingDomain'),
  requiredIf(
    'feedbackTopicArn',
    ({ publishFeedback }) => publishFeedback,
    'if publishFeedback is true: set it to the ARN of an SNS topic',
  ),
  noEffectUnless('feedbackTopicArn', ({ publishFeedback }) => publishFeedback, 'set publishFeedback to true'),
];

const configurationSetSettings = { title: 'Configuration sets', fields, rules };

export { configurationSetSettings, createdSetNames };
