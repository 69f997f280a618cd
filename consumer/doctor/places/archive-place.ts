import type { DeliveryStreamDescription } from '@aws-sdk/client-firehose';
import { parseArn } from './place';

/** Where a stream puts its records as they came, and with which role. */
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
  /** Seconds for which Firehose gathers records at most. */
  readonly bufferingSeconds: number;
  /** Whether nothing but columns is kept, Parquet or ORC, which hold no event records. */
  readonly hasColumnsOnly: boolean;
}

/** Firehose's own, where a stream says nothing. */
const defaultBufferingSeconds = 300;

/**
 * Where a stream puts its records in S3: with columns, into its backup. Undefined when it delivers elsewhere.
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
    hasColumnsOnly: hasColumns && backup === undefined,
  };
}

export { type ArchivePlace, archivePlace };
