import type { FieldForm } from '../../modules/settings/field';
import { describeFields } from '../../modules/stream-settings';

/** A configuration, the setting that is to blame, and what is said about it. */
type Mistake = [configuration: Record<string, unknown>, setting: string, message: string];

const topic = 'arn:aws:sns:eu-west-1:123456789012:feedback';

/** Configurations with one mistake each, the setting that is to blame, and what is said about it. */
const mistakes: Mistake[] = [
  [{ name: 'Shop' }, 'name', '"Shop" is not allowed here: write 2 to 32 lower-case letters'],
  [{ name: 'a'.repeat(33) }, 'name', 'write 2 to 32 lower-case letters'],
  [{ configurationSets: ['a b'] }, 'configurationSets', '"a b" is not allowed here: write a list of names'],
  [{ configurationSets: [] }, 'configurationSets', 'is empty and there is no existing one'],
  [{ eventTypes: [] }, 'eventTypes', '[] is not allowed here: write a list of any of SEND,'],
  [{ eventTypes: ['BOUNCED'] }, 'eventTypes', '"BOUNCED" is not allowed here'],
  [{ tlsPolicy: 'require' }, 'tlsPolicy', '"require" is not allowed here: write one of REQUIRE, OPTIONAL'],
  [
    { configurationSets: ['a', 'b'], existingConfigurationSets: ['b'] },
    'configurationSets',
    'names ["b"], which existingConfigurationSets names too',
  ],
  [
    { sendingPoolName: 'a pool' },
    'sendingPoolName',
    '"a pool" is not allowed here: write the name of an IP pool',
  ],
  [
    { maxDeliverySeconds: 299 },
    'maxDeliverySeconds',
    '299 is not allowed here: write a whole number from 300 to 50400 seconds',
  ],
  [
    { trackingDomain: 'https://click.example.com' },
    'trackingDomain',
    '"https://click.example.com" is not allowed here: write a domain name',
  ],
  [{ trackingDomain: 'localhost' }, 'trackingDomain', '"localhost" is not allowed here'],
  [{ trackingHttpsPolicy: 'REQUIRE' }, 'trackingHttpsPolicy', 'has no effect: name a trackingDomain'],
  [
    { trackingDomain: 'click.example.com', trackingHttpsPolicy: 'ALWAYS' },
    'trackingHttpsPolicy',
    '"ALWAYS" is not allowed here: write one of REQUIRE, REQUIRE_OPEN_ONLY, OPTIONAL',
  ],
  [{ vdmEngagementMetrics: 'ON' }, 'vdmEngagementMetrics', 'write one of ENABLED, DISABLED'],
  [{ publishFeedback: true }, 'feedbackTopicArn', 'is missing: publishFeedback needs a topic'],
  [
    { feedbackTopicArn: 'arn:aws:sns:eu-west-1:123456789012:feedback' },
    'feedbackTopicArn',
    'has no effect: set publishFeedback to true',
  ],
  [
    { publishFeedback: true, feedbackTopicArn: 'arn:aws:sns:eu-west-1:123456789012:feedback.fifo' },
    'feedbackTopicArn',
    'write the ARN of an SNS standard topic',
  ],
  [{ trustMode: 'both' }, 'trustMode', 'write one of source-arn, external-id'],
  [{ createSesRole: false }, 'sesRoleArn', 'is missing: createSesRole is off'],
  [
    { sesRoleArn: 'arn:aws:iam::123456789012:role/a' },
    'sesRoleArn',
    'has no effect: set createSesRole to false',
  ],
  [{ createStream: false, createBucket: false }, 'streamName', 'is missing: createStream is off'],
  [{ createDeliveryRole: false }, 'deliveryRoleArn', 'is missing: createDeliveryRole is off'],
  [
    { deliveryRoleArn: 'arn:aws:iam::123456789012:role/a' },
    'deliveryRoleArn',
    'has no effect: set createDeliveryRole to false',
  ],
  [
    { bufferingInterval: 901 },
    'bufferingInterval',
    '901 is not allowed here: write a whole number from 0 to 900 seconds',
  ],
  [
    { bufferingSize: 129 },
    'bufferingSize',
    '129 is not allowed here: write a whole number from 1 to 128 MiB',
  ],
  [{ bufferingSize: '64' }, 'bufferingSize', '"64" is not allowed here'],
  [{ compressionFormat: 'gzip' }, 'compressionFormat', 'write one of GZIP, UNCOMPRESSED'],
  [{ dataPrefix: 'events' }, 'dataPrefix', 'each with a slash behind it'],
  [{ dataPrefix: '/events/' }, 'dataPrefix', '"/events/" is not allowed here'],
  [{ dataPrefix: 'a/!{timestamp:yyyy}/' }, 'dataPrefix', 'is not allowed here'],
  [
    { errorPrefix: 'events/errors/' },
    'errorPrefix',
    'is "events/errors/", which overlaps dataPrefix ("events/")',
  ],
  [{ dataPrefix: 'errors/data/' }, 'errorPrefix', 'is "errors/", which overlaps dataPrefix ("errors/data/")'],
  [{ logRetentionDays: 42 }, 'logRetentionDays', '42 is not allowed here: write one of 1, 3, 5'],
  [{ processRecords: true }, 'processorFunctionArn', 'is missing: processRecords needs a function'],
  [
    { processorFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:f' },
    'processorFunctionArn',
    'has no effect: set processRecords to true',
  ],
  [{ parquetConversion: true, parquetTable: 'a' }, 'parquetDatabase', 'is missing'],
  [{ parquetConversion: true, parquetDatabase: 'a' }, 'parquetTable', 'is missing'],
  [
    { parquetConversion: true, parquetDatabase: 'a', parquetTable: 'b', bufferingSize: 63 },
    'bufferingSize',
    'is 63, below 64: parquetConversion needs at least 64 MiB',
  ],
  [
    { parquetConversion: true, parquetDatabase: 'a', parquetTable: 'b', parquetPrefix: 'events/parquet/' },
    'parquetPrefix',
    'is "events/parquet/", which overlaps dataPrefix ("events/") or errorPrefix ("errors/")',
  ],
  [
    { parquetConversion: true, parquetDatabase: 'a', parquetTable: 'b', bufferingInterval: 0 },
    'bufferingInterval',
    'is 0: with parquetConversion',
  ],
  [
    { parquetPrefix: 'errors/parquet/', dataPrefix: 'mail/' },
    'parquetPrefix',
    'is "errors/parquet/", which overlaps dataPrefix ("mail/") or errorPrefix ("errors/")',
  ],
  [{ createStream: false, streamName: 'a' }, 'createBucket', 'is on while createStream is off'],
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
    'is new-key while createStream is off',
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
  [{ createBucket: false }, 'bucketName', 'is missing: createBucket is off'],
  [{ bucketAccountId: '123456789012' }, 'bucketAccountId', 'has no effect: set createBucket to false'],
  [{ bucketName: 'Archive' }, 'bucketName', 'write 3 to 63 lower-case letters'],
  [{ transitionDays: 29 }, 'transitionDays', 'is 29, below 30: STANDARD_IA takes objects after 30 days'],
  [{ expirationDays: 60 }, 'expirationDays', 'is 60, not above transitionDays (90): S3 refuses'],
  [
    { transitionDays: 400, expirationDays: 399 },
    'expirationDays',
    'is 399, not above transitionDays (400): S3 refuses',
  ],
  [
    { expirationDays: 400, errorExpirationDays: 401 },
    'errorExpirationDays',
    'is 401, above expirationDays (400): what could not',
  ],
  [
    { expirationDays: 20, transitionStorageClass: 'STANDARD' },
    'errorExpirationDays',
    'is 30, above expirationDays (20): what could not',
  ],
  [{ logAccess: true }, 'accessLogBucket', 'is missing: logAccess needs a bucket'],
  [{ accessLogBucket: 'logs' }, 'accessLogBucket', 'has no effect: set logAccess to true'],
  [
    { logAccess: true, accessLogBucket: 'archive', bucketName: 'archive' },
    'accessLogBucket',
    'is "archive", the archive bucket itself',
  ],
  [{ encryption: 'existing-key' }, 'kmsKeyArn', 'is missing: encryption is existing-key'],
  [
    { kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/a' },
    'kmsKeyArn',
    'has no effect: set encryption to existing-key',
  ],
  [
    { encryption: 'existing-key', kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:alias/a' },
    'kmsKeyArn',
    'write the ARN of a KMS key (no alias)',
  ],
  [{ kmsKeyDeletionDays: 5 }, 'kmsKeyDeletionDays', 'from 7 to 30 days'],
  [
    { objectQueue: true, createBucket: false, bucketName: 'archive' },
    'objectQueue',
    "would replace the existing bucket's notifications",
  ],
  ...(
    [
      [
        { compressionFormat: 'ZIP' },
        'catalog',
        'is on while compressionFormat is "ZIP", which Athena does not know',
      ],
      [{ compressionFormat: 'HADOOP_SNAPPY' }, 'catalog', 'set that to GZIP or UNCOMPRESSED'],
      [
        { createStream: false, streamName: 'a', createBucket: false, bucketName: 'archive' },
        'catalog',
        'is on while createStream is off: how an existing stream names its objects is not known here',
      ],
      [
        { catalogFrom: '2026-3-1' },
        'catalogFrom',
        '"2026-3-1" is not allowed here: write a day of the years 2000 to 2099, as yyyy-MM-dd',
      ],
      ...[
        '2026-13-01',
        'NOW-30DAYS',
        '1999-12-31',
        '2100-01-01',
        '2026-02-31',
        '2026-04-31',
        '2026-02-29',
      ].map(
        (catalogFrom) => [{ catalogFrom }, 'catalogFrom', 'write a day of the years 2000 to 2099'] as const,
      ),
      [{ catalogFrom: '2026-00-10' }, 'catalogFrom', 'as yyyy-MM-dd'],
      [{ catalogScanLimit: 10_485_759 }, 'catalogScanLimit', 'write a whole number from 10485760 to'],
    ] as const
  ).map(
    ([settings, name, message]): Mistake => [
      { catalog: true, catalogFrom: '2026-03-01', ...settings },
      name,
      message,
    ],
  ),
  [{ catalog: true }, 'catalogFrom', 'is missing: catalog needs the first day that has events'],
  [{ catalogFrom: '2026-03-01' }, 'catalogFrom', 'has no effect: set catalog to true'],
  [{ catalogDatabase: 'mail' }, 'catalogDatabase', 'has no effect: set catalog to true'],
  [{ catalogParquet: true }, 'catalogParquet', 'has no effect: set catalog to true'],
  [
    { catalogResultsPrefix: 'events/answers/' },
    'catalogResultsPrefix',
    'is "events/answers/", which overlaps dataPrefix ("events/"), errorPrefix ("errors/") or parquetPrefix ("parquet/")',
  ],
  [{ catalogResultsPrefix: 'parquet/' }, 'catalogResultsPrefix', 'results are no events'],
  [
    { catalogParquetPrefix: 'errors/' },
    'catalogParquetPrefix',
    'is "errors/", which overlaps dataPrefix ("events/"), errorPrefix ("errors/"), parquetPrefix',
  ],
  [
    { catalogParquetPrefix: 'athena/parquet/' },
    'catalogParquetPrefix',
    'parquetPrefix ("parquet/") or catalogResultsPrefix ("athena/")',
  ],
  [
    { alarms: true, alarmActions: [topic], alarmFreshness: 200 },
    'alarmFreshness',
    'is 200, not above bufferingInterval (300), so that',
  ],
  [
    { alarms: true, alarmActions: Array.from({ length: 6 }, (_, i) => `arn:aws:sns:eu-west-1:1:a${i}`) },
    'alarmActions',
    'has 6 ARNs, and CloudWatch takes 5 for an alarm',
  ],
  [{ tags: { Team: 'a', 'aws:x': 'b' } }, 'tags', 'has a key that begins with aws: (["Team","aws:x"])'],
  [{ tags: { 'AWS:x': 'b' } }, 'tags', 'which AWS reserves'],
  [
    { name: 'shop', publishFeedback: true, feedbackTopicArn: topic, eventDestinationName: 'shop-feedback' },
    'eventDestinationName',
    'is "shop-feedback", the name of the destination that publishFeedback makes',
  ],
  ...(
    ['aa..bb', '192.168.5.4', 'xn--events', 'sthree-events', 'events-s3alias', 'events--ol-s3'] as const
  ).map(
    (bucketName): Mistake => [{ bucketName }, 'bucketName', `is "${bucketName}", which S3 does not allow`],
  ),
  [
    { logAccess: true, accessLogBucket: 'aa..bb' },
    'accessLogBucket',
    'is "aa..bb", which S3 does not allow: two dots in a row',
  ],
  ...(
    ['dataPrefix', 'errorPrefix', 'parquetPrefix', 'catalogResultsPrefix', 'catalogParquetPrefix'] as const
  ).map(
    (prefix): Mistake => [
      { [prefix]: `${'a'.repeat(512)}/` },
      prefix,
      'has 513 characters, and 512 leave room for the rest of a key',
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
      `names one twice: ["${item}","${item}"]`,
    ],
  ),
  [{ alarmBounceRate: 5 }, 'alarmBounceRate', '5 is not allowed here: write a number from 0 to 1'],
  [
    { alarms: true, alarmActions: ['pager'] },
    'alarmActions',
    '"pager" is not allowed here: write a list of ARNs',
  ],
  [{ tags: { CostCenter: 4711 } }, 'tags', '"CostCenter": 4711 is not allowed here: write names with texts'],
  [{ tags: 'CostCenter' }, 'tags', '"CostCenter" is not allowed here: write names with texts'],
  [{ alarms: 'yes' }, 'alarms', '"yes" is not allowed here: write true or false'],
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

/** For each setting with limits a configuration that is outside them, the setting, and what is allowed. */
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
