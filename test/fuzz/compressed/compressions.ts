import { gzipSync } from 'node:zlib';
import { Zip, ZipDeflate, zipSync } from 'fflate';
import { compressSync } from 'snappy';

/** A place in compressed bytes at which a part ends, and the number of uncompressed bytes before it. */
interface Boundary {
  at: number;
  plain: number;
}

/** Compressed bytes, with the ends of their members, blocks or entries. */
interface Compressed {
  bytes: Buffer;
  /** From the start to the end, in order. */
  boundaries: Boundary[];
  /** Whether a checksum covers the content. */
  isChecked: boolean;
  /** Whether the format marks its end, so that a missing part at the end can be detected. */
  hasEndMarker: boolean;
  /** A multiple of this number of zero bytes can be between parts; 0 for none. */
  padding: number;
  /** Bits at the start of each part that no reader checks. Parts that differ only in them are equal. */
  uncheckedBits: Buffer;
}

/** Compresses parts of a content, each into its own member, block or entry. */
type Compression = (parts: readonly Buffer[]) => Compressed;

/** Compresses parts for a format that concatenates them. */
function concatenated(
  head: Buffer,
  parts: readonly Buffer[],
  compress: (part: Buffer, index: number) => Buffer,
) {
  const boundaries: Boundary[] = [{ at: 0, plain: 0 }];
  const written = [head];
  let at = head.length;
  let plain = 0;
  for (const [index, part] of parts.entries()) {
    const compressed = compress(part, index);
    written.push(compressed);
    at += compressed.length;
    plain += part.length;
    boundaries.push({ at, plain });
  }
  return { bytes: Buffer.concat(written), boundaries };
}

const none = Buffer.alloc(0);

/** Unchecked bits of a gzip header: the flag FTEXT, the time, the extra flags and the operating system. */
const gzipHeaderBits = Buffer.from('00000001ffffffffffff', 'hex');

const withoutEndMarker = { isChecked: true, hasEndMarker: false, padding: 1, uncheckedBits: gzipHeaderBits };

const gzip: Compression = (parts) => ({
  ...concatenated(Buffer.alloc(0), parts, (part) => gzipSync(part)),
  ...withoutEndMarker,
});

const paddedGzip: Compression = (parts) => {
  const zeros = Buffer.alloc(7);
  const { bytes, boundaries } = concatenated(Buffer.alloc(0), parts, (part, index) =>
    index === 0 ? gzipSync(part) : Buffer.concat([zeros, gzipSync(part)]),
  );
  return { bytes: Buffer.concat([bytes, zeros]), boundaries, ...withoutEndMarker };
};

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function lengthPrefixed(block: Buffer): Buffer {
  return Buffer.concat([number(block.length), block]);
}

/** The stream of SnappyOutputStream in snappy-java. */
const xerial: Compression = (parts) => ({
  ...concatenated(Buffer.from('82534e41505059000000000100000001', 'hex'), parts, (part) =>
    lengthPrefixed(compressSync(part)),
  ),
  isChecked: false,
  hasEndMarker: false,
  padding: 0,
  uncheckedBits: none,
});

/** The block format of Hadoop, with one or two compressed parts per block. */
const hadoop: Compression = (parts) => ({
  ...concatenated(Buffer.alloc(0), parts, (part) => {
    const half = Math.ceil(part.length / 2);
    const halves = [part.subarray(0, half), part.subarray(half)].filter(({ length }) => length > 0);
    return Buffer.concat([number(part.length), ...halves.map((half) => lengthPrefixed(compressSync(half)))]);
  }),
  isChecked: false,
  hasEndMarker: false,
  padding: 4, // an empty block
  uncheckedBits: none,
});

/** Reads the ends of the entries of a zip from its central directory. */
function zipped(bytes: Buffer, parts: readonly Buffer[]): Compressed {
  const directory = bytes.readUInt32LE(bytes.length - 6);
  const boundaries: Boundary[] = [];
  let plain = 0;
  let header = directory;
  for (const part of parts) {
    boundaries.push({ at: bytes.readUInt32LE(header + 42), plain });
    header += 46 + bytes.readUInt16LE(header + 28) + bytes.readUInt16LE(header + 30);
    plain += part.length;
  }
  boundaries.push({ at: directory, plain });
  return { bytes, boundaries, isChecked: true, hasEndMarker: true, padding: 0, uncheckedBits: none };
}

/** A zip with the lengths of entries before the entries. */
function zipOf(level: 0 | 6): Compression {
  return (parts) => {
    const entries = Object.fromEntries(parts.map((part, index) => [`e${index}`, part]));
    return zipped(Buffer.from(zipSync(entries, { level })), parts);
  };
}

/** A zip with the lengths of entries after the entries, as in streaming writers. */
const streamedZip: Compression = (parts) => {
  const written: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    written.push(chunk);
  });
  for (const [index, part] of parts.entries()) {
    const entry = new ZipDeflate(`e${index}`);
    zip.add(entry);
    entry.push(part, true);
  }
  zip.end();
  return zipped(Buffer.concat(written), parts);
};

/** Returns a compression around another. Its only boundary is the end. */
function around(outer: Compression, inner: Compression): Compression {
  return (parts) => {
    const content = Buffer.concat(parts);
    const within = inner([content]);
    const half = Math.ceil(within.bytes.length / 2);
    const { bytes, isChecked, hasEndMarker, padding, uncheckedBits } = outer([
      within.bytes.subarray(0, half),
      within.bytes.subarray(half),
    ]);
    return {
      bytes,
      boundaries: [
        { at: 0, plain: 0 },
        { at: bytes.length, plain: content.length },
      ],
      isChecked: isChecked || within.isChecked,
      hasEndMarker: hasEndMarker || within.hasEndMarker,
      padding,
      uncheckedBits,
    };
  };
}

const compressions = {
  gzip,
  paddedGzip,
  xerial,
  hadoop,
  storedZip: zipOf(0),
  deflatedZip: zipOf(6),
  streamedZip,
  gzipTwice: around(gzip, gzip),
  gzipAroundXerial: around(gzip, xerial),
  gzipAroundHadoop: around(gzip, hadoop),
  gzipAroundZip: around(gzip, streamedZip),
  xerialAroundGzip: around(xerial, gzip),
  hadoopAroundGzip: around(hadoop, gzip),
  zipAroundGzip: around(streamedZip, gzip),
  storedZipAroundXerial: around(zipOf(0), xerial),
} as const satisfies Readonly<Record<string, Compression>>;

/** The names of the compressions. */
const compressionForms = Object.keys(compressions) as (keyof typeof compressions)[]; // Object.keys returns strings

export { type Compressed, compressionForms, compressions };
