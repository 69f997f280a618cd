import { sesEventTypes } from '../../modules/configuration-set/configuration-set-settings';
import type { StreamProps } from '../../modules/settings/stream-props.generated';

const account = '123456789012';
const key = `arn:aws:kms:eu-west-1:${account}:key/0f1e2d3c-0000-4000-8000-000000000000`;

/** The types that do not change mail: the others cause a warning for existing sets, and test runs must not warn. */
const untracked = sesEventTypes.filter((kind) => kind !== 'OPEN' && kind !== 'CLICK');

/** Configurations from the default to one with every feature; each is synthesized, validated and planned. */
const configurations: Readonly<Record<string, StreamProps>> = {
  minimal: {},
  'external-id': {
    name: 'legacy-events',
    trustMode: 'external-id',
    configurationSets: ['receipts', 'newsletter'],
    eventTypes: ['BOUNCE', 'COMPLAINT', 'DELIVERY', 'RENDERING_FAILURE'],
    tlsPolicy: 'OPTIONAL',
    suppressedReasons: [],
    compressionFormat: 'UNCOMPRESSED',
  },
  'customer-key': {
    name: 'keyed-events',
    overrideSuppression: false,
    vdmEngagementMetrics: 'ENABLED',
    encryption: 'new-key',
    kmsKeyDeletionDays: 7,
    objectQueue: true,
    expirationDays: 400,
  },
  'existing-parts': {
    name: 'joined-events',
    existingConfigurationSets: ['marketing'],
    eventTypes: untracked,
    createSesRole: false,
    sesRoleArn: `arn:aws:iam::${account}:role/PinpointEventStreamRole`,
    createDeliveryRole: false,
    deliveryRoleArn: `arn:aws:iam::${account}:role/delivery`,
    createBucket: false,
    bucketName: 'example-existing-archive',
    encryption: 'existing-key',
    kmsKeyArn: key,
    catalog: true,
    catalogFrom: '2026-03-01',
  },
  'existing-stream': {
    name: 'attached-events',
    configurationSets: [],
    existingConfigurationSets: ['marketing', 'receipts'],
    eventTypes: untracked,
    createStream: false,
    streamName: 'email-stream',
    createBucket: false,
    alarms: true,
    alarmActions: [`arn:aws:sns:eu-west-1:${account}:alarms`],
  },
  everything: {
    name: 'all-events',
    permissionsBoundaryArn: `arn:aws:iam::${account}:policy/boundary`,
    tags: { CostCenter: '4711', team: 'email' },
    configurationSets: ['receipts', 'newsletter'],
    existingConfigurationSets: ['marketing'],
    eventTypes: untracked,
    sendingPoolName: 'bulk',
    maxDeliverySeconds: 3600,
    trackingDomain: 'click.example.com',
    trackingHttpsPolicy: 'REQUIRE_OPEN_ONLY',
    vdmEngagementMetrics: 'DISABLED',
    vdmOptimizedSharedDelivery: 'ENABLED',
    publishFeedback: true,
    feedbackTopicArn: `arn:aws:sns:eu-west-1:${account}:feedback`,
    bufferingInterval: 60,
    bufferingSize: 128,
    appendDelimiter: true,
    processRecords: true,
    processorFunctionArn: `arn:aws:lambda:eu-west-1:${account}:function:transform:live`,
    parquetConversion: true,
    parquetDatabase: 'email_events',
    parquetTable: 'events',
    bucketName: 'example-all-events',
    forceDestroy: true,
    transitionStorageClass: 'GLACIER_IR',
    expirationDays: 400,
    logAccess: true,
    accessLogBucket: 'example-access-logs',
    encryption: 'new-key',
    objectQueue: true,
    catalog: true,
    catalogDatabase: 'all_mail',
    catalogFrom: '2026-03-01',
    catalogScanLimit: 1_000_000_000,
    catalogResultDays: 2,
    catalogParquet: true,
    alarms: true,
    alarmActions: [`arn:aws:sns:eu-west-1:${account}:alarms`],
  },
};

export { account, configurations, key };
