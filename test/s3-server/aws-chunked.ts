import { S3Error } from './s3-error';

/**
 * Decodes an `aws-chunked` body. Each chunk has a hexadecimal size, an optional signature and its bytes. A
 * chunk of size 0 and the trailer follow. Signatures and the checksum in the trailer are not checked.
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
