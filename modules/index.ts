/**
 * CDKTF constructs that stream email events from Amazon SES to S3.
 *
 * @module ses-event-archive/modules
 */
export { ArchiveBucket, type ArchiveBucketProps } from './archive-bucket';
export { ConfigurationError, type ConfigurationIssue } from './config/configuration-error';
export { ConfigurationSet, type ConfigurationSetProps } from './configuration-set';
export { DeliveryRole, type DeliveryRoleProps } from './delivery-role';
export { DeliveryStream, type DeliveryStreamProps } from './delivery-stream';
export {
  EmailEventStream,
  type EmailEventStreamOutput,
  type EmailEventStreamProps,
} from './email-event-stream';
export { EncryptionKey, type EncryptionKeyProps } from './encryption-key';
export { EventCatalog, type EventCatalogProps } from './event-catalog';
export { ObjectQueue, type ObjectQueueProps } from './object-queue';
export { PolicyEvaluationError } from './policies/evaluation-error';
export {
  type PolicyDocument,
  type PolicyStatement,
  sesPermissionsPolicy,
  sesTrustPolicy,
} from './policy-documents';
export { type Evaluation, evaluate, isAllowed, type PolicyRequest } from './policy-evaluator';
export { SesStreamRole, type SesStreamRoleProps } from './ses-stream-role';
export { StreamAlarms, type StreamAlarmsProps } from './stream-alarms';
export { type StreamConfig, streamConfigSchema } from './stream-config';
export type { Condition } from './terraform/condition';
export { type Count, OptionalResource } from './terraform/optional-resource';
export { providerVersions } from './terraform/provider-versions';
