import { z } from 'zod';
import { MailSchema } from './mail';
import { type Exact, openEnum, timestamp } from './schema';

const TopicStatus = z.looseObject({
  /** Name of the topic in the contact list. */
  topicName: z.string().nullish(),
  /** Records write `OptIn`; the API writes `OPT_IN`. */
  subscriptionStatus: openEnum(['OptIn', 'OptOut']).nullish(),
});

const TopicPreferences = z.looseObject({
  /** Whether the contact unsubscribed from all topics. */
  unsubscribeAll: z.boolean().nullish(),
  /** Status of each topic that the contact chose. */
  topicSubscriptionStatus: z.array(TopicStatus).nullish(),
  /** Default status of each topic. */
  topicDefaultSubscriptionStatus: z.array(TopicStatus).nullish(),
});

/**
 * Schema of a Subscription event: a recipient changed their subscriptions, with the List-Unsubscribe header
 * or on the page of SES.
 *
 * Only for messages that were sent with `ListManagementOptions`.
 *
 * @example
 * ```json
 * {
 *   "eventType": "Subscription",
 *   "mail": { "timestamp": "2026-03-04T05:06:07.890Z", "messageId": "0100…" },
 *   "subscription": {
 *     "contactList": "customers",
 *     "timestamp": "2026-03-05T10:00:00.000Z",
 *     "source": "UnsubscribeHeader",
 *     "newTopicPreferences": {
 *       "unsubscribeAll": true,
 *       "topicSubscriptionStatus": [{ "topicName": "news", "subscriptionStatus": "OptOut" }]
 *     },
 *     "oldTopicPreferences": {
 *       "unsubscribeAll": false,
 *       "topicSubscriptionStatus": [{ "topicName": "news", "subscriptionStatus": "OptIn" }]
 *     }
 *   }
 * }
 * ```
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html#event-publishing-retrieving-firehose-contents-subscription-object
 */
const SubscriptionEventSchema = z.looseObject({
  /** The kind of the event, as AWS spells it. */
  eventType: z.literal('Subscription'),
  /** The message that the event is about. */
  mail: MailSchema,
  /** The change of a contact's subscriptions. */
  subscription: z.looseObject({
    /** Name of the contact list. */
    contactList: z.string(),
    /** Time of the change. */
    timestamp,
    /** Place at which the contact made the change. */
    source: openEnum(['UnsubscribeHeader', 'ListManagement', 'UnsubscribePage']).nullish(),
    /** Preferences after the change. */
    newTopicPreferences: TopicPreferences.nullish(),
    /** Preferences before the change. */
    oldTopicPreferences: TopicPreferences.nullish(),
  }),
});

/** A Subscription event: see {@link SubscriptionEventSchema}. */
type SubscriptionEvent = Exact<z.infer<typeof SubscriptionEventSchema>>;

export { type SubscriptionEvent, SubscriptionEventSchema };
