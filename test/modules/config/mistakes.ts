import type { FieldForm } from '../../../modules/config/field';
import { describeFields } from '../../../modules/stream-config';

/** Configurations with one mistake each, the setting that is to blame, and what is said about it. */
const mistakes: [configuration: Record<string, unknown>, setting: string, message: string][] = [
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
    'names a set that existingConfigurationSets names too',
  ],
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
  [{ errorPrefix: 'events/errors/' }, 'errorPrefix', 'overlaps dataPrefix'],
  [{ dataPrefix: 'errors/data/' }, 'errorPrefix', 'overlaps dataPrefix'],
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
    'is below 64: parquetConversion needs at least 64 MiB',
  ],
  [
    { parquetConversion: true, parquetDatabase: 'a', parquetTable: 'b', parquetPrefix: 'events/parquet/' },
    'parquetPrefix',
    'overlaps dataPrefix or errorPrefix',
  ],
  [
    { parquetConversion: true, parquetDatabase: 'a', parquetTable: 'b', bufferingInterval: 0 },
    'bufferingInterval',
    'is 0: with parquetConversion',
  ],
  [{ parquetPrefix: 'events/parquet/' }, 'parquetPrefix', 'overlaps dataPrefix or errorPrefix'],
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
  ).map(([settings, name]): [Record<string, unknown>, string, string] => [
    { createStream: false, streamName: 'a', createBucket: false, ...settings },
    name,
    'has no effect: set createStream to true',
  ]),
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
  ).map(([settings, name]): [Record<string, unknown>, string, string] => [
    { createBucket: false, bucketName: 'archive', ...settings },
    name,
    'has no effect: set createBucket to true',
  ]),
  [
    { alarmActions: ['arn:aws:sns:eu-west-1:123456789012:a'] },
    'alarmActions',
    'has no effect: set alarms to true',
  ],
  [{ createBucket: false }, 'bucketName', 'is missing: createBucket is off'],
  [{ bucketAccountId: '123456789012' }, 'bucketAccountId', 'has no effect: set createBucket to false'],
  [{ bucketName: 'Archive' }, 'bucketName', 'write 3 to 63 lower-case letters'],
  [{ transitionDays: 29 }, 'transitionDays', 'is below 30: STANDARD_IA takes objects after 30 days'],
  [{ expirationDays: 90 }, 'expirationDays', 'is not above transitionDays'],
  [{ expirationDays: 400, errorExpirationDays: 401 }, 'errorExpirationDays', 'is above expirationDays'],
  [{ logAccess: true }, 'accessLogBucket', 'is missing: logAccess needs a bucket'],
  [{ accessLogBucket: 'logs' }, 'accessLogBucket', 'has no effect: set logAccess to true'],
  [
    { logAccess: true, accessLogBucket: 'archive', bucketName: 'archive' },
    'accessLogBucket',
    'is the archive bucket itself',
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
        'is on while compressionFormat is one that Athena does not know',
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
        '"2026-3-1" is not allowed here: write a day as yyyy-MM-dd',
      ],
      [{ catalogFrom: '2026-13-01' }, 'catalogFrom', 'write a day as yyyy-MM-dd'],
      [{ catalogFrom: 'NOW-30DAYS' }, 'catalogFrom', 'write a day as yyyy-MM-dd'],
      [{ catalogScanLimit: 10_485_759 }, 'catalogScanLimit', 'write a whole number from 10485760 to'],
    ] as const
  ).map(([settings, name, message]): [Record<string, unknown>, string, string] => [
    { catalog: true, catalogFrom: '2026-03-01', ...settings },
    name,
    message,
  ]),
  [{ catalog: true }, 'catalogFrom', 'is missing: catalog needs the first day that has events'],
  [{ catalogFrom: '2026-03-01' }, 'catalogFrom', 'has no effect: set catalog to true'],
  [{ catalogDatabase: 'mail' }, 'catalogDatabase', 'has no effect: set catalog to true'],
  [{ catalogParquet: true }, 'catalogParquet', 'has no effect: set catalog to true'],
  [{ catalogResultsPrefix: 'events/answers/' }, 'catalogResultsPrefix', 'overlaps dataPrefix, errorPrefix'],
  [{ catalogResultsPrefix: 'parquet/' }, 'catalogResultsPrefix', 'results are no events'],
  [{ catalogParquetPrefix: 'errors/' }, 'catalogParquetPrefix', 'overlaps dataPrefix, errorPrefix'],
  [{ catalogParquetPrefix: 'athena/parquet/' }, 'catalogParquetPrefix', 'or catalogResultsPrefix'],
  [{ alarms: true, alarmFreshness: 300 }, 'alarmFreshness', 'is not above bufferingInterval'],
  [{ alarmBounceRate: 5 }, 'alarmBounceRate', '5 is not allowed here: write a number from 0 to 1'],
  [
    { alarms: true, alarmActions: ['pager'] },
    'alarmActions',
    '"pager" is not allowed here: write a list of ARNs',
  ],
  [{ tags: { CostCenter: 4711 } }, 'tags', '4711 is not allowed here: write names with texts'],
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
