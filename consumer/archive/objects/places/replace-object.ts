import { createReadStream, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { HeadObjectOutput, PutObjectCommandInput } from '@aws-sdk/client-s3';
import { errorCode } from '../../../sources/s3-error';
import { type Bucket, describeFailure, isUnsupported } from './bucket';
import { UnerasableError } from './unerasable-error';

/** Maximum size of one request. */
const maxPutBytes = 5 * 1024 ** 3;

/** Up to this size, a body is in memory, so that the SDK can repeat the request. */
const repeatableBytes = 8 * 1024 * 1024;

/** An object to replace. */
interface Target {
  bucket: Bucket;
  key: string;
  /** Without quotes. */
  etag: string;
}

const quoted = (etag: string) => `"${etag}"`;

/** Reads the tags of an object as a query string, as a request to write has them. */
async function readTags({ bucket, key }: Target): Promise<string> {
  const { GetObjectTaggingCommand } = await import('@aws-sdk/client-s3');
  const found = await bucket.client.send(new GetObjectTaggingCommand({ Bucket: bucket.name, Key: key }));
  const tags = found.TagSet ?? [];
  return new URLSearchParams(
    tags.map(({ Key = '', Value = '' }): [string, string] => [Key, Value]),
  ).toString();
}

/**
 * Parses the time in the header `Expires`, which can be any text.
 * @throws {UnerasableError} when it is not a time, because it cannot be written again
 */
function expiryOf({ ExpiresString: text }: HeadObjectOutput): Date | undefined {
  if (text === undefined) return undefined;
  const time = new Date(text);
  if (!Number.isNaN(time.getTime())) return time;
  throw new UnerasableError('nothing was changed: its Expires header is not a time; correct it');
}

/** The settings of an object that a new version does not have by itself. */
function settingsOf(head: HeadObjectOutput): Partial<PutObjectCommandInput> {
  const isKms = head.ServerSideEncryption?.startsWith('aws:kms') === true;
  return {
    ContentType: head.ContentType,
    ContentEncoding: head.ContentEncoding,
    ContentLanguage: head.ContentLanguage,
    ContentDisposition: head.ContentDisposition,
    CacheControl: head.CacheControl,
    Expires: expiryOf(head),
    Metadata: head.Metadata,
    StorageClass: head.StorageClass,
    WebsiteRedirectLocation: head.WebsiteRedirectLocation,
    ServerSideEncryption: head.ServerSideEncryption,
    ...(isKms && { SSEKMSKeyId: head.SSEKMSKeyId, BucketKeyEnabled: head.BucketKeyEnabled }),
  };
}

async function readSettings(target: Target): Promise<Partial<PutObjectCommandInput>> {
  const { bucket, key, etag } = target;
  const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
  try {
    const head = await bucket.client.send(
      new HeadObjectCommand({ Bucket: bucket.name, Key: key, IfMatch: quoted(etag) }),
    );
    const hasTags = (head.TagCount ?? 0) > 0;
    return { ...settingsOf(head), ...(hasTags && { Tagging: await readTags(target) }) };
  } catch (error) {
    if (error instanceof UnerasableError) throw error;
    const rights = 's3:GetObject and s3:GetObjectTagging on the object';
    throw new UnerasableError(`nothing was changed: ${describeFailure(error, rights)}`, { cause: error });
  }
}

function explained(error: unknown): UnerasableError {
  const code = errorCode(error);
  const conflicts = ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'];
  const reason = conflicts.includes(code)
    ? `${code}: it was replaced or deleted after it was read; run the command again`
    : isUnsupported(error)
      ? `${code}: this server does not support If-Match for PutObject, which protects the changes of others; use one that does, as AWS`
      : describeFailure(
          error,
          's3:PutObject and s3:PutObjectTagging on the object, and kms:GenerateDataKey on its key',
        );
  return new UnerasableError(`it could not be replaced: ${reason}`, { cause: error });
}

/**
 * Replaces an object by the content of a file, if it is still the version with this ETag. The new version has the same type,
 * encoding, metadata, tags, storage class and encryption.
 *
 * @param content the file, and the SHA-256 of its bytes in hexadecimal digits, which S3 compares
 * @throws {UnerasableError} when it cannot be replaced, or was replaced meanwhile
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
async function replaceObject(target: Target, { path, sha256 }: { path: string; sha256: string }) {
  const { bucket, key, etag } = target;
  const { size } = await stat(path);
  if (size > maxPutBytes) {
    throw new UnerasableError(
      `nothing was changed: it has ${size} bytes, and S3 replaces at most ${maxPutBytes} at once; split it`,
    );
  }
  const settings = await readSettings(target);
  const { PutObjectCommand } = await import('@aws-sdk/client-s3');
  try {
    const written = await bucket.client.send(
      new PutObjectCommand({
        ...settings,
        Bucket: bucket.name,
        Key: key,
        Body: size > repeatableBytes ? createReadStream(path) : readFileSync(path),
        ContentLength: size,
        ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
        IfMatch: quoted(etag),
      }),
    );
    return { etag: (written.ETag ?? '').replaceAll('"', ''), versionId: written.VersionId };
  } catch (error) {
    throw explained(error);
  }
}

export { replaceObject };
