import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { CompressionFormat } from '@aws-sdk/client-firehose';
import { zipSync } from 'fflate';
import { compressSync } from 'snappy';

/** A compression format of Firehose. */
interface Compression {
  compress: (bytes: Buffer) => Buffer | Promise<Buffer>;
  /** With its dot; empty for none. */
  extension: string;
  /** The object's Content-Encoding; undefined for none. */
  contentEncoding?: string;
}

function lengthBefore(block: Buffer, length = block.length): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length);
  return Buffer.concat([head, block]);
}

function* blocks(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The stream of snappy-java: magic, version, oldest compatible version, then blocks with their lengths before them. */
function snappyJava(bytes: Buffer): Buffer {
  const header = Buffer.from('82534e41505059000000000100000001', 'hex');
  const compressed = [...blocks(bytes, 32 * 1024)].map((block) => lengthBefore(compressSync(block)));
  return Buffer.concat([header, ...compressed]);
}

/** The blocks of Hadoop: uncompressed length, compressed length, and the block. */
function hadoopSnappy(bytes: Buffer): Buffer {
  const compressed = [...blocks(bytes, 256 * 1024)].map((block) =>
    lengthBefore(lengthBefore(compressSync(block)), block.length),
  );
  return Buffer.concat(compressed);
}

/**
 * The formats of Firehose. The extensions are from the AWS page. The exception is Hadoop Snappy: delivered objects had
 * the extension `.snappy`. The encodings are also from delivered objects.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_ExtendedS3DestinationConfiguration.html
 */
const compressions: Readonly<Record<CompressionFormat, Compression>> = {
  UNCOMPRESSED: { compress: (bytes) => bytes, extension: '' },
  GZIP: { compress: promisify(gzip), extension: '.gz', contentEncoding: 'gzip' },
  ZIP: { compress: (bytes) => Buffer.from(zipSync({ [randomUUID()]: bytes })), extension: '.zip' },
  Snappy: { compress: snappyJava, extension: '.snappy' },
  HADOOP_SNAPPY: { compress: hadoopSnappy, extension: '.snappy', contentEncoding: 'hadoop-snappy' },
};

export { compressions };
