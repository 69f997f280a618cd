import { decodeAwsChunked } from './aws-chunked';
import type { Bucket } from './bucket';
import { checksumHeaders } from './checksum';
import type { S3Request } from './s3-request';
import { emptyResponse, type S3Response } from './s3-response';
import { storedObject } from './stored-object';

/** Returns a header as a string. In Node, only `set-cookie` is a list. */
function header({ headers }: S3Request, name: string): string | undefined {
  return headers[name]?.toString();
}

function decodedBody(request: S3Request): Buffer {
  const isChunked = header(request, 'x-amz-content-sha256')?.startsWith('STREAMING-');
  if (!isChunked) return request.body;
  return decodeAwsChunked(request.body, Number(header(request, 'x-amz-decoded-content-length')));
}

/** Removes `aws-chunked`, which is an encoding of the transfer and not of the object. */
function storedEncoding(contentEncoding: string | undefined): string | undefined {
  const encodings = (contentEncoding ?? '').split(',').map((encoding) => encoding.trim());
  return encodings.filter((encoding) => encoding !== 'aws-chunked').join(',') || undefined;
}

/**
 * Stores an object under its key. Replaces an existing object.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
function putObject(bucket: Bucket, request: S3Request): S3Response {
  const object = storedObject(decodedBody(request), {
    contentEncoding: storedEncoding(header(request, 'content-encoding')),
    contentType: header(request, 'content-type'),
    storageClass: header(request, 'x-amz-storage-class'),
  });
  bucket.put(request.key ?? '', object);
  return emptyResponse(200, { ETag: object.entityTag, ...checksumHeaders(object.body) });
}

export { putObject };
