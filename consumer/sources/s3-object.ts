import { s3Client } from './s3-client';
import { concernsOneObject, describeS3Error } from './s3-error';
import type { S3Options } from './s3-options';
import type { SourceObject } from './source';
import { SourceError, UnreadableObjectError } from './source-error';

/** How often in a row a body may break off without giving a byte before the object is given up. */
const maxFruitlessAttempts = 4;

/** Where an object is in S3. */
interface S3Location {
  bucket: string;
  key: string;
  /** As the listing gave it: the object must not change between its parts. */
  etag?: string | undefined;
}

/** A started download: its bytes from `offset` on, and the version that they are of. */
interface Download {
  body: AsyncIterable<Uint8Array>;
  etag: string | undefined;
  length: number | undefined;
}

async function download(
  { bucket, key }: S3Location,
  etag: string | undefined,
  offset: number,
  options: S3Options,
): Promise<Download> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const client = await s3Client(options);
  const { Body, ETag, ContentLength } = await client.send(
    new GetObjectCommand({
      Bucket: bucket,
      Key: key,
      ...(offset > 0 && { Range: `bytes=${offset}-`, IfMatch: etag }),
    }),
  );
  // In Node the SDK's body is a Readable, whose chunks are Buffers.
  return { body: Body as AsyncIterable<Uint8Array>, etag: ETag, length: ContentLength };
}

async function startDownload(
  location: S3Location,
  etag: string | undefined,
  offset: number,
  options: S3Options,
): Promise<Download> {
  try {
    return await download(location, etag, offset, options);
  } catch (error) {
    const message = describeS3Error(error);
    if (concernsOneObject(error)) throw new UnreadableObjectError(message, { cause: error });
    throw new SourceError(`cannot read s3://${location.bucket}/${location.key}: ${message}`, {
      cause: error,
    });
  }
}

/**
 * The bytes of an S3 object. A body that breaks off is asked for again from the byte where it broke, of
 * the same version; failed requests are the SDK's to retry.
 */
async function* s3Bytes(location: S3Location, options: S3Options): AsyncGenerator<Uint8Array, void> {
  let offset = 0;
  let fruitless = 0;
  let { body, etag, length } = await startDownload(location, location.etag, 0, options);
  const end = length;
  while (true) {
    const before = offset;
    let failure: unknown = new Error('the body is shorter than its length');
    try {
      for await (const chunk of body) {
        offset += chunk.length;
        yield chunk;
      }
      if (end === undefined || offset >= end) return;
    } catch (error) {
      failure = error;
    }
    fruitless = offset > before ? 0 : fruitless + 1;
    if (fruitless === maxFruitlessAttempts) {
      const message = `the body broke off at byte ${offset} of ${end} ${fruitless} times: ${describeS3Error(failure)}`;
      throw new UnreadableObjectError(message, { cause: failure });
    }
    ({ body, etag, length } = await startDownload(location, etag, offset, options));
  }
}

/** An object in S3 as a source object. */
function s3Object(location: S3Location, size: number | undefined, options: S3Options): SourceObject {
  const { bucket, key, etag } = location;
  return {
    uri: `s3://${bucket}/${key}`,
    size,
    location: { at: 's3', bucket, key, etag },
    open: () => s3Bytes(location, options),
  };
}

export { type S3Location, s3Object };
