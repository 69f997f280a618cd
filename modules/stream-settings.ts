import { z } from 'zod';
import { archiveBucketFields } from './archive-bucket/archive-bucket-settings';
import { configurationSetFields } from './configuration-set/configuration-set-settings';
import { deliveryStreamFields } from './delivery-stream/delivery-stream-settings';
import { encryptionKeyFields } from './encryption-key/encryption-key-settings';
import { eventCatalogFields } from './event-catalog/event-catalog-settings';
import { objectQueueFields } from './object-queue/object-queue-settings';
import { sesStreamRoleFields } from './ses-stream-role/ses-stream-role-settings';
import { describeField } from './settings/describe-field';
import type { Field } from './settings/field';
import { namingFields } from './settings/shared-settings';
import { streamAlarmsFields } from './stream-alarms/stream-alarms-settings';

/** Every setting, in the order in which documentation lists them. */
const streamFields = {
  ...namingFields,
  ...configurationSetFields,
  ...sesStreamRoleFields,
  ...deliveryStreamFields,
  ...archiveBucketFields,
  ...encryptionKeyFields,
  ...objectQueueFields,
  ...eventCatalogFields,
  ...streamAlarmsFields,
};

/** The settings by what they are about. */
const streamFieldGroups: Readonly<Record<string, Readonly<Record<string, z.ZodType>>>> = {
  'Names and place': namingFields,
  'Configuration sets': configurationSetFields,
  'Role for SES': sesStreamRoleFields,
  'Firehose stream': deliveryStreamFields,
  Bucket: archiveBucketFields,
  Encryption: encryptionKeyFields,
  'Queue of new objects': objectQueueFields,
  'Catalogue for Athena': eventCatalogFields,
  Alarms: streamAlarmsFields,
};

/**
 * All configuration of an email event stream: the one source of the constructs' props, of what cdktf context and
 * environment may say, of the Terraform variables and of docs/configuration.md.
 *
 * @example streamConfigSchema.parse({ name: 'shop-events', expirationDays: 400 })
 */
const streamConfigSchema = z.strictObject(streamFields);

/** The configuration of an email event stream, as it is written. */
type StreamConfig = z.input<typeof streamConfigSchema>;

/** The settings as everything that is made from them sees them. */
function describeFields(fields: Readonly<Record<string, z.ZodType>> = streamFields): Field[] {
  return Object.entries(fields).map(([name, schema]) => describeField(name, schema));
}

export { describeFields, type StreamConfig, streamConfigSchema, streamFieldGroups, streamFields };
