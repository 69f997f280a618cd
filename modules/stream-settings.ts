import { Token } from 'cdktf';
import { z } from 'zod';
import { archiveBucketSettings } from './archive-bucket/archive-bucket-settings';
import { configurationSetSettings } from './configuration-set/configuration-set-settings';
import { deliveryStreamSettings } from './delivery-stream/delivery-stream-settings';
import { encryptionKeySettings } from './encryption-key/encryption-key-settings';
import { archiveTableSettings } from './event-catalog/archive-table-settings';
import { eventCatalogSettings } from './event-catalog/event-catalog-settings';
import { objectQueueSettings } from './object-queue/object-queue-settings';
import { sesStreamRoleSettings } from './ses-stream-role/ses-stream-role-settings';
import type { ConfigurationIssue } from './settings/configuration-error';
import { type Configured, checkSettings, combine } from './settings/configure';
import { describeField, type Field } from './settings/field';
import type { Rule } from './settings/rule';
import { namingSettings } from './settings/shared-settings';
import type { StreamProps } from './settings/stream-props.generated';
import { streamAlarmsSettings } from './stream-alarms/stream-alarms-settings';

/** Every setting and rule by topic, in the order of documentation and errors. */
const settingGroups = [
  namingSettings,
  configurationSetSettings,
  sesStreamRoleSettings,
  deliveryStreamSettings,
  archiveBucketSettings,
  encryptionKeySettings,
  objectQueueSettings,
  eventCatalogSettings,
  archiveTableSettings,
  streamAlarmsSettings,
] as const;

/**
 * All settings of an email event stream. Their rules become validations of Terraform variables, which must
 * not refer to each other in a cycle. Therefore the rule of two settings belongs to the one that no rule of
 * the other reads.
 */
const streamSettings = {
  ...combine(...settingGroups),
  rules: settingGroups.flatMap<Rule<StreamSettings>>(({ rules }) => rules),
};

/** The settings of a stream with their defaults applied. */
type StreamSettings = Configured<ReturnType<typeof combine<typeof settingGroups>>['fields']>;

/**
 * All configuration of an email event stream: the single source of the constructs' props, the allowed cdktf
 * context and environment variables, the Terraform variables and docs/configuration.md.
 *
 * @example streamConfigSchema.parse({ name: 'shop-events', expirationDays: 400 })
 */
const streamConfigSchema = z.strictObject(streamSettings.fields);

/** The configuration of an email event stream, without defaults. */
type StreamConfig = z.input<typeof streamConfigSchema>;

/** Describes the settings for checks, props, variables and documentation. */
function describeFields(fields: Readonly<Record<string, z.ZodType>> = streamSettings.fields): Field[] {
  return Object.entries(fields).map(([name, schema]) => describeField(name, schema));
}

/** Returns all mistakes in the settings of a stream that are known before the plan. */
function checkStream(values: object): ConfigurationIssue[] {
  return checkSettings(streamSettings, values);
}

/** The settings that contain an ARN of the stream's region. */
const regional = ['kmsKeyArn', 'feedbackTopicArn', 'processorFunctionArn', 'alarmActions'] as const;

/**
 * Finds ARNs of another region than the stream's, as far as both are known, because AWS would reject them
 * only during the apply.
 * @example arnRegionIssues({ kmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/a' }, 'eu-west-1')
 */
function arnRegionIssues(props: StreamProps, region: string): ConfigurationIssue[] {
  if (Token.isUnresolved(region)) return [];
  return regional.flatMap((setting) =>
    [props[setting] ?? []]
      .flat()
      .filter((arn) => !Token.isUnresolved(arn) && ![region, ''].includes(arn.split(':')[3] ?? ''))
      .map((arn) => ({
        setting,
        message: `"${arn}" is in ${arn.split(':')[3]}, but the stream is in ${region}: use a resource in ${region}`,
      })),
  );
}

export {
  arnRegionIssues,
  checkStream,
  describeFields,
  type StreamConfig,
  type StreamSettings,
  settingGroups,
  streamConfigSchema,
  streamSettings,
};
