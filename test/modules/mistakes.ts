import type { FieldForm } from '../../modules/settings/field';
import { describeFields } from '../../modules/stream-settings';

/** A configuration, the setting with the mistake, and the message. */
type Mistake = [configuration: Record<string, unknown>, setting: string, message: string];

const bucketKey = 'arn:aws:kms:eu-west-1:999999999999:key/0f1e2d3c';
const topic = 'arn:aws:sns:eu-west-1:123456789012:feedback';

/** Settings of which an archive in the catalog needs each. */
const withArchive = { catalog: true, catalogFrom: '2026-03-01', archiveTable: true };

/** Configurations with one mistake each, the setting with the mistake, and the message. */
const mistakes: Mistake[] = [
  [{ name: 'Shop' }, 'name', '"Shop" is not valid: expected 2 to 32 lowercase letters'],
  [{ name: 'a'.repeat(33) }, 'name', 'expected 2 to 32 lowercase letters'],
  [{ configurationSets: ['a b'] }, 'configurationSets', '"a b" is not valid: expected a list of names'],
  [{ configurationSets: [] }, 'configurationSets', 'is empty, and so is existingConfigurationSets'],
  [{ eventTypes: [] }, 'eventTypes', '[] is not valid: expected a list of one or more of SEND,'],
  [{ eventTypes: ['BOUNCED'] }, 'eventTypes', '"BOUNCED" is not valid'],
  [{ tlsPolicy: 'require' }, 'tlsPolicy', '"require" is not valid: expected one of REQUIRE, OPTIONAL'],
  [
    { configurationSets: ['a', 'b'], existingConfigurationSets: ['b'] },
    'configurationSets',
    'contains ["b"], which existingConfigurationSets also contains',
  ],
  [
    { sendingPoolName: 'a pool' },
    'sendingPoolName',
    '"a pool" is not valid: expected the name of an IP pool',
  ],
  [
    { maxDeliverySeconds: 299 },
    'maxDeliverySeconds',
    '299 is not valid: expected a whole number from 300 to 50400 seconds',
  ],
  [
    { trackingDomain: 'https://click.example.com' },
    'trackingDomain',
    '"https://click.example.com" is not valid: expected a domain name',
  ],
  [{ trackingDomain: 'localhost' }, 'trackingDomain', '"localhost" is not valid'],
  [
    { engagementTracking: 'on' },
    'engagementTracking',
    '"on" is not valid: expected one of off, created-sets,',
  ],
  [
    { engagementTracking: 'off', eventTypes: ['SEND', 'OPEN'] },
    'engagementTracking',
    'is off, but eventTypes contains ["OPEN"]: remove one of them',
  ],
  ...(['created-sets', 'all-sets'] as const).map(
    (engagementTracking): Mistake => [
      { engagementTracking, eventTypes: ['SEND'] },
      'engagementTracking',
      `is "${engagementTracking}", but eventTypes is ["SEND"]: add OPEN, CLICK or both`,
    ],
  ),
  [
    { engagementTracking: 'created-sets', configurationSets: [], existingConfigurationSets: ['news'] },
    'engagementTracking',
    'has no effect: it is created-sets, and no set is created',
  ],
  [
    {
      engagementTracking: 'created-sets',
      eventTypes: ['CLICK'],
      configurationSets: ['shop'],
      existingConfigurationSets: ['news'],
    },
    'engagementTracking',
    'is created-sets, but eventTypes is ["CLICK"], which leaves no type for existingConfigurationSets',
  ],
  ...(
    [
      ['off', {}],
      ['created-sets', { configurationSets: ['shop'], existingConfigurationSets: ['news'] }],
    ] as const
  ).map(
    ([engagementTracking, more]): Mistake => [
      {
        engagementTracking,
        publishFeedback: true,
        feedbackTopicArn: topic,
        feedbackEventTypes: ['OPEN', 'BOUNCE'],
        ...more,
      },
      'engagementTracking',
      `is "${engagementTracking}", but feedbackEventTypes contains ["OPEN"], which changes mail of all sets`,
    ],
  ),
  [
    { engagementTracking: 'off', vdmEngagementMetrics: 'ENABLED' },
    'engagementTracking',
    'is off, but vdmEngagementMetrics is ENABLED',
  ],
  [{ trackingHttpsPolicy: 'REQUIRE' }, 'trackingHttpsPolicy', 'has no effect: set trackingDomain'],
  [
    { trackingDomain: 'click.example.com', trackingHttpsPolicy: 'ALWAYS' },
    'trackingHttpsPolicy',
    '"ALWAYS" is not valid: expected one of REQUIRE, REQUIRE_OPEN_ONLY, OPTIONAL',
  ],
  [{ vdmEngagementMetrics: 'ON' }, 'vdmEngagementMetrics', 'expected one of ENABLED, DISABLED'],
  [
    { publishFeedback: true },
    'feedbackTopicArn',
    'is required if publishFeedback is true: set it to the ARN of an SNS topic',
  ],
  [
    { feedbackTopicArn: 'arn:aws:sns:eu-west-1:123456789012:feedback' },
    'feedbackTopicArn',
    'has no effect: set publishFeedback to true',
  ],
  [
    { publishFeedback: true, feedbackTopicArn: 'arn:aws:sns:eu-west-1:123456789012:feedback.fifo' },
    'feedbackTopicArn',
    'expected the ARN of an SNS standard topic',
  ],
  [{ trustMode: 'both' }, 'trustMode', 'expected one of source-arn, external-id'],
  [{ createSesRole: false }, 'sesRoleArn', 'is required if createSesRole is false'],
  [
    { sesRoleArn: 'arn:aws:iam::123456789012:role/a' },
    'sesRoleArn',
    'has no effect: set createSesRole to false',
  ],
  [{ createStream: false, createBucket: false }, 'streamName', 'is required if createStream is false'],
  [{ createDeliveryRole: false }, 'deliveryRoleArn', 'is required if createDeliveryRole is false'],
  [
    { deliveryRoleArn: 'arn:aws:iam::123456789012:role/a' },
    'deliveryRoleArn',
    'has no effect: set createDeliveryRole to false',
  ],
  [
    { bufferingInterval: 901 },
    'bufferingInterval',
    '901 is not valid: expected a whole number from 0 to 900 seconds',
  ],
  [{ bufferingSize: 129 }, 'bufferingSize', '129 is not valid: expected a whole number from 1 to 128 MiB'],
  [{ bufferingSize: '64' }, 'bufferingSize', '"64" is not valid'],
  [{ compressionFormat: 'gzip' }, 'compressionFormat', 'expected one of GZIP, UNCOMPRESSED'],
  [{ dataPrefix: 'events' }, 'dataPrefix', 'each followed by a slash'],
  [{ dataPrefix: '/events/' }, 'dataPrefix', '"/events/" is not valid'],
  [{ dataPrefix: 'a/!{timestamp:yyyy}/' }, 'dataPrefix', 'is not valid: expected'],
  [
    { errorPrefix: 'events/errors/' },
    'errorPrefix',
    'is "events/errors/", which overlaps dataPrefix ("events/")',
  ],
  [{ dataPrefix: 'errors/data/' }, 'errorPrefix', 'is "errors/", which overlaps dataPrefix ("errors/data/")'],
  [{ logRetentionDays: 42 }, 'logRetentionDays', '42 is not valid: expected one of 1, 3, 5'],
  [
    { processRecords: true },
    'processorFunctionArn',
    'is required if processRecords is true: set it to the ARN of a Lambda function',
  ],
  [
    { processorFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:f' },
    'processorFunctionArn',
    'has no effect: set processRecords to true',
  ],
  [
    { parquetConversion: true, parquetTable: 'a' },
    'parquetDatabase',
    'is required if parquetConversion is true',
  ],
  [
    { parquetConversion: true, parquetDatabase: 'a' },
    'parquetTable',
    'is required if parquetConversion is true',
  ],
  [
    { parquetConversion: true, parquetDatabase: 'a', parquetTable: 'b', bufferingSize: 63 },
    'bufferingSize',
    'is 63, but parquetConversion requires at least 64 MiB',
  ],
  [
    { parquetConversion: true, parquetDatabase: 'a', parquetTable: 'b', parquetPrefix: 'events/parquet/' },
    'parquetPrefix',
    'is "events/parquet/", which overlaps dataPrefix ("events/") or errorPrefix ("errors/")',
  ],
  [
    { parquetConversion: true, parquetDatabase: 'a', parquetTable: 'b', bufferingInterval: 0 },
    'bufferingInterval',
    'is 0, but parquetConversion requires at least 1 second',
  ],
  [
    { parquetPrefix: 'errors/parquet/', dataPrefix: 'mail/' },
    'parquetPrefix',
    'is "errors/parquet/", which overlaps dataPrefix ("mail/") or errorPrefix ("errors/")',
  ],
  [{ createStream: false, streamName: 'a' }, 'createBucket', 'must be false if createStream is false'],
  ...(
    [
      [
        { processRecords: true, processorFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:f' },
        'processRecords',
      ],
      [{ appendDelimiter: true }, 'appendDelimiter'],
      [{ parquetConversion: true, parquetDatabase: 'a', parquetTable: 'b' }, 'parquetConversion'],
    ] as const
  ).map(
    ([settings, name]): Mistake => [
      { createStream: false, streamName: 'a', createBucket: false, ...settings },
      name,
      'has no effect: set createStream to true',
    ],
  ),
  [
    { createStream: false, streamName: 'a', createBucket: false, encryption: 'new-key' },
    'encryption',
    'must not be new-key if createStream is false',
  ],
  ...(
    [
      [{ forceDestroy: true }, 'forceDestroy'],
      [{ logAccess: true, accessLogBucket: 'logs' }, 'logAccess'],
      [{ expirationDays: 400 }, 'expirationDays'],
    ] as const
  ).map(
    ([settings, name]): Mistake => [
      { createBucket: false, bucketName: 'archive', ...settings },
      name,
      'has no effect: set createBucket to true',
    ],
  ),
  [
    { alarmActions: ['arn:aws:sns:eu-west-1:123456789012:a'] },
    'alarmActions',
    'has no effect: set alarms to true',
  ],
  [{ createBucket: false }, 'bucketName', 'is required if createBucket is false'],
  [{ bucketAccountId: '123456789012' }, 'bucketAccountId', 'has no effect: set createBucket to false'],
  ...([{}, { createStream: false, streamName: 'a', createBucket: false }] as const).map(
    (settings): Mistake => [
      { ...settings, bucketEncryption: 'existing-key', bucketKmsKeyArn: bucketKey },
      'bucketEncryption',
      'must be as-stream, unless createStream is true and createBucket is false',
    ],
  ),
  [
    { createBucket: false, bucketName: 'archive', bucketEncryption: 'existing-key' },
    'bucketKmsKeyArn',
    'is required if bucketEncryption is existing-key',
  ],
  [
    { createBucket: false, bucketName: 'archive', bucketKmsKeyArn: bucketKey },
    'bucketKmsKeyArn',
    'has no effect: set bucketEncryption to existing-key',
  ],
  [
    {
      ...{ createBucket: false, bucketName: 'archive' },
      ...{ bucketEncryption: 'existing-key', bucketKmsKeyArn: 'alias/archive' },
    },
    'bucketKmsKeyArn',
    '"alias/archive" is not valid: expected the ARN of a KMS key (not of an alias)',
  ],
  [{ bucketName: 'Archive' }, 'bucketName', 'expected 3 to 63 lowercase letters'],
  [{ transitionDays: 29 }, 'transitionDays', 'is 29, but STANDARD_IA requires at least 30'],
  [{ expirationDays: 60 }, 'expirationDays', 'is 60, but must be greater than transitionDays (90)'],
  [
    { transitionDays: 400, expirationDays: 399 },
    'expirationDays',
    'is 399, but must be greater than transitionDays (400)',
  ],
  [
    { expirationDays: 400, errorExpirationDays: 401 },
    'errorExpirationDays',
    'is 401 (default: 30), but must not exceed expirationDays (400)',
  ],
  [
    { expirationDays: 20, transitionStorageClass: 'STANDARD' },
    'errorExpirationDays',
    'is 30 (default: 30), but must not exceed expirationDays (20)',
  ],
  [
    { logAccess: true },
    'accessLogBucket',
    'is required if logAccess is true: set it to the name of the bucket',
  ],
  [{ accessLogBucket: 'logs' }, 'accessLogBucket', 'has no effect: set logAccess to true'],
  [
    { logAccess: true, accessLogBucket: 'archive', bucketName: 'archive' },
    'accessLogBucket',
    'is "archive", which is the archive bucket',
  ],
  [
    { overrideSuppression: false, suppressedReasons: ['BOUNCE'] },
    'suppressedReasons',
    'has no effect: set overrideSuppression to true, or remove suppressedReasons',
  ],
  [{ encryption: 'existing-key' }, 'kmsKeyArn', 'is required if encryption is existing-key'],
  [
    { kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/a' },
    'kmsKeyArn',
    'has no effect: set encryption to existing-key',
  ],
  [
    { encryption: 'existing-key', kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:alias/a' },
    'kmsKeyArn',
    'expected the ARN of a KMS key (not of an alias)',
  ],
  [{ kmsKeyDeletionDays: 5 }, 'kmsKeyDeletionDays', 'from 7 to 30 days'],
  [
    { objectQueue: true, createBucket: false, bucketName: 'archive' },
    'objectQueue',
    'requires createBucket, because it would replace the notifications of the existing bucket',
  ],
  ...(
    [
      [
        { compressionFormat: 'ZIP' },
        'catalog',
        'does not support compressionFormat "ZIP", because Athena cannot detect it',
      ],
      [{ compressionFormat: 'HADOOP_SNAPPY' }, 'catalog', 'set compressionFormat to GZIP or UNCOMPRESSED'],
      [
        { createStream: false, streamName: 'a', createBucket: false, bucketName: 'archive' },
        'catalog',
        'must be false if createStream is false, because Athena only finds objects under dt=…/hour=…',
      ],
      [
        { catalogFrom: '2026-3-1' },
        'catalogFrom',
        '"2026-3-1" is not valid: expected a date from 2000 to 2099, as yyyy-MM-dd',
      ],
      ...[
        '2026-13-01',
        'NOW-30DAYS',
        '1999-12-31',
        '2100-01-01',
        '2026-02-31',
        '2026-04-31',
        '2026-02-29',
      ].map((catalogFrom) => [{ catalogFrom }, 'catalogFrom', 'expected a date from 2000 to 2099'] as const),
      [{ catalogFrom: '2026-00-10' }, 'catalogFrom', 'as yyyy-MM-dd'],
      [{ catalogScanLimit: 10_485_759 }, 'catalogScanLimit', 'expected a whole number from 10485760 to'],
    ] as const
  ).map(
    ([settings, name, message]): Mistake => [
      { catalog: true, catalogFrom: '2026-03-01', ...settings },
      name,
      message,
    ],
  ),
  [
    { catalog: true },
    'catalogFrom',
    'is required if catalog is true: set it to the first day that has events',
  ],
  [{ catalogFrom: '2026-03-01' }, 'catalogFrom', 'has no effect: set catalog to true'],
  [{ catalogDatabase: 'mail' }, 'catalogDatabase', 'has no effect: set catalog to true'],
  [{ archiveTable: true }, 'archiveTable', 'has no effect: set catalog to true'],
  [{ archiveSchedule: '02:00' }, 'archiveSchedule', 'has no effect: set archiveTable to true'],
  [{ archiveRetentionDays: 400 }, 'archiveRetentionDays', 'has no effect: set archiveSchedule'],
  ...(['24:00', '2:00', '02:60', '02:00:00', '0 2 * * ? *', ''] as const).map(
    (archiveSchedule): Mistake => [
      { ...withArchive, archiveSchedule },
      'archiveSchedule',
      'expected a time from 00:00 to 23:59, as HH:MM',
    ],
  ),
  [{ archiveLateDays: 0 }, 'archiveLateDays', 'expected a whole number from 1 to 14 days'],
  [{ archiveLateDays: 15 }, 'archiveLateDays', 'expected a whole number from 1 to 14 days'],
  [
    { ...withArchive, archiveSchedule: '02:00', archiveRetentionDays: 14 },
    'archiveRetentionDays',
    'expected a whole number from 15 to 36500 days',
  ],
  [
    { catalogResultsPrefix: 'events/answers/' },
    'catalogResultsPrefix',
    'is "events/answers/", which overlaps dataPrefix ("events/"), errorPrefix ("errors/") or parquetPrefix ("parquet/")',
  ],
  [{ catalogResultsPrefix: 'parquet/' }, 'catalogResultsPrefix', 'because results are not events'],
  ...(
    [
      [
        'errors/',
        'is "errors/", which overlaps dataPrefix ("events/"), errorPrefix ("errors/"), parquetPrefix',
      ],
      ['events/archive/', 'use another folder'],
      ['parquet/', 'use another folder'],
      ['athena/archive/', 'parquetPrefix ("parquet/") or catalogResultsPrefix ("athena/")'],
    ] as const
  ).map(([archivePrefix, message]): Mistake => [{ ...withArchive, archivePrefix }, 'archivePrefix', message]),
  [
    { alarms: true, alarmActions: [topic], alarmFreshness: 200 },
    'alarmFreshness',
    'is 200, but must be greater than bufferingInterval (300), or',
  ],
  [
    { alarms: true, alarmActions: Array.from({ length: 6 }, (_, i) => `arn:aws:sns:eu-west-1:1:a${i}`) },
    'alarmActions',
    'has 6 ARNs, but CloudWatch allows 5 per alarm',
  ],
  [{ tags: { Team: 'a', 'aws:x': 'b' } }, 'tags', 'has a key that begins with aws: (["Team","aws:x"])'],
  [{ tags: { 'AWS:x': 'b' } }, 'tags', 'which AWS reserves'],
  [
    { name: 'shop', publishFeedback: true, feedbackTopicArn: topic, eventDestinationName: 'shop-feedback' },
    'eventDestinationName',
    'is "shop-feedback", which is the name of the feedback destination (publishFeedback)',
  ],
  ...(
    ['aa..bb', '192.168.5.4', 'xn--events', 'sthree-events', 'events-s3alias', 'events--ol-s3'] as const
  ).map(
    (bucketName): Mistake => [{ bucketName }, 'bucketName', `is "${bucketName}", which S3 does not allow`],
  ),
  [
    { logAccess: true, accessLogBucket: 'aa..bb' },
    'accessLogBucket',
    'is "aa..bb", which S3 does not allow. Reserved are two adjacent dots',
  ],
  ...(['dataPrefix', 'errorPrefix', 'parquetPrefix', 'catalogResultsPrefix', 'archivePrefix'] as const).map(
    (prefix): Mistake => [
      { [prefix]: `${'a'.repeat(512)}/` },
      prefix,
      'has 513 characters, but the maximum is 512',
    ],
  ),
  ...(
    [
      ['configurationSets', 'news', {}],
      ['existingConfigurationSets', 'news', {}],
      ['eventTypes', 'BOUNCE', {}],
      ['feedbackEventTypes', 'BOUNCE', {}],
      ['suppressedReasons', 'BOUNCE', {}],
      ['alarmActions', topic, { alarms: true }],
    ] as const
  ).map(
    ([list, item, more]): Mistake => [
      { [list]: [item, item], ...more },
      list,
      `contains a value twice: ["${item}","${item}"]`,
    ],
  ),
  [
    { alarms: true },
    'alarmActions',
    'is empty, but alarms is true: alarms without an action notify nobody. Set alarmActions to the ARN of an SNS topic, or set alarmsWithoutActions to true',
  ],
  [
    { alarms: true, alarmActions: [topic], alarmsWithoutActions: true },
    'alarmActions',
    'is not empty, but alarmsWithoutActions is true: remove one of them',
  ],
  [
    { alarms: true, alarmActions: [topic], alarmCriticalBounceRate: 0.05 },
    'alarmCriticalBounceRate',
    'is 0.05, but must be greater than alarmBounceRate (0.05)',
  ],
  [
    { alarms: true, alarmActions: [topic], alarmComplaintRate: 0.01 },
    'alarmCriticalComplaintRate',
    'is 0.005, but must be greater than alarmComplaintRate (0.01)',
  ],
  [{ objectLockMode: 'GOVERNANCE' }, 'objectLockDays', 'is required if objectLockMode is set'],
  [{ objectLockDays: 30 }, 'objectLockDays', 'has no effect: set objectLockMode'],
  [
    { objectLockMode: 'GOVERNANCE', objectLockDays: 500, expirationDays: 400 },
    'objectLockDays',
    'is 500, but must not exceed expirationDays (400)',
  ],
  [
    { objectLockMode: 'COMPLIANCE', objectLockDays: 30, forceDestroy: true },
    'forceDestroy',
    'must be false if objectLockMode is COMPLIANCE, because nobody can delete retained objects',
  ],
  [
    { objectLockMode: 'FOREVER', objectLockDays: 30 },
    'objectLockMode',
    '"FOREVER" is not valid: expected one of GOVERNANCE, COMPLIANCE',
  ],
  [
    { createBucket: false, bucketName: 'archive', objectLockMode: 'GOVERNANCE', objectLockDays: 30 },
    'objectLockMode',
    'has no effect: set createBucket to true',
  ],
  [
    { createBucket: false, bucketName: 'archive', bucketPolicyStatements: ['{}'] },
    'bucketPolicyStatements',
    'has no effect: set createBucket to true',
  ],
  [
    { bucketPolicyStatements: ['{"Effect": Allow}'] },
    'bucketPolicyStatements',
    'contains a text that is not a JSON object',
  ],
  [{ bucketPolicyStatements: ['[]'] }, 'bucketPolicyStatements', 'expected a list of IAM policy statements'],
  [{ queuePolicyStatements: ['{}'] }, 'queuePolicyStatements', 'has no effect: set objectQueue to true'],
  [
    { objectQueue: true, queuePolicyStatements: ['{"Effect"}'] },
    'queuePolicyStatements',
    'contains a text that is not a JSON object',
  ],
  [
    { createBucket: false, bucketName: 'archive', eventBridgeNotifications: true },
    'eventBridgeNotifications',
    'requires createBucket, because it would replace the notifications of the existing bucket',
  ],
  [{ rolePath: 'email' }, 'rolePath', 'expected a slash, or folder names'],
  [
    { name: 'shop', publishToEventBridge: true, eventDestinationName: 'shop-eventbridge' },
    'eventDestinationName',
    'is "shop-eventbridge", which is the name of the destination EventBridge (publishToEventBridge)',
  ],
  [{ alarmBounceRate: 5 }, 'alarmBounceRate', '5 is not valid: expected a number from 0 to 1'],
  [
    { alarms: true, alarmActions: ['pager'] },
    'alarmActions',
    '"pager" is not valid: expected a list of ARNs',
  ],
  [{ tags: { CostCenter: 4711 } }, 'tags', '"CostCenter": 4711 is not valid: expected a map of strings'],
  [{ tags: 'CostCenter' }, 'tags', '"CostCenter" is not valid: expected a map of strings'],
  [{ alarms: 'yes' }, 'alarms', '"yes" is not valid: expected true or false'],
];

/** A value that a form does not allow; undefined where every value of its type is allowed. */
function outside(form: FieldForm): unknown {
  switch (form.kind) {
    case 'text':
      return form.pattern && 'no such thing!';
    case 'number':
      return form.maximum + 1;
    case 'choice':
      return form.choices.every((choice) => typeof choice === 'number') ? 0.5 : 'no such thing!';
    case 'list': {
      const item = outside(form.of);
      return item === undefined ? undefined : [item];
    }
    default:
      return undefined;
  }
}

/** For each setting with limits: a configuration outside them, the setting, and the allowed values. */
const beyondLimits = describeFields().flatMap(
  ({
    name,
    form,
    allowed = '',
  }): [configuration: Record<string, unknown>, setting: string, allowed: string][] => {
    const value = outside(form);
    return value === undefined ? [] : [[{ [name]: value }, name, allowed]];
  },
);

export { beyondLimits, mistakes };
