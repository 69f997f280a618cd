import { z } from 'zod';
import { BounceEventSchema } from './bounce';
import { ClickEventSchema } from './click';
import { ComplaintEventSchema } from './complaint';
import { DeliveryEventSchema } from './delivery';
import { DeliveryDelayEventSchema } from './delivery-delay';
import { OpenEventSchema } from './open';
import { RejectEventSchema } from './reject';
import { RenderingFailureEventSchema } from './rendering-failure';
import type { Exact } from './schema';
import { SendEventSchema } from './send';
import { SubscriptionEventSchema } from './subscription';
import type { UnknownEvent } from './unknown';

/**
 * The schemas of the ten kinds of email event by `eventType`, in the order of the AWS documentation.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html
 */
const eventSchemas = {
  Send: SendEventSchema,
  Delivery: DeliveryEventSchema,
  Reject: RejectEventSchema,
  'Rendering Failure': RenderingFailureEventSchema,
  Bounce: BounceEventSchema,
  Complaint: ComplaintEventSchema,
  Open: OpenEventSchema,
  Click: ClickEventSchema,
  DeliveryDelay: DeliveryDelayEventSchema,
  Subscription: SubscriptionEventSchema,
} as const;

type EventSchema = (typeof eventSchemas)[keyof typeof eventSchemas];

/** The `eventType` of a known kind, in the spelling of AWS. */
type EventKind = keyof typeof eventSchemas;

/** The ten kinds, in the spelling of AWS: `Rendering Failure` has a space. */
const eventKinds = Object.keys(eventSchemas) as readonly EventKind[]; // Object.keys forgets the key type

/**
 * The zod schema of the ten known kinds, discriminated by `eventType`. It is loose, so unknown fields remain.
 *
 * Prefer `parseEvent`: it is several times faster, returns the parsed object itself and returns newer kinds
 * as an `UnknownEvent`.
 */
const KnownEventSchema = z.discriminatedUnion(
  'eventType',
  Object.values(eventSchemas) as [EventSchema, ...EventSchema[]], // Object.values forgets that the list is not empty
);

/** An event of one of the ten kinds. */
type KnownEvent = Exact<z.infer<EventSchema>>;

/**
 * Any email event: one of the ten kinds, or an `UnknownEvent` for a kind that AWS has added since.
 *
 * @example
 * ```ts
 * switch (event.eventType) {
 *   case 'Bounce':
 *     return event.bounce.bouncedRecipients;
 *   case 'Unknown':
 *     return event.record;
 * }
 * ```
 */
type EmailEvent = KnownEvent | UnknownEvent;

/**
 * The events of some kinds.
 *
 * @example
 * ```ts
 * function onFailure(event: EventOf<'Bounce' | 'Reject'>) {}
 * ```
 */
type EventOf<Kind extends EventKind> = Extract<KnownEvent, { eventType: Kind }>;

export {
  type EmailEvent,
  type EventKind,
  type EventOf,
  eventKinds,
  eventSchemas,
  type KnownEvent,
  KnownEventSchema,
};
