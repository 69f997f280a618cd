import { randomBytes } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import type { S3Error } from './s3-error';

/** A response. For a HEAD request, the server omits the body. */
interface S3Response {
  status: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

function emptyResponse(status: number, headers: OutgoingHttpHeaders = {}): S3Response {
  return { status, headers, body: Buffer.alloc(0) };
}

function xmlResponse(status: number, document: string): S3Response {
  return { status, headers: { 'Content-Type': 'application/xml' }, body: Buffer.from(document) };
}

function errorResponse(error: S3Error): S3Response {
  return xmlResponse(error.status, error.document);
}

/**
 * The headers of every S3 response.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTCommonResponseHeaders.html
 */
function commonHeaders(): OutgoingHttpHeaders {
  return {
    Server: 'AmazonS3',
    'x-amz-request-id': randomBytes(8).toString('hex').toUpperCase(),
    'x-amz-id-2': randomBytes(48).toString('base64'),
  };
}

export { commonHeaders, emptyResponse, errorResponse, type S3Response, xmlResponse };
