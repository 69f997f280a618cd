import { Bucket } from './bucket';
import { deleteObject, getObject, headObject } from './get-object';
import { listObjects } from './list-objects';
import type { OperationName } from './operation';
import { putObject } from './put-object';
import { S3Error } from './s3-error';
import type { S3Request } from './s3-request';
import { emptyResponse, type S3Response } from './s3-response';

const handlers: Readonly<Record<OperationName, (bucket: Bucket, request: S3Request) => S3Response>> = {
  ListObjectsV2: listObjects,
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
  HeadBucket: () => emptyResponse(200, { 'x-amz-bucket-region': 'us-east-1' }),
  GetObject: getObject,
  HeadObject: headObject,
  PutObject: putObject,
  DeleteObject: deleteObject,
};

/** The buckets, with the responses of S3. */
class Store {
  private readonly buckets = new Map<string, Bucket>();
  private readonly denied = new Set<string>();

  /** Returns the bucket with a name. Creates it if it does not exist. */
  bucket(name: string): Bucket {
    const bucket = this.buckets.get(name) ?? new Bucket();
    this.buckets.set(name, bucket);
    return bucket;
  }

  deny(name: string): void {
    this.denied.add(name);
  }

  /** @throws {S3Error} when the operation fails */
  handle(operation: OperationName, request: S3Request): S3Response {
    const bucket = this.buckets.get(request.bucket);
    if (this.denied.has(request.bucket)) throw new S3Error('AccessDenied');
    if (bucket === undefined) throw new S3Error('NoSuchBucket', { BucketName: request.bucket });
    return handlers[operation](bucket, request);
  }
}

export { Store };
