import { z } from 'zod';
import { areDisjoint, common, equals, implies, isEmpty, isSet, not, or, valueOr } from '../cdktf/condition';
import type { Configured } from '../settings/configure';
import { field } from '../settings/field';
import { distinct, idleUnless, needs, type Rule, shown } from '../settings/rule';
import type { namingSettings } from '../settings/shared-settings';

/** The kinds of email event, as the SES API v2 spells them. */
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

const setName = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const setNames = 'names of 1 to 64 letters, digits, hyphens and underscores';
const setNameSource =
  'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateConfigurationSet.html';

const deliveryOptionsPage = 'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeliveryOptions.html';

/** Settings of the configuration sets and their event destinations. */
const fields = {
  configurationSets: field(z.array(setName).optional(), {
    description:
      'Configuration sets to create. Mail is recorded when it is sent with one of the sets. The names must be known when Terraform plans.',
    allowed: setNames,
    source: setNameSource,
    leftOut: 'one, called like `name`, beside existing ones too',
  }),
  existingConfigurationSets: field(z.array(setName).default([]), {
    description:
      'Configuration sets that exist: they only get the event destination. The names must be known when Terraform plans.',
    allowed: setNames,
    source: setNameSource,
  }),
  eventDestinationName: field(setName.optional(), {
    description: 'The name of the event destination in each set. Another name makes another destination.',
    allowed: '1 to 64 letters, digits, hyphens and underscores',
    source:
      'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateConfigurationSetEventDestination.html',
    leftOut: '`name`',
  }),
  eventTypes: field(
    z
      .array(z.enum(sesEventTypes))
      .min(1)
      .default([...sesEventTypes]),
    {
      description:
        'Kinds of event to record. OPEN and CLICK change the mail itself: SES adds a pixel to HTML mail and rewrites every link in it. ' +
        'Leave both out unless the recipients have agreed, and for mail with links that grant access. ' +
        'Without RENDERING_FAILURE a template that does not fit its data fails in silence: ' +
        'SES accepts the message, sends nothing and tells nobody.',
      source: 'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_EventDestinationDefinition.html',
    },
  ),
  reputationMetrics: field(z.boolean().default(true), {
    description: 'Publish bounce and complaint rates of the created sets to CloudWatch.',
  }),
  tlsPolicy: field(z.enum(['REQUIRE', 'OPTIONAL']).default('REQUIRE'), {
    description:
      'Whether mail of the created sets is delivered over TLS only. With OPTIONAL a receiving server without TLS gets it in clear text.',
    source: deliveryOptionsPage,
  }),
  sendingPoolName: field(setName.optional(), {
    description: 'Dedicated IP pool that sends the mail of the created sets.',
    allowed: 'the name of an IP pool: 1 to 64 letters, digits, hyphens and underscores',
    source: 'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateDedicatedIpPool.html',
    leftOut: 'the shared IP addresses of SES, or the pool of the account',
  }),
  maxDeliverySeconds: field(z.number().int().min(300).max(50_400).optional(), {
    description: 'How long SES tries to deliver mail of the created sets before it gives up.',
    unit: 'seconds',
    source: deliveryOptionsPage,
    leftOut: 'as long as SES chooses',
  }),
  trackingDomain: field(
    z
      .string()
      .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/)
      .optional(),
    {
      description:
        'Your own domain in the links and the pixel with which SES tracks clicks and opens in mail of the created sets. ' +
        'SES must have verified it, and its DNS must lead to the tracking server of the region.',
      allowed: 'a domain name in lower-case letters, such as click.example.com',
      source: 'https://docs.aws.amazon.com/ses/latest/dg/configure-custom-open-click-domains.html',
      leftOut: 'the domain awstrack.me of AWS',
    },
  ),
  trackingHttpsPolicy: field(z.enum(['REQUIRE', 'REQUIRE_OPEN_ONLY', 'OPTIONAL']).optional(), {
    description:
      'HTTPS of the links and the pixel at `trackingDomain`: REQUIRE for both, REQUIRE_OPEN_ONLY for the pixel. ' +
      'HTTPS requires a server with a certificate for the domain, such as CloudFront: without one, tracked links fail.',
    source: 'https://docs.aws.amazon.com/ses/latest/dg/configure-custom-open-click-domains.html',
    leftOut: 'as OPTIONAL: a link keeps its protocol, and the pixel has HTTP',
  }),
  vdmEngagementMetrics: field(z.enum(['ENABLED', 'DISABLED']).optional(), {
    description:
      'Engagement metrics of Virtual Deliverability Manager for the created sets. ENABLED tracks opens and clicks, as OPEN and CLICK in `eventTypes` do.',
    source: 'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DashboardOptions.html',
    leftOut: 'as in the account',
  }),
  vdmOptimizedSharedDelivery: field(z.enum(['ENABLED', 'DISABLED']).optional(), {
    description:
      'Optimized shared delivery of Virtual Deliverability Manager for the created sets: SES chooses the IP addresses.',
    source: 'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GuardianOptions.html',
    leftOut: 'as in the account',
  }),
  overrideSuppression: field(z.boolean().default(true), {
    description:
      "Let `suppressedReasons` replace the account's own suppression settings in the created sets. Off, those of the account apply.",
    source: 'https://docs.aws.amazon.com/ses/latest/dg/sending-email-suppression-list-config-level.html',
  }),
  suppressedReasons: field(z.array(z.enum(['BOUNCE', 'COMPLAINT'])).default(['BOUNCE', 'COMPLAINT']), {
    description:
      "What puts a recipient of the created sets on the account's suppression list. With an empty list a new set suppresses nothing; in a set that is there already the provider changes nothing then.",
    source: 'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SuppressionOptions.html',
  }),
  publishFeedback: field(z.boolean().default(false), {
    description: 'Publish the `feedbackEventTypes` to the SNS topic `feedbackTopicArn` too.',
  }),
  feedbackTopicArn: field(
    z
      .string()
      .regex(/^arn:[a-z0-9-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$/)
      .optional(),
    {
      source: 'https://docs.aws.amazon.com/ses/latest/dg/event-publishing-add-event-destination-sns.html',
      description:
        'SNS topic for feedback, in the same region. Its policy must let ses.amazonaws.com publish. ' +
        'An encrypted topic requires a customer-managed key whose policy lets ses.amazonaws.com use kms:Decrypt and kms:GenerateDataKey*, which alias/aws/sns does not. ' +
        'FIFO topics are not supported by SES.',
      allowed: 'the ARN of an SNS standard topic',
      leftOut: 'none',
    },
  ),
  feedbackEventTypes: field(z.array(z.enum(sesEventTypes)).min(1).default(['BOUNCE', 'COMPLAINT']), {
    source: 'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_EventDestinationDefinition.html',
    description: 'Kinds of event to publish to the topic.',
  }),
};

