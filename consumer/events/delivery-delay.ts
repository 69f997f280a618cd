import { z } from 'zod';
import { MailSchema } from './mail';
import { type Exact, openEnum, timestamp } from './schema';

const DelayedRecipient = z.looseObject({
  emailAddress: z.string(),
  status: z.string().nullish(),
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
  eventType: z.literal('DeliveryDelay'),
  mail: MailSchema,
  deliveryDelay: z.looseObject({
    timestamp,
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
    reportingMTA: z.string().nullish(),
  }),
});

/** A DeliveryDelay event: see {@link DeliveryDelayEventSchema}. */
type DeliveryDelayEvent = Exact<z.infer<typeof DeliveryDelayEventSchema>>;

export { type DeliveryDelayEvent, DeliveryDelayEventSchema };
