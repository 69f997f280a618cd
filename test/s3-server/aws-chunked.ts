import { S3Error } from './s3-error';

/**
 * Unpacks an `aws-chunked` body: chunks of a hexadecimal size, perhaps a signature, and the bytes; then a
 * chunk of size 0 and the trailer. Neither signatures nor the trailer's checksum are checked.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 * @throws {S3Error} IncompleteBody
 */
function decodeAwsChunked(encoded: Buffer, decodedLength: number): Buffer {
  const chunks: Buffer[] = [];
  let at = 0;
  while (true) {
    const lineEnd = encoded.indexOf('\r\n', at);
    const size = Number.parseInt(encoded.toString('latin1', at, lineEnd), 16);
    if (lineEnd === -1 || Number.isNaN(size)) throw new S3Error('IncompleteBody');
    if (size === 0) break;
    const start = lineEnd + 2;
    chunks.push(encoded.subarray(start, start + size));
    at = start + size + 2;
  }
  const decoded = Buffer.concat(chunks);
  if (decoded.length !== decodedLength) throw new S3Error('IncompleteBody');
  return decoded;
}

export { decodeAwsChunked };
