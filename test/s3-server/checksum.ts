import type { OutgoingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';

/**
 * Returns the headers with the checksum of a complete object. With a checksum, the `Body` of the SDK is a
 * stream around the stream of the socket, which fails in other ways. Tests require that kind of body.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
function checksumHeaders(body: Buffer): OutgoingHttpHeaders {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return { 'x-amz-checksum-crc32': checksum.toString('base64'), 'x-amz-checksum-type': 'FULL_OBJECT' };
}

export { checksumHeaders };
