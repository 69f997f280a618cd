import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { compressSync } from 'snappy';
import { zip } from './zip-archive';

function lengthPrefixed(block: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(block.length);
  return Buffer.concat([length, block]);
}

function* blocks(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** snappy-java's stream, as its SnappyOutputStream writes it. */
function xerial(bytes: Buffer): Buffer {
  const header = Buffer.from('82534e41505059000000000100000001', 'hex');
  return Buffer.concat([
    header,
    ...[...blocks(bytes, 32 * 1024)].map((block) => lengthPrefixed(compressSync(block))),
  ]);
}

/** Hadoop's block format. */
function hadoop(bytes: Buffer): Buffer {
  return Buffer.concat(
    [...blocks(bytes, 256 * 1024)].map((block) => {
      const total = Buffer.alloc(4);
      total.writeUInt32BE(block.length);
      return Buffer.concat([total, lengthPrefixed(compressSync(block))]);
    }),
  );
}

/** Each supported compression, and some nested ones. */
const compressions: [string, (bytes: Buffer) => Buffer][] = [
  ['nothing', (bytes) => bytes],
  ['gzip', (bytes) => gzipSync(bytes)],
  ['gzip twice', (bytes) => gzipSync(gzipSync(bytes))],
  ['gzip three times', (bytes) => gzipSync(gzipSync(gzipSync(bytes)))],
  [
    'gzip in two members',
    (bytes) => Buffer.concat([gzipSync(bytes.subarray(0, 5)), gzipSync(bytes.subarray(5))]),
  ],
  [
    'gzip in two members with padding',
    (bytes) =>
      Buffer.concat([
        gzipSync(bytes.subarray(0, 5)),
        Buffer.alloc(3),
        gzipSync(bytes.subarray(5)),
        Buffer.alloc(2),
      ]),
  ],
  ['zip', (bytes) => zip([bytes])],
  ['zip as fflate writes it', (bytes) => Buffer.from(zipSync({ entry: bytes }))],
  ['zip without compression', (bytes) => zip([bytes], { method: 'stored' })],
  ['zip as it is streamed', (bytes) => zip([bytes], { descriptor: 'signed' })],
  ['zip as it is streamed without signature', (bytes) => zip([bytes], { descriptor: 'bare' })],
  [
    'zip as it is streamed without compression',
    (bytes) => zip([bytes], { descriptor: 'signed', method: 'stored' }),
  ],
  ['zip64', (bytes) => zip([bytes], { wide: true })],
  ['zip64 as it is streamed', (bytes) => zip([bytes], { wide: true, descriptor: 'signed' })],
  ['zip with two entries', (bytes) => zip([bytes.subarray(0, 5), bytes.subarray(5)])],
  ['two zips', (bytes) => Buffer.concat([zip([bytes.subarray(0, 5)]), zip([bytes.subarray(5)])])],
  ['zip in gzip', (bytes) => gzipSync(zip([bytes]))],
  ['snappy-java', xerial],
  ['snappy-java twice', (bytes) => Buffer.concat([xerial(bytes.subarray(0, 3)), xerial(bytes.subarray(3))])],
  ['Hadoop snappy', hadoop],
  ['gzip around Hadoop snappy', (bytes) => gzipSync(hadoop(bytes))],
  ['snappy around gzip', (bytes) => xerial(gzipSync(bytes))],
];

export { blocks, compressions, hadoop, lengthPrefixed, xerial };
