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

/** Where, how and with whose rights objects are written. */
interface ObjectDestination {
  roleArn: string;
  bucket: string;
  prefix: string;
  errorPrefix: string | undefined;
  compression: CompressionFormat;
  /** Instead of the compression's own; undefined when none is set. */
  fileExtension: string | undefined;
  timeZone: string | undefined;
  /** The key that objects are encrypted with; undefined without a customer's own. */
  keyArn: string | undefined;
  buffering: Buffering;
}

/** What is done to records before they are written. */
interface Processing {
  /** The Lambda function that transforms them; undefined for none. */
  functionArn: string | undefined;
  /** How often it is asked again when it fails. */
  retries: number;
  /** What is put behind each record. */
  delimiter: Buffer;
}

/** How a stream is set up. */
interface StreamConfiguration {
  name: string;
  arn: string;
  region: string;
  version: string;
  isEncrypted: boolean;
  processing: Processing;
  data: ObjectDestination;
  /** Whether the data is to become Parquet. */
  isConverted: boolean;
  /** Where records go as they came; undefined without a backup. */
  backup: ObjectDestination | undefined;
}

/** What the destination and its backup share. */
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

/** @param millisecondsPerSecond how long a second of the configuration takes */
function destination(description: S3Description, millisecondsPerSecond: number): ObjectDestination {
  const { RoleARN, BucketARN, BufferingHints = {}, FileExtension, CustomTimeZone } = description;
  const { IntervalInSeconds = 300, SizeInMBs = 5 } = BufferingHints; // AWS's defaults
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
 * The delimiter of AppendDelimiterToRecord: a newline unless it is said, in which case `\n` may be written out.
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
      throw new Error(`the processor ${Type} is not done here; Lambda and AppendDelimiterToRecord are`);
    }
  }
  return found;
}

/**
 * Asks how a stream is set up.
 * @throws {FirehoseError} a ResourceNotFoundException, in the words of whom is asked
 * @throws {Error} on what is not done here: destinations other than S3, dynamic partitioning, other processors
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
    throw new Error(`the stream ${name} partitions dynamically, which is not done here`);
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
