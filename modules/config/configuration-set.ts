import { z } from 'zod';
import { field } from './field';

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

/** Settings of the configuration sets and their event destinations. */
const configurationSetFields = {
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
        'Kinds of event to record. Without RENDERING_FAILURE a template that does not fit its data fails in silence: ' +
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
    source: 'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeliveryOptions.html',
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

export { configurationSetFields, sesEventTypes };
