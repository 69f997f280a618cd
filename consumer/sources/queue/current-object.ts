import { s3Client } from '../s3-client';
import { describeS3Error } from '../s3-error';
import { s3Object } from '../s3-object';
import type { S3Options } from '../s3-options';
import type { SourceObject } from '../source';
import { SourceError } from '../source-error';
import type { NamedObject } from './message-content';

/** What is now where a notification says that an object was created. */
type CurrentObject =
  | { state: 'present'; object: SourceObject }
  /** It was deleted since. */
  | { state: 'gone' }
  /** The mark of an empty folder. */
  | { state: 'folder' }
  | { state: 'unreadable'; uri: string; message: string };

/** An answer to HEAD has no body that says more. */
const refused =
  'HTTP status 403: allow s3:GetObject on it, and s3:ListBucket on its bucket, without which S3 refuses what is gone';

/**
 * Asks S3 for an object as it is now. Notifications overtake each other, so what one says of its object's
 * version may be out of date.
 *
 * @throws {SourceError} when S3 cannot be asked at all
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
    const { name, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } }; // the SDK's
    const status = $metadata?.httpStatusCode ?? 0;
    if (status === 404) return { state: 'gone' };
    const message = status === 403 ? refused : describeS3Error(error);
    // An EndpointError is the SDK's word for a bucket whose name it cannot make a host of.
    const concernsObject = (status >= 300 && status < 500) || name === 'EndpointError';
    if (concernsObject) return { state: 'unreadable', uri, message };
    throw new SourceError(`cannot read ${uri}: ${message}`, { cause: error });
  }
}

export { type CurrentObject, currentObject };
