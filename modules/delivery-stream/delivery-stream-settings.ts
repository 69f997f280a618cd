import { z } from 'zod';
import { and, equals, exceeds, implies, not } from '../cdktf/condition';
import type { Configured } from '../settings/configure';
import { field } from '../settings/field';
import { glueName, keyArn, prefix, roleArn } from '../settings/forms';
import {
  falseUnless,
  formatValue,
  noEffectUnless,
  overlaps,
  type Rule,
  requiredIf,
  shortPrefix,
} from '../settings/rule';

const destinationApi =
  'https://docs.aws.amazon.com/firehose/latest/APIReference/API_ExtendedS3DestinationConfiguration.html';
const bufferingApi = 'https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html';

/** Retention periods that CloudWatch Logs supports, in days. */
const logRetentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Settings of the Firehose stream to S3. */
const fields = {
  createStream: field(z.boolean().default(true), {
    description:
      'Create the Firehose stream. If false, set `streamName`, and set `createBucket` to false. An existing stream is not changed and delivers to its own bucket.',
  }),
  streamName: field(
    z
      .string()
      .regex(/^[a-zA-Z0-9_.-]{1,64}$/)
      .optional(),
    {
      description: 'Name of the Firehose stream, created or existing. Changing it replaces a created stream.',
      allowed: '1 to 64 letters, digits, dots, hyphens and underscores',
      source: 'https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html',
      whenOmitted: '`name`',
    },
  ),
  createDeliveryRole: field(z.boolean().default(true), {
    description:
      'Create the role with which the stream writes to the bucket. If false, set `deliveryRoleArn`.',
  }),
  deliveryRoleArn: field(roleArn.schema.optional(), {
    description:
      'ARN of the existing role for the stream, if `createDeliveryRole` is false. The role is not changed.',
    ...roleArn.words,
    whenOmitted: 'none',
  }),
  bucketEncryption: field(z.enum(['as-stream', 'existing-key']).default('as-stream'), {
    description:
      'Key that encrypts the objects of an existing bucket. as-stream: the key of the stream (`encryption`). existing-key: `bucketKmsKeyArn`, for example for a bucket in another account.',
    source: destinationApi,
  }),
  bucketKmsKeyArn: field(keyArn.schema.optional(), {
    description:
      'ARN of the key that encrypts the objects of an existing bucket. Its region must be that of the bucket.',
    ...keyArn.words,
    whenOmitted: 'none',
  }),
  bufferingInterval: field(z.number().int().min(0).max(900).default(300), {
    description: 'Maximum time for which Firehose buffers records before it writes an object.',
    unit: 'seconds',
    source: bufferingApi,
  }),
  bufferingSize: field(z.number().int().min(1).max(128).default(64), {
    description:
      'Uncompressed size of buffered records at which Firehose writes an object before `bufferingInterval` ends. With `parquetConversion`, at least 64.',
    unit: 'MiB',
    source: bufferingApi,
  }),
  compressionFormat: field(
    z.enum(['GZIP', 'UNCOMPRESSED', 'ZIP', 'Snappy', 'HADOOP_SNAPPY']).default('GZIP'),
    {
      description:
        'Compression of the objects. `ses-events` reads all formats. With `catalog`, use GZIP or UNCOMPRESSED.',
      source: destinationApi,
    },
  ),
  dataPrefix: field(prefix.schema.default('events/'), {
    description:
      'Key prefix of delivered objects. Firehose appends `dt=yyyy-MM-dd/hour=HH/`, the UTC time of arrival.',
    ...prefix.words,
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html',
  }),
  errorPrefix: field(prefix.schema.default('errors/'), {
    description:
      'Key prefix of records that Firehose could not process. Firehose appends the error type and the time.',
    ...prefix.words,
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html',
  }),
  appendDelimiter: field(z.boolean().default(false), {
    description:
      'Append a newline to each record. SES already ends its records with one. Use this only if another producer writes to the stream, or a Lambda function removes the newline.',
  }),
  logRetentionDays: field(z.literal([...logRetentionDays]).default(90), {
    description: "Retention of the stream's error log, in days.",
    source:
      'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html',
  }),
  processRecords: field(z.boolean().default(false), {
    description:
      'Transform records with the Lambda function `processorFunctionArn`. The function must keep the newline at the end of each record.',
  }),
  processorFunctionArn: field(
    z
      .string()
      .regex(/^arn:[a-z0-9-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9$_-]+)?$/)
      .optional(),
    {
      source: 'https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html',
      description: 'ARN of the Lambda function that transforms records.',
      allowed: 'the ARN of a Lambda function, with or without a version or alias',
      whenOmitted: 'none',
    },
  ),
  parquetConversion: field(z.boolean().default(false), {
    description:
      'Also write Parquet objects under `parquetPrefix`. Firehose continues to write the unchanged records under `dataPrefix`, as a backup. You cannot turn this off again, because AWS does not allow turning off a backup.',
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/record-format-conversion.html',
  }),
  parquetPrefix: field(prefix.schema.default('parquet/'), {
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html',
    description: 'Key prefix of Parquet objects. Firehose appends `dt=yyyy-MM-dd/hour=HH/`.',
    ...prefix.words,
  }),
  parquetDatabase: field(glueName.schema.optional(), {
    description: 'Name of the Glue database that contains `parquetTable`.',
    ...glueName.words,
    whenOmitted: 'none',
  }),
  parquetTable: field(glueName.schema.optional(), {
    description: 'Name of the Glue table that defines the columns of the Parquet objects.',
    ...glueName.words,
    whenOmitted: 'none',
  }),
};

