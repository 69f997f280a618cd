import type { EventKind } from '../../consumer/events';
import type { FixtureKind } from '../fixtures/load';

/** The fixture folders of event publishing: folder, `eventType`, name of the block. */
const eventFolders = [
  ['send', 'Send', 'send'],
  ['delivery', 'Delivery', 'delivery'],
  ['reject', 'Reject', 'reject'],
  ['rendering-failure', 'Rendering Failure', 'failure'],
  ['bounce', 'Bounce', 'bounce'],
  ['complaint', 'Complaint', 'complaint'],
  ['open', 'Open', 'open'],
  ['click', 'Click', 'click'],
  ['delivery-delay', 'DeliveryDelay', 'deliveryDelay'],
  ['subscription', 'Subscription', 'subscription'],
] as const satisfies readonly (readonly [FixtureKind, EventKind, string])[];

/** The fixture folders of legacy notifications: folder, `notificationType`, name of the block. */
const legacyFolders = [
  ['legacy-bounce', 'Bounce', 'bounce'],
  ['legacy-complaint', 'Complaint', 'complaint'],
  ['legacy-delivery', 'Delivery', 'delivery'],
] as const satisfies readonly (readonly [FixtureKind, EventKind, string])[];

/** The fixture folders of envelopes. Their contents are events; the envelopes are not. */
const envelopeFolders = [
  'sns-envelope',
  'sqs-envelope',
  'lambda-batch',
  'eventbridge',
  'firehose-error',
  'firehose-batch',
] as const satisfies readonly FixtureKind[];

export { envelopeFolders, eventFolders, legacyFolders };
