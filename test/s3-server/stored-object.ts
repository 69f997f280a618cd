import { createHash } from 'node:crypto';

/** Optional properties of an object. */
interface ObjectOptions {
  contentEncoding?: string | undefined;
  /** @default 'binary/octet-stream', as in S3 */
  contentType?: string | undefined;
  /** `GLACIER` and `DEEP_ARCHIVE` objects are listed, but cannot be read. @default 'STANDARD' */
  storageClass?: string | undefined;
  /** Rounded down to seconds, as in S3. @default now */
  lastModified?: Date | undefined;
}

/** An immutable version of an object. */
interface StoredObject {
  readonly body: Buffer;
  /** With quotes, as in S3. */
  readonly entityTag: string;
  readonly lastModified: Date;
  readonly contentType: string;
  readonly contentEncoding: string | undefined;
  readonly storageClass: string;
}

/**
 * Creates an object. Its ETag is the MD5 of its bytes, as in S3 for a simple, unencrypted upload.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
 */
function storedObject(body: Buffer, options: ObjectOptions = {}): StoredObject {
  const lastModified = options.lastModified ?? new Date();
  return {
    body,
    entityTag: `"${createHash('md5').update(body).digest('hex')}"`,
    lastModified: new Date(Math.floor(lastModified.getTime() / 1000) * 1000),
    contentType: options.contentType ?? 'binary/octet-stream',
    contentEncoding: options.contentEncoding,
    storageClass: options.storageClass ?? 'STANDARD',
  };
}

export { type ObjectOptions, type StoredObject, storedObject };
