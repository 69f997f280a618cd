import type { Readable } from 'node:stream';
import { s3Client } from './s3-client';
import { concernsOneObject, describeS3Error, errorCode } from './s3-error';
import { skipBytes } from './skip-bytes';
import type { S3Location, SourceObject } from './source';
import { SourceError, UnreadableObjectError } from './source-error';

/** Maximum number of consecutive attempts to read a body that breaks off without delivering a byte. */
const maxFailures = 4;

/** A started download, and the object version of its bytes. */
interface Download {
  body: Readable;
  /** Offset of the first byte in the object. It is 0 if the server ignores the requested range. */
  first: number;
  etag: string | undefined;
  length: number | undefined;
}

async function startDownload(
  { bucket, key, etag, isPinned = false, versionId, options }: S3Location,
  offset: number,
  signal: AbortSignal | undefined,
): Promise<Download> {
  try {
    const { GetObjectCommand } = await import('@aws-sdk/client-s3');
    const client = await s3Client(options);
    const command = new GetObjectCommand({
      Bucket: bucket,
      Key: key,
      ...(versionId !== undefined && { VersionId: versionId }),
      ...(offset > 0 && { Range: `bytes=${offset}-` }),
      ...((isPinned || offset > 0) && { IfMatch: etag }),
    });
    const found = await client.send(command, signal && { abortSignal: signal });
    const [, first = 0] = /^bytes (\d+)-/.exec(found.ContentRange ?? '') ?? [];
    const body = found.Body as Readable; // the type of the SDK in Node
    return { body, first: Number(first), etag: found.ETag, length: found.ContentLength };
  } catch (error) {
    const isDenied = versionId !== undefined && errorCode(error) === 'AccessDenied';
    const message = isDenied
      ? 'AccessDenied: allow s3:GetObjectVersion on the object'
      : describeS3Error(error);
    if (concernsOneObject(error)) throw new UnreadableObjectError(message, { cause: error });
    throw new SourceError(`cannot read s3://${bucket}/${key}: ${message}`, { cause: error });
  }
}

/** Continues a download at a byte, for the same version. */
async function resumeDownload(
  location: S3Location,
  offset: number,
  signal: AbortSignal | undefined,
): Promise<Download> {
  const resumed = await startDownload(location, offset, signal);
  // Other servers with this protocol may ignore the range, the condition, or both.
  const isSame = resumed.etag === location.etag;
  if (isSame && resumed.first <= offset) return resumed;
  resumed.body.destroy();
  throw new UnreadableObjectError(
    isSame
      ? `the server resumed at byte ${resumed.first} instead of ${offset}: try again`
      : 'it was replaced while it was read: try again',
  );
}

/**
 * Yields the bytes of an S3 object. After a body breaks off, requests the rest of the same version from that
 * byte. The SDK retries failed requests.
 */
async function* s3Bytes(location: S3Location, signal?: AbortSignal): AsyncGenerator<Uint8Array, void> {
  let offset = 0;
  let failures = 0;
  let current = await startDownload(location, 0, signal);
  const { etag, length: end } = current;
  const stop = () => current.body.destroy();
  signal?.addEventListener('abort', stop);
  try {
    while (true) {
      const before = offset;
      let failure: unknown = new Error('the body is shorter than its declared length');
      try {
        for await (const chunk of skipBytes(offset - current.first, current.body)) {
          offset += chunk.length;
          yield chunk;
        }
        if (end === undefined || offset >= end) return;
      } catch (error) {
        failure = error;
      }
      if (signal?.aborted === true) return;
      failures = offset > before ? 0 : failures + 1;
      if (failures === maxFailures) {
        const message = `the download stopped at byte ${offset} of ${end}, ${failures} times in a row: ${describeS3Error(failure)}`;
        throw new UnreadableObjectError(message, { cause: failure });
      }
      current = await resumeDownload({ ...location, etag }, offset, signal);
    }
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** Returns an object in S3 as a source object. */
function s3Object(location: S3Location, size?: number): SourceObject {
  return {
    uri: `s3://${location.bucket}/${location.key}`,
    size,
    location: { at: 's3', ...location },
    open: (signal) => s3Bytes(location, signal),
  };
}

export { s3Object };
