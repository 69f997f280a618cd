import { createHash } from 'node:crypto';

/** What an object may be given besides its bytes. */
interface ObjectOptions {
  contentEncoding?: string | undefined;
  /** @default 'binary/octet-stream', as in S3 */
  contentType?: string | undefined;
  /** `GLACIER` and `DEEP_ARCHIVE` objects are listed, but cannot be read. @default 'STANDARD' */
  storageClass?: string | undefined;
  /** S3 keeps whole seconds. @default now */
  lastModified?: Date | undefined;
}

/** One version of an object; a change makes a new one. */
interface StoredObject {
  readonly body: Buffer;
  /** In quotes, as S3 writes it everywhere. */
  readonly entityTag: string;
  readonly lastModified: Date;
  readonly contentType: string;
  readonly contentEncoding: string | undefined;
  readonly storageClass: string;
}

/**
 * Makes an object whose ETag is the MD5 of its bytes, as S3 does for a plain, unencrypted upload.
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
