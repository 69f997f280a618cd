import type { DeliveryStreamDescription } from '@aws-sdk/client-firehose';
import { parseArn } from './place';

/** The place where a stream writes its unchanged records, and the role that it uses. */
interface ArchivePlace {
  readonly bucketArn: string;
  readonly bucket: string;
  /** With Firehose's expressions. */
  readonly prefix: string;
  /** @default - Firehose's own folders below the prefix */
  readonly errorPrefix: string | undefined;
  readonly roleArn: string;
  /** The key that the stream names for its objects. @default - the bucket's default encryption */
  readonly keyArn: string | undefined;
  /** Maximum time that Firehose buffers records, in seconds. */
  readonly bufferingSeconds: number;
  /** The log group of the stream's errors. @default - they are not logged */
  readonly logGroupName: string | undefined;
  /** Whether the bucket only contains columns, in Parquet or ORC, without event records. */
  readonly hasColumnsOnly: boolean;
}

/** Firehose's default, for a stream without a value. */
const defaultBufferingSeconds = 300;

/**
 * Returns the place of a stream's records in S3: with columns, that of its backup. Undefined when the stream
 * does not deliver to S3.
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_ExtendedS3DestinationDescription.html
 */
function archivePlace({ Destinations = [] }: DeliveryStreamDescription): ArchivePlace | undefined {
  const main = Destinations[0]?.ExtendedS3DestinationDescription;
  if (main === undefined) return undefined;
  const hasColumns = main.DataFormatConversionConfiguration?.Enabled === true;
  const backup = main.S3BackupMode === 'Enabled' ? main.S3BackupDescription : undefined;
  const records = hasColumns ? (backup ?? main) : main;
  const bucketArn = records.BucketARN ?? '';
  return {
    bucketArn,
    bucket: parseArn(bucketArn).resource,
    prefix: records.Prefix ?? '',
    errorPrefix: records.ErrorOutputPrefix ?? main.ErrorOutputPrefix,
    roleArn: records.RoleARN ?? '',
    keyArn: records.EncryptionConfiguration?.KMSEncryptionConfig?.AWSKMSKeyARN,
    bufferingSeconds: records.BufferingHints?.IntervalInSeconds ?? defaultBufferingSeconds,
    logGroupName: main.CloudWatchLoggingOptions?.LogGroupName,
    hasColumnsOnly: hasColumns && backup === undefined,
  };
}

export { type ArchivePlace, archivePlace };
