import { NoSuchBucket, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { compressions } from './compression';
import { objectName } from './object-key';
import { evaluateErrorPrefix, evaluatePrefix } from './prefix';
import type { RecordBatch } from './record-buffer';
import type { RolePermissions } from './role-permissions';
import type { ObjectDestination, StreamConfiguration } from './stream-configuration';

/** The content of an object: data, or failed records with the name of the failure. */
type OutputType = 'data' | 'processing-failed';

/**
 * The reason why an object could not be written, as in the error log of the stream.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html
 */
class DeliveryError extends Error {
  override readonly name = 'DeliveryError';

  constructor(
    readonly code: 'S3.AccessDenied' | 'S3.NoSuchBucket',
    message: string,
  ) {
    super(message);
  }
}

/** Writes batches of records as S3 objects, with the permissions of the stream's role only. */
class ObjectWriter {
  constructor(
    private readonly s3: S3Client,
    private readonly permissions: RolePermissions,
  ) {}

  /**
   * Writes an object and returns its key. Objects of failed records are not compressed and have no extension.
   * @throws {DeliveryError} when the role has no permission or the bucket does not exist. Nothing is written
   * @see https://docs.aws.amazon.com/firehose/latest/dev/basic-deliver.html
   */
  async write(
    { name: streamName, version, region }: StreamConfiguration,
    destination: ObjectDestination,
    outputType: OutputType,
    { records, arrival }: RecordBatch,
  ): Promise<string> {
    const { bucket, prefix, errorPrefix, timeZone } = destination;
    const { compress, extension, contentEncoding } =
      compressions[outputType === 'data' ? destination.compression : 'UNCOMPRESSED'];
    const values = { arrival, timeZone };
    const folder =
      outputType === 'data'
        ? evaluatePrefix(prefix, values)
        : evaluateErrorPrefix(errorPrefix, prefix, { ...values, errorOutputType: outputType });
    const suffix = (outputType === 'data' ? destination.fileExtension : undefined) ?? extension;
    const Key = folder + objectName({ streamName, version, arrival, timeZone, extension: suffix });
    await this.checkPermission(destination, region, Key);
    const Body = await compress(Buffer.concat(records.map(({ bytes }) => bytes)));
    const ContentEncoding = contentEncoding;
    const ContentType = 'application/octet-stream';
    try {
      await this.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType, ContentEncoding }));
    } catch (error) {
      if (!(error instanceof NoSuchBucket)) throw error;
      throw new DeliveryError('S3.NoSuchBucket', `the bucket ${bucket} does not exist`);
    }
    return Key;
  }

  private async checkPermission(
    { roleArn, bucket, keyArn }: ObjectDestination,
    region: string,
    key: string,
  ): Promise<void> {
    const [, partition, , , accountId = ''] = roleArn.split(':');
    const bucketArn = `arn:${partition}:s3:::${bucket}`;
    const needed = [
      {
        action: 's3:PutObject',
        resource: `${bucketArn}/${key}`,
        context: { 'aws:ResourceAccount': accountId }, // moto has one account
      },
      ...(keyArn === undefined
        ? []
        : [
            {
              action: 'kms:GenerateDataKey',
              resource: keyArn,
              // The stack uses a bucket key. Without one, the context is the object.
              context: {
                'kms:ViaService': `s3.${region}.amazonaws.com`,
                'kms:EncryptionContext:aws:s3:arn': bucketArn,
              },
            },
          ]),
    ];
    for (const request of needed) {
      if (await this.permissions.allow(roleArn, request)) continue;
      throw new DeliveryError(
        'S3.AccessDenied',
        `${roleArn} is not allowed to ${request.action} on ${request.resource}`,
      );
    }
  }
}

export { DeliveryError, ObjectWriter, type OutputType };
