import { z } from 'zod';
import { and, exceeds, implies, not } from '../cdktf/condition';
import type { Configured } from '../settings/configure';
import { field } from '../settings/field';
import { glueName, prefix, roleArn } from '../settings/forms';
import { idleUnless, needs, offUnless, overlaps, type Rule, shortPrefix, shown } from '../settings/rule';

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
    description: 'Create the Firehose stream. An existing one delivers to its own bucket already.',
  }),
  streamName: field(
    z
      .string()
      .regex(/^[a-zA-Z0-9_.-]{1,64}$/)
      .optional(),
    {
      description: 'The name of the stream, created or existing.',
      allowed: '1 to 64 letters, digits, dots, hyphens and underscores',
      source: 'https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html',
      leftOut: '`name`',
    },
  ),
  createDeliveryRole: field(z.boolean().default(true), {
    description: 'Create the role with which the stream writes to the bucket.',
  }),
  deliveryRoleArn: field(roleArn.schema.optional(), {
    description: 'The existing role for the stream, when none is created. It is used as it is.',
    ...roleArn.words,
    leftOut: 'none',
  }),
  bufferingInterval: field(z.number().int().min(0).max(900).default(300), {
    description: 'The longest that records wait for an object to be written.',
    unit: 'seconds',
    source: bufferingApi,
  }),
  bufferingSize: field(z.number().int().min(1).max(128).default(64), {
    description: 'The uncompressed size at which an object is written before the interval is over.',
    unit: 'MiB',
    source: bufferingApi,
  }),
  compressionFormat: field(
    z.enum(['GZIP', 'UNCOMPRESSED', 'ZIP', 'Snappy', 'HADOOP_SNAPPY']).default('GZIP'),
    {
      description: 'Compression of the objects. Athena reads neither ZIP nor Snappy; the consumer reads all.',
      source: destinationApi,
    },
  ),
  dataPrefix: field(prefix.schema.default('events/'), {
    description: 'Where objects go; `dt=yyyy-MM-dd/hour=HH/` follows, in UTC, by arrival.',
    ...prefix.words,
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html',
  }),
  errorPrefix: field(prefix.schema.default('errors/'), {
    description: 'Where records go that could not be processed; the kind of error and the time follow.',
    ...prefix.words,
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html',
  }),
  appendDelimiter: field(z.boolean().default(false), {
    description:
      'Let Firehose add a newline to each record. SES ends its records with one: needed only if something else writes to the stream, or a function drops it.',
  }),
  logRetentionDays: field(z.literal([...logRetentionDays]).default(90), {
    description: "How long the stream's error log is kept, in days.",
    source:
      'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html',
  }),
  processRecords: field(z.boolean().default(false), {
    description:
      'Let the Lambda function `processorFunctionArn` transform records. It must keep the newline.',
  }),
  processorFunctionArn: field(
    z
      .string()
      .regex(/^arn:[a-z0-9-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9$_-]+)?$/)
      .optional(),
    {
      source: 'https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html',
      description: 'The function that transforms records.',
      allowed: 'the ARN of a Lambda function, with or without a version or alias',
      leftOut: 'none',
    },
  ),
  parquetConversion: field(z.boolean().default(false), {
    description:
      'Write Parquet under `parquetPrefix` too. The records as they came still go to `dataPrefix`, as the backup of the stream; AWS does not let a backup be turned off again, so neither this.',
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/record-format-conversion.html',
  }),
  parquetPrefix: field(prefix.schema.default('parquet/'), {
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html',
    description: 'Where Parquet objects go; `dt=yyyy-MM-dd/hour=HH/` follows.',
    ...prefix.words,
  }),
  parquetDatabase: field(glueName.schema.optional(), {
    description: "The Glue database of the table that holds the Parquet objects' columns.",
    ...glueName.words,
    leftOut: 'none',
  }),
  parquetTable: field(glueName.schema.optional(), {
    description: 'That table.',
    ...glueName.words,
    leftOut: 'none',
  }),
};

type Config = Configured<typeof fields>;

const rules: readonly Rule<Config>[] = [
  shortPrefix('dataPrefix'),
  shortPrefix('errorPrefix'),
  shortPrefix('parquetPrefix'),
  needs(
    'streamName',
    ({ createStream }) => not(createStream),
    'createStream is off, so name the existing stream',
  ),
  needs(
    'deliveryRoleArn',
    ({ createStream, createDeliveryRole }) => and(createStream, not(createDeliveryRole)),
    'createDeliveryRole is off, so name the existing role',
  ),
  idleUnless(
    'deliveryRoleArn',
    ({ createDeliveryRole }) => not(createDeliveryRole),
    'set createDeliveryRole to false',
  ),
  {
    setting: 'errorPrefix',
    message: ({ dataPrefix, errorPrefix }) =>
      `is ${shown(errorPrefix)}, which overlaps dataPrefix (${shown(dataPrefix)}): readers of the data would find the errors; choose another folder`,
    holds: ({ dataPrefix, errorPrefix }) => not(overlaps(dataPrefix, errorPrefix)),
  },
  {
    setting: 'parquetPrefix',
    message: ({ parquetPrefix, dataPrefix, errorPrefix }) =>
      `is ${shown(parquetPrefix)}, which overlaps dataPrefix (${shown(dataPrefix)}) or errorPrefix (${shown(errorPrefix)}): choose another folder`,
    holds: ({ parquetPrefix, dataPrefix, errorPrefix }) =>
      not(overlaps(parquetPrefix, dataPrefix, errorPrefix)),
  },
  {
    setting: 'bufferingInterval',
    message: 'is 0: with parquetConversion the records as they came must wait, at least a second',
    holds: ({ parquetConversion, bufferingInterval }) =>
      implies(parquetConversion, exceeds(bufferingInterval, 0)),
  },
  {
    setting: 'bufferingSize',
    message: ({ bufferingSize }) =>
      `is ${shown(bufferingSize)}, below 64: parquetConversion needs at least 64 MiB`,
    holds: ({ parquetConversion, bufferingSize }) => implies(parquetConversion, exceeds(bufferingSize, 63)),
  },
  needs(
    'parquetDatabase',
    ({ parquetConversion }) => parquetConversion,
    'parquetConversion needs a Glue table',
  ),
  needs('parquetTable', ({ parquetConversion }) => parquetConversion, 'parquetConversion needs a Glue table'),
  needs('processorFunctionArn', ({ processRecords }) => processRecords, 'processRecords needs a function'),
  idleUnless('processorFunctionArn', ({ processRecords }) => processRecords, 'set processRecords to true'),
  offUnless('processRecords', 'createStream'),
  offUnless('appendDelimiter', 'createStream'),
  offUnless('parquetConversion', 'createStream'),
];

const deliveryStreamSettings = { title: 'Firehose stream', fields, rules };

export { deliveryStreamSettings };
