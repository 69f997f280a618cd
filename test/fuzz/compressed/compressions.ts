import { gzipSync } from 'node:zlib';
import { Zip, ZipDeflate, zipSync } from 'fflate';
import { compressSync } from 'snappy';

/** A place in compressed bytes before which everything is whole, and how many plain bytes that is. */
interface Boundary {
  at: number;
  plain: number;
}

/** Compressed bytes, and where their members, blocks or entries end. */
interface Compressed {
  bytes: Buffer;
  /** From the start to the end, in order. */
  boundaries: Boundary[];
  /** Whether a checksum covers the content, so that no other content can come of it unnoticed. */
  isChecked: boolean;
  /** Whether the format says where it ends, so that a piece which is missing at the end is noticed. */
  saysItsEnd: boolean;
  /** So many zero bytes, or a multiple, may stand between pieces and say nothing; none where it is 0. */
  padding: number;
  /** Bits at the start of each piece that no reader checks: a piece in which they differ is the same piece. */
  uncheckedBits: Buffer;
}

/** Compresses parts of a content, each into a member, block or entry of its own. */
type Compression = (parts: readonly Buffer[]) => Compressed;

/** What every format is that writes one piece behind the other. */
function pieces(head: Buffer, parts: readonly Buffer[], compress: (part: Buffer, index: number) => Buffer) {
  const boundaries: Boundary[] = [{ at: 0, plain: 0 }];
  const written = [head];
  let at = head.length;
  let plain = 0;
  for (const [index, part] of parts.entries()) {
    const piece = compress(part, index);
    written.push(piece);
    at += piece.length;
    plain += part.length;
    boundaries.push({ at, plain });
  }
  return { bytes: Buffer.concat(written), boundaries };
}

const none = Buffer.alloc(0);

/** Of a gzip header: the flag FTEXT, the time, the extra flags and the operating system. */
const gzipHeaderBits = Buffer.from('00000001ffffffffffff', 'hex');

const unended = { isChecked: true, saysItsEnd: false, padding: 1, uncheckedBits: gzipHeaderBits };

const gzip: Compression = (parts) => ({
  ...pieces(Buffer.alloc(0), parts, (part) => gzipSync(part)),
  ...unended,
});

const paddedGzip: Compression = (parts) => {
  const zeros = Buffer.alloc(7);
  const { bytes, boundaries } = pieces(Buffer.alloc(0), parts, (part, index) =>
    index === 0 ? gzipSync(part) : Buffer.concat([zeros, gzipSync(part)]),
  );
  return { bytes: Buffer.concat([bytes, zeros]), boundaries, ...unended };
};

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function lengthPrefixed(block: Buffer): Buffer {
  return Buffer.concat([number(block.length), block]);
}

/** snappy-java's stream, as its SnappyOutputStream writes it. */
const xerial: Compression = (parts) => ({
  ...pieces(Buffer.from('82534e41505059000000000100000001', 'hex'), parts, (part) =>
    lengthPrefixed(compressSync(part)),
  ),
  isChecked: false,
  saysItsEnd: false,
  padding: 0,
  uncheckedBits: none,
});

/** Hadoop's block format, each block in up to two compressed pieces. */
const hadoop: Compression = (parts) => ({
  ...pieces(Buffer.alloc(0), parts, (part) => {
    const half = Math.ceil(part.length / 2);
    const halves = [part.subarray(0, half), part.subarray(half)].filter(({ length }) => length > 0);
    return Buffer.concat([number(part.length), ...halves.map((some) => lengthPrefixed(compressSync(some)))]);
  }),
  isChecked: false,
  saysItsEnd: false,
  padding: 4, // a block of nothing
  uncheckedBits: none,
});

/** Where the entries of a zip end, by its central directory. */
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
  return { bytes, boundaries, isChecked: true, saysItsEnd: true, padding: 0, uncheckedBits: none };
}

/** Entries whose lengths stand in front of them. */
function zipOf(level: 0 | 6): Compression {
  return (parts) => {
    const entries = Object.fromEntries(parts.map((part, index) => [`e${index}`, part]));
    return zipped(Buffer.from(zipSync(entries, { level })), parts);
  };
}

/** Entries whose lengths stand behind them, as a program writes that does not know them before. */
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

/** One compression around another, of which nothing is whole before all is. */
function around(outer: Compression, inner: Compression): Compression {
  return (parts) => {
    const content = Buffer.concat(parts);
    const within = inner([content]);
    const half = Math.ceil(within.bytes.length / 2);
    const { bytes, isChecked, saysItsEnd, padding, uncheckedBits } = outer([
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
      saysItsEnd: saysItsEnd || within.saysItsEnd,
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

/** How an object may be compressed. */
const compressionForms = Object.keys(compressions) as (keyof typeof compressions)[]; // Object.keys forgets them

export { type Compressed, compressionForms, compressions };
