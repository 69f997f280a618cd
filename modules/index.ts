/**
 * CDKTF constructs that stream email events from Amazon SES to S3.
 *
 * @module ses-event-archive/modules
 */
import './cdktf/peer-packages'; // before the constructs

export { ArchiveBucket, type ArchiveBucketProps } from './archive-bucket/archive-bucket';
export type { Condition } from './cdktf/condition';
export { type Count, OptionalResource } from './cdktf/optional-resource';
export { ConfigurationSet, type ConfigurationSetProps } from './configuration-set/configuration-set';
export { DeliveryRole, type DeliveryRoleProps } from './delivery-stream/delivery-role';
export { DeliveryStream, type DeliveryStreamProps } from './delivery-stream/delivery-stream';
export {
  EmailEventStream,
  type EmailEventStreamOutput,
  type EmailEventStreamProps,
  providerVersions,
} from './email-event-stream';
export { EncryptionKey, type EncryptionKeyProps } from './encryption-key/encryption-key';
export { EventCatalog, type EventCatalogProps } from './event-catalog/event-catalog';
export { ObjectQueue, type ObjectQueueProps } from './object-queue/object-queue';
export {
  type PolicyDocument,
  type PolicyStatement,
  sesPermissionsPolicy,
  sesTrustPolicy,
} from './policies/policy-documents';
export {
  type Evaluation,
  evaluate,
  isAllowed,
  PolicyEvaluationError,
  type PolicyRequest,
} from './policies/policy-evaluator';
export { SesStreamRole, type SesStreamRoleProps } from './ses-stream-role/ses-stream-role';
export { ConfigurationError, type ConfigurationIssue } from './settings/configuration-error';
export { StreamAlarms, type StreamAlarmsProps } from './stream-alarms/stream-alarms';
export { StreamDashboard, type StreamDashboardProps } from './stream-dashboard/stream-dashboard';
export { type StreamConfig, streamConfigSchema } from './stream-settings';
