import { s3Client } from '../s3-client';
import { describeS3Error } from '../s3-error';
import { s3Object } from '../s3-object';
import type { S3Options } from '../s3-options';
import type { SourceObject } from '../source';
import { SourceError } from '../source-error';
import type { NamedObject } from './message-content';

/** The current state of an object, after a notification of its creation. */
type CurrentObject =
  | { state: 'present'; object: SourceObject }
  /** It has been deleted since. */
  | { state: 'gone' }
  /** It is the marker of an empty folder. */
  | { state: 'folder' }
  | { state: 'unreadable'; uri: string; message: string };

/** A response to HEAD has no body with further details. */
const refused =
  'HTTP status 403: allow s3:GetObject on it, and s3:ListBucket on its bucket; without it, S3 also denies access to deleted objects';

/**
 * Requests the current state of an object from S3. Notifications can arrive in another order, so the object
 * version in a notification can be outdated.
 *
 * @throws {SourceError} when S3 cannot be accessed at all
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
async function currentObject({ bucket, key }: NamedObject, options: S3Options): Promise<CurrentObject> {
  const uri = `s3://${bucket}/${key}`;
  try {
    const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
    const client = await s3Client(options);
    const { ETag: etag, ContentLength: size } = await client.send(
      new HeadObjectCommand({ Bucket: bucket, Key: key }),
    );
    if (key.endsWith('/') && size === 0) return { state: 'folder' };
    return { state: 'present', object: s3Object({ bucket, key, etag, options }, size) };
  } catch (error) {
    const { name, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } }; // the SDK throws these errors
    const status = $metadata?.httpStatusCode ?? 0;
    if (status === 404) return { state: 'gone' };
    const message = status === 403 ? refused : describeS3Error(error);
    // The SDK throws an EndpointError for a bucket name that cannot be part of a hostname.
    const concernsObject = (status >= 300 && status < 500) || name === 'EndpointError';
    if (concernsObject) return { state: 'unreadable', uri, message };
    throw new SourceError(`cannot read ${uri}: ${message}`, { cause: error });
  }
}

export { type CurrentObject, currentObject };
