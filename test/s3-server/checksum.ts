import type { OutgoingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';

/**
 * The checksum of a whole object as S3 gives it. With it the SDK's `Body` is a stream of its own that
 * wraps the socket's, with its own ways to fail; without it tests would see another kind of body.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
function checksumHeaders(body: Buffer): OutgoingHttpHeaders {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return { 'x-amz-checksum-crc32': checksum.toString('base64'), 'x-amz-checksum-type': 'FULL_OBJECT' };
}

export { checksumHeaders };
