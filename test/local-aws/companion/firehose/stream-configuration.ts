import {
  type CompressionFormat,
  type DeliveryStreamDescription,
  DescribeDeliveryStreamCommand,
  type ExtendedS3DestinationDescription,
  type FirehoseClient,
  ResourceNotFoundException,
  type S3DestinationDescription,
} from '@aws-sdk/client-firehose';
import { FirehoseError } from './put-records';
import type { Buffering } from './record-buffer';

/** Bucket, prefixes, compression and role for writing objects. */
interface ObjectDestination {
  roleArn: string;
  bucket: string;
  prefix: string;
  errorPrefix: string | undefined;
  compression: CompressionFormat;
  /** Replaces the extension of the compression; undefined for none. */
  fileExtension: string | undefined;
  timeZone: string | undefined;
  /** Customer-managed key for encryption of the objects; undefined for none. */
  keyArn: string | undefined;
  buffering: Buffering;
}

/** Processing of records before they are written. */
interface Processing {
  /** Lambda function that transforms the records; undefined for none. */
  functionArn: string | undefined;
  /** Number of retries of the function. */
  retries: number;
  /** Text to append to each record. */
  delimiter: Buffer;
}

/** The configuration of a stream. */
interface StreamConfiguration {
  name: string;
  arn: string;
  region: string;
  version: string;
  isEncrypted: boolean;
  processing: Processing;
  data: ObjectDestination;
  /** Whether the data is converted to Parquet. */
  isConverted: boolean;
  /** Destination of unchanged records; undefined without a backup. */
  backup: ObjectDestination | undefined;
}

/** Common properties of the destination and the backup. */
type S3Description = Pick<
  ExtendedS3DestinationDescription,
  keyof S3DestinationDescription | 'FileExtension' | 'CustomTimeZone'
>;

async function describe(client: FirehoseClient, name: string): Promise<Partial<DeliveryStreamDescription>> {
  const input = { DeliveryStreamName: name };
  try {
    const { DeliveryStreamDescription } = await client.send(new DescribeDeliveryStreamCommand(input));
    return DeliveryStreamDescription ?? {};
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    throw new FirehoseError('ResourceNotFoundException', error.message);
  }
}

/** @param millisecondsPerSecond number of milliseconds for each second of the configuration */
function destination(description: S3Description, millisecondsPerSecond: number): ObjectDestination {
  const { RoleARN, BucketARN, BufferingHints = {}, FileExtension, CustomTimeZone } = description;
  const { IntervalInSeconds = 300, SizeInMBs = 5 } = BufferingHints; // defaults of AWS
  return {
    roleArn: RoleARN ?? '',
    bucket: BucketARN?.split(':').at(-1) ?? '',
    prefix: description.Prefix ?? '',
    errorPrefix: description.ErrorOutputPrefix,
    compression: description.CompressionFormat ?? 'UNCOMPRESSED',
    fileExtension: FileExtension || undefined,
    timeZone: CustomTimeZone || undefined,
    keyArn: description.EncryptionConfiguration?.KMSEncryptionConfig?.AWSKMSKeyARN,
    buffering: {
      sizeBytes: SizeInMBs * 1024 * 1024,
      intervalMilliseconds: IntervalInSeconds * millisecondsPerSecond,
    },
  };
}

/**
 * Returns the delimiter of AppendDelimiterToRecord. The default is a newline. In a configured delimiter, `\n` is an escape.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning.html
 */
function delimiterBytes(text = '\\n'): Buffer {
  return Buffer.from(text.replaceAll('\\n', '\n').replaceAll('\\r', '\r').replaceAll('\\t', '\t'));
}

function processing({ ProcessingConfiguration }: ExtendedS3DestinationDescription): Processing {
  const { Enabled = false, Processors = [] } = ProcessingConfiguration ?? {};
  const found: Processing = { functionArn: undefined, retries: 3, delimiter: Buffer.alloc(0) };
  for (const { Type, Parameters = [] } of Enabled ? Processors : []) {
    const parameters = new Map(
      Parameters.map(({ ParameterName, ParameterValue }) => [ParameterName, ParameterValue]),
    );
    if (Type === 'Lambda') {
      found.functionArn = parameters.get('LambdaArn');
      found.retries = Number(parameters.get('NumberOfRetries') ?? found.retries);
    } else if (Type === 'AppendDelimiterToRecord') {
      found.delimiter = delimiterBytes(parameters.get('Delimiter'));
    } else {
      throw new Error(`the processor ${Type} is not supported (supported: Lambda, AppendDelimiterToRecord)`);
    }
  }
  return found;
}

/**
 * Requests the configuration of a stream.
 * @throws {FirehoseError} a ResourceNotFoundException, with the message of the server
 * @throws {Error} for unsupported features: destinations other than S3, dynamic partitioning, other processors
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_DescribeDeliveryStream.html
 */
async function streamConfiguration(
  client: FirehoseClient,
  name: string,
  { region, millisecondsPerSecond }: { region: string; millisecondsPerSecond: number },
): Promise<StreamConfiguration> {
  const description = await describe(client, name);
  const { DeliveryStreamARN, VersionId, DeliveryStreamEncryptionConfiguration: encryption } = description;
  const [{ ExtendedS3DestinationDescription: s3 } = {}] = description.Destinations ?? [];
  if (s3 === undefined) throw new Error(`the stream ${name} has no extended S3 destination`);
  if (s3.DynamicPartitioningConfiguration?.Enabled === true) {
    throw new Error(`the stream ${name} uses dynamic partitioning, which is not supported`);
  }
  const backup = s3.S3BackupMode === 'Enabled' ? s3.S3BackupDescription : undefined;
  return {
    ...{ name, region },
    arn: DeliveryStreamARN ?? '',
    version: VersionId ?? '1',
    isEncrypted: encryption?.KeyType !== undefined && encryption.Status !== 'DISABLED',
    processing: processing(s3),
    data: destination(s3, millisecondsPerSecond),
    isConverted: s3.DataFormatConversionConfiguration?.Enabled === true,
    backup: backup && destination(backup, millisecondsPerSecond),
  };
}

export { type ObjectDestination, type StreamConfiguration, streamConfiguration };