type Config = Configured<typeof fields>;

const rules: readonly Rule<Config>[] = [
  shortPrefix('dataPrefix'),
  shortPrefix('errorPrefix'),
  shortPrefix('parquetPrefix'),
  requiredIf(
    'streamName',
    ({ createStream }) => not(createStream),
    'if createStream is false: set it to the name of the existing stream',
  ),
  requiredIf(
    'deliveryRoleArn',
    ({ createStream, createDeliveryRole }) => and(createStream, not(createDeliveryRole)),
    'if createDeliveryRole is false: set it to the ARN of the existing role',
  ),
  requiredIf(
    'bucketKmsKeyArn',
    ({ bucketEncryption }) => equals(bucketEncryption, 'existing-key'),
    'if bucketEncryption is existing-key: set it to the ARN of the key',
  ),
  noEffectUnless(
    'bucketKmsKeyArn',
    ({ bucketEncryption }) => equals(bucketEncryption, 'existing-key'),
    'set bucketEncryption to existing-key',
  ),
  noEffectUnless(
    'deliveryRoleArn',
    ({ createDeliveryRole }) => not(createDeliveryRole),
    'set createDeliveryRole to false',
  ),
  {
    setting: 'errorPrefix',
    message: ({ dataPrefix, errorPrefix }) =>
      `is ${formatValue(errorPrefix)}, which overlaps dataPrefix (${formatValue(dataPrefix)}): use separate folders, so that readers of events do not read error records`,
    holds: ({ dataPrefix, errorPrefix }) => not(overlaps(dataPrefix, errorPrefix)),
  },
  {
    setting: 'parquetPrefix',
    message: ({ parquetPrefix, dataPrefix, errorPrefix }) =>
      `is ${formatValue(parquetPrefix)}, which overlaps dataPrefix (${formatValue(dataPrefix)}) or errorPrefix (${formatValue(errorPrefix)}): use another folder`,
    holds: ({ parquetPrefix, dataPrefix, errorPrefix }) =>
      not(overlaps(parquetPrefix, dataPrefix, errorPrefix)),
  },
  {
    setting: 'bufferingInterval',
    message: 'is 0, but parquetConversion requires at least 1 second: increase it',
    holds: ({ parquetConversion, bufferingInterval }) =>
      implies(parquetConversion, exceeds(bufferingInterval, 0)),
  },
  {
    setting: 'bufferingSize',
    message: ({ bufferingSize }) =>
      `is ${formatValue(bufferingSize)}, but parquetConversion requires at least 64 MiB: increase it`,
    holds: ({ parquetConversion, bufferingSize }) => implies(parquetConversion, exceeds(bufferingSize, 63)),
  },
  requiredIf(
    'parquetDatabase',
    ({ parquetConversion }) => parquetConversion,
    'if parquetConversion is true: set it to the name of a Glue database',
  ),
  requiredIf(
    'parquetTable',
    ({ parquetConversion }) => parquetConversion,
    'if parquetConversion is true: set it to the name of a Glue table',
  ),
  requiredIf(
    'processorFunctionArn',
    ({ processRecords }) => processRecords,
    'if processRecords is true: set it to the ARN of a Lambda function',
  ),
  noEffectUnless(
    'processorFunctionArn',
    ({ processRecords }) => processRecords,
    'set processRecords to true',
  ),
  falseUnless('processRecords', 'createStream'),
  falseUnless('appendDelimiter', 'createStream'),
  falseUnless('parquetConversion', 'createStream'),
];

const deliveryStreamSettings = { title: 'Firehose stream', fields, rules };

export { deliveryStreamSettings };
