import type { Bucket } from './bucket';
import { readToken } from './continuation-token';
import { listingPage } from './listing';
import { listingDocument } from './listing-document';
import { S3Error } from './s3-error';
import type { S3Request } from './s3-request';
import { type S3Response, xmlResponse } from './s3-response';

const maxPageSize = 1000;

function readMaxKeys(value = `${maxPageSize}`): number {
  if (!/^\d{1,9}$/.test(value))
    throw new S3Error('InvalidArgument', { ArgumentName: 'max-keys', ArgumentValue: value });
  return Math.min(Number(value), maxPageSize);
}

/**
 * Returns a page of the keys of a bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
function listObjects(bucket: Bucket, request: S3Request): S3Response {
  const { query } = request;
  const token = query['continuation-token'];
  const encoding = query['encoding-type'];
  if (encoding !== undefined && encoding !== 'url') {
    throw new S3Error('InvalidArgument', { ArgumentName: 'encoding-type', ArgumentValue: encoding });
  }
  const maxKeys = readMaxKeys(query['max-keys']);
  const page = listingPage(bucket.keys, {
    prefix: query.prefix ?? '',
    delimiter: query.delimiter ?? '',
    maxKeys,
    after: token === undefined ? (query['start-after'] ?? '') : readToken(token),
  });
  return xmlResponse(200, listingDocument(bucket, request, page, maxKeys));
}

export { listObjects };
