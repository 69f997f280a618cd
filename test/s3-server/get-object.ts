import type { OutgoingHttpHeaders } from 'node:http';
import type { Bucket } from './bucket';
import { byteRange } from './byte-range';
import { checksumHeaders } from './checksum';
import { S3Error } from './s3-error';
import type { S3Request } from './s3-request';
import { emptyResponse, type S3Response } from './s3-response';
import type { StoredObject } from './stored-object';

/** Storage classes whose objects require a restore before they can be read. */
const archived = ['GLACIER', 'DEEP_ARCHIVE'];

function findObject(bucket: Bucket, { key = '', headers }: S3Request): StoredObject {
  const object = bucket.get(key);
  if (object === undefined) throw new S3Error('NoSuchKey', { Key: key });
  const condition = headers['if-match'];
  const isMet = condition === undefined || condition === '*' || condition === object.entityTag;
  // S3 also accepts an ETag without quotes.
  if (!isMet && `"${condition}"` !== object.entityTag)
    throw new S3Error('PreconditionFailed', { Condition: 'If-Match' });
  return object;
}

function objectHeaders(object: StoredObject): OutgoingHttpHeaders {
  return {
    'Accept-Ranges': 'bytes',
    'Content-Type': object.contentType,
    ...(object.contentEncoding !== undefined && { 'Content-Encoding': object.contentEncoding }),
    ETag: object.entityTag,
    'Last-Modified': object.lastModified.toUTCString(),
    ...(object.storageClass !== 'STANDARD' && { 'x-amz-storage-class': object.storageClass }),
  };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/range-get-olap.html */
function readRange(object: StoredObject, request: S3Request): S3Response {
  const { body } = object;
  const { range } = request.headers;
  const part = byteRange(range, body.length);
  if (part === 'unsatisfiable') {
    throw new S3Error('InvalidRange', { RangeRequested: range ?? '', ActualObjectSize: `${body.length}` });
  }
  if (part === 'complete') {
    const isRequested = request.headers['x-amz-checksum-mode'] === 'ENABLED';
    return {
      status: 200,
      headers: { ...objectHeaders(object), ...(isRequested && checksumHeaders(body)) },
      body,
    };
  }
  return {
    status: 206,
    headers: { ...objectHeaders(object), 'Content-Range': `bytes ${part.first}-${part.last}/${body.length}` },
    body: body.subarray(part.first, part.last + 1),
  };
}

/**
 * Returns an object or a range of it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
function getObject(bucket: Bucket, request: S3Request): S3Response {
  const object = findObject(bucket, request);
  const { storageClass } = object;
  if (archived.includes(storageClass))
    throw new S3Error('InvalidObjectState', { StorageClass: storageClass });
  return readRange(object, request);
}

/**
 * Returns the response of `getObject`, for archived objects too. The server omits the body.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
function headObject(bucket: Bucket, request: S3Request): S3Response {
  return readRange(findObject(bucket, request), request);
}

/**
 * Deletes an object. The response is the same if there is none.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html
 */
function deleteObject(bucket: Bucket, { key = '' }: S3Request): S3Response {
  bucket.remove(key);
  return emptyResponse(204);
}

export { deleteObject, getObject, headObject };
