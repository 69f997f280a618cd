import { z } from 'zod';
import { MailSchema } from './mail';
import { type Exact, openEnum, timestamp } from './schema';

const DelayedRecipient = z.looseObject({
  /** Address of the recipient. */
  emailAddress: z.string(),
  /** Enhanced status code of SMTP, such as `4.4.1`. */
  status: z.string().nullish(),
  /** Response of the recipient's server, or the text of its delivery status notification. */
  diagnosticCode: z.string().nullish(),
});

/**
 * Schema of a DeliveryDelay event: SES could not deliver the message yet and continues to try. It is not a
 * bounce.
 *
 * @example
 * ```json
 * {
 *   "eventType": "DeliveryDelay",
 *   "mail": { "timestamp": "2026-03-04T05:06:07.890Z", "messageId": "0100…" },
 *   "deliveryDelay": {
 *     "timestamp": "2026-03-04T06:06:07.890Z",
 *     "delayType": "TransientCommunicationFailure",
 *     "expirationTime": "2026-03-04T19:06:07.890Z",
 *     "delayedRecipients": [
 *       { "emailAddress": "ana@example.com", "status": "4.4.1",
 *         "diagnosticCode": "smtp; 421 4.4.1 Unable to connect to remote host" }
 *     ]
 *   }
 * }
 * ```
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html#event-publishing-retrieving-firehose-contents-delivery-delay-object
 */
const DeliveryDelayEventSchema = z.looseObject({
  /** The kind of the event, as AWS spells it. */
  eventType: z.literal('DeliveryDelay'),
  /** The message that the event is about. */
  mail: MailSchema,
  /** The delay: its reason, and the recipients that are still waiting. */
  deliveryDelay: z.looseObject({
    /** Time of the delay. */
    timestamp,
    /** Reason of the delay, as SES classifies it. */
    delayType: openEnum([
      'InternalFailure',
      'General',
      'MailboxFull',
      'SpamDetected',
      'RecipientServerError',
      'IPFailure',
      'TransientCommunicationFailure',
      'BYOIPHostNameLookupUnavailable',
      'Undetermined',
      'SendingDeferral',
    ]),
    /** A list, although the AWS documentation calls it an object. */
    delayedRecipients: z.array(DelayedRecipient),
    /** Time at which SES stops trying. */
    expirationTime: timestamp.nullish(),
    /** Mail server that reported the delay. */
    reportingMTA: z.string().nullish(),
  }),
});

/** A DeliveryDelay event: see {@link DeliveryDelayEventSchema}. */
type DeliveryDelayEvent = Exact<z.infer<typeof DeliveryDelayEventSchema>>;

export { type DeliveryDelayEvent, DeliveryDelayEventSchema };
