import { randomBytes } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import type { S3Error } from './s3-error';

/** A response. For a HEAD request, the server omits the body. */
interface Answer {
  status: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

function emptyAnswer(status: number, headers: OutgoingHttpHeaders = {}): Answer {
  return { status, headers, body: Buffer.alloc(0) };
}

function xmlAnswer(status: number, document: string): Answer {
  return { status, headers: { 'Content-Type': 'application/xml' }, body: Buffer.from(document) };
}

function errorAnswer(error: S3Error): Answer {
  return xmlAnswer(error.status, error.document);
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

export { type Answer, commonHeaders, emptyAnswer, errorAnswer, xmlAnswer };