type Config = Configured<typeof fields & Pick<typeof namingSettings.fields, 'name'>>;

const rules: readonly Rule<Config>[] = [
  distinct('configurationSets'),
  distinct('existingConfigurationSets'),
  distinct('eventTypes'),
  distinct('feedbackEventTypes'),
  distinct('suppressedReasons'),
  {
    setting: 'eventDestinationName',
    message: ({ eventDestinationName }) =>
      `is ${shown(eventDestinationName)}, the name of the destination that publishFeedback makes: choose another`,
    holds: ({ name, eventDestinationName, publishFeedback }) =>
      implies(publishFeedback, not(equals(valueOr(eventDestinationName, name), `${name}-feedback`))),
  },
  {
    setting: 'configurationSets',
    message: 'is empty and there is no existing one: name a configuration set, or leave it out',
    holds: ({ name, configurationSets, existingConfigurationSets }) =>
      or(
        not(isEmpty(valueOr<readonly string[]>(configurationSets, [name]))),
        not(isEmpty(existingConfigurationSets)),
      ),
  },
  {
    setting: 'configurationSets',
    message: ({ name, configurationSets, existingConfigurationSets }) =>
      `names ${shown(common(valueOr<readonly string[]>(configurationSets, [name]), existingConfigurationSets))}, which existingConfigurationSets names too: a set is created or exists`,
    holds: ({ name, configurationSets, existingConfigurationSets }) =>
      areDisjoint(valueOr<readonly string[]>(configurationSets, [name]), existingConfigurationSets),
  },
  idleUnless('trackingHttpsPolicy', ({ trackingDomain }) => isSet(trackingDomain), 'name a trackingDomain'),
  needs('feedbackTopicArn', ({ publishFeedback }) => publishFeedback, 'publishFeedback needs a topic'),
  idleUnless('feedbackTopicArn', ({ publishFeedback }) => publishFeedback, 'set publishFeedback to true'),
];

const configurationSetSettings = { title: 'Configuration sets', fields, rules };

export { configurationSetSettings, sesEventTypes };
