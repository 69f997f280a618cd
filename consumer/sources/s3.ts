import type { _Object as ListedObject } from '@aws-sdk/client-s3';
import { isFirehoseKey, isPartitionBefore } from './firehose-key';
import { s3Client } from './s3-client';
import { describeS3Error } from './s3-error';
import { s3Object } from './s3-object';
import type { S3Options } from './s3-options';
import type { SkippedObjects, Source, SourceObject } from './source';
import { SourceError } from './source-error';

/**
 * The objects below a prefix of a bucket, in the order of their keys. At the root of a bucket, only objects
 * with names of Firehose are read. Other objects are skipped and counted, as are folder markers and
 * partitions that end before `since`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
class S3Source implements Source {
  readonly skippedObjects: SkippedObjects = { foreign: 0, beforeSince: 0 };

  constructor(
    private readonly bucket: string,
    private readonly prefix: string,
    private readonly options: S3Options = {},
    private readonly since?: Date,
  ) {}

  async *objects(): AsyncGenerator<SourceObject, void> {
    const { since } = this;
    for await (const { Key: key = '', ETag: etag, Size: size } of this.list()) {
      const isFolder = key.endsWith('/') && size === 0;
      if (isFolder || (this.prefix === '' && !isFirehoseKey(key))) this.skippedObjects.foreign++;
      else if (since !== undefined && isPartitionBefore(key, since)) this.skippedObjects.beforeSince++;
      else {
        const object = s3Object({ bucket: this.bucket, key, etag, options: this.options }, size);
        yield { ...object, isNamed: key === this.prefix };
      }
    }
  }

  private async *list(): AsyncGenerator<ListedObject, void> {
    try {
      const { paginateListObjectsV2 } = await import('@aws-sdk/client-s3');
      const client = await s3Client(this.options);
      const pages = paginateListObjectsV2({ client }, { Bucket: this.bucket, Prefix: this.prefix });
      for await (const page of pages) yield* page.Contents ?? [];
    } catch (error) {
      const where = `s3://${this.bucket}/${this.prefix}`;
      throw new SourceError(`cannot list ${where}: ${describeS3Error(error)}`, { cause: error });
    }
  }
}

export { S3Source };
