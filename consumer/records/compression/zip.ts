import { crc32 } from 'node:zlib';
import type { ByteSource } from './byte-source';
import { DecompressionError } from './decompression-error';
import { type DecompressOptions, inflate, inflateAtOnce, zip } from './inflate';
import {
  type EntrySizes,
  EntryTally,
  nextSignature,
  signature,
  takeAll,
  takeDirectory,
  wideValues,
} from './zip-directory';

const stored = 0;
const deflated = 8;

/** Maximum chunk size of a stored entry. */
const storedBytes = 64 * 1024;

/** Maximum length of a data descriptor: with its signature and 64-bit sizes. */
const descriptorBytes = 24;

/** The checksum and sizes of the data of an entry, from its header or measured. */
type DataSizes = Omit<EntrySizes, 'offset'>;

/** The header before the data of an entry. */
interface LocalHeader extends DataSizes {
  isDeflated: boolean;
  /** Whether checksum and sizes follow the data, because the writer did not know them in advance. */
  hasDescriptor: boolean;
}

/**
 * Takes the local header of an entry.
 * @throws {DecompressionError} when the header is cut off, or its format is not supported
 */
async function takeLocalHeader(source: ByteSource): Promise<LocalHeader> {
  const part = 'a header';
  const header = await takeAll(source, 30, part);
  await takeAll(source, header.readUInt16LE(26), part); // the name
  const extra = await takeAll(source, header.readUInt16LE(28), part);
  const flags = header.readUInt16LE(6);
  const method = header.readUInt16LE(8);
  if ((flags & 1) !== 0) throw new DecompressionError('zip: an entry is encrypted, which is not supported');
  if (method !== stored && method !== deflated) {
    throw new DecompressionError(`zip: an entry has compression method ${method} (supported: 0 and 8)`);
  }
  return {
    isDeflated: method === deflated,
    hasDescriptor: (flags & 8) !== 0,
    crc: header.readUInt32LE(14),
    ...wideValues(extra, { size: header.readUInt32LE(22), compressed: header.readUInt32LE(18) }),
  };
}

/**
 * Returns the possible forms of a data descriptor, the longest first: with and without signature, with 64-bit
 * or 32-bit sizes.
 */
function descriptors({ crc, compressed, size }: DataSizes): Buffer[] {
  const large = Buffer.alloc(descriptorBytes);
  large.writeUInt32LE(signature.descriptor, 0);
  large.writeUInt32LE(crc, 4);
  large.writeBigUInt64LE(BigInt(compressed), 8);
  large.writeBigUInt64LE(BigInt(size), 16);
  const small = Buffer.concat([large.subarray(0, 12), large.subarray(16, 20)]);
  return [large, small, large.subarray(4), small.subarray(4)];
}

/** Returns the next data descriptor if it has these sizes. */
async function nextDescriptor(source: ByteSource, sizes: DataSizes): Promise<Buffer | undefined> {
  const bytes = await source.peek(descriptorBytes);
  return descriptors(sizes).find((descriptor) => bytes.subarray(0, descriptor.length).equals(descriptor));
}

async function* inflated(source: ByteSource, options: DecompressOptions): AsyncGenerator<Buffer, void> {
  const short = await inflateAtOnce(source, zip);
  if (short === undefined) yield* inflate(source, zip, options);
  else yield short;
}

async function* storedData(source: ByteSource, length: number): AsyncGenerator<Buffer, void> {
  for (let left = length; left > 0; ) {
    const chunk = await source.takeSome(Math.min(left, storedBytes));
    if (chunk.length === 0) return;
    left -= chunk.length;
    yield chunk;
  }
}

/**
 * Yields a stored entry of unknown length, up to its data descriptor.
 * @param sizes measured so far
 */
async function* storedUpToDescriptor(source: ByteSource, sizes: DataSizes): AsyncGenerator<Buffer, void> {
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(signature.descriptor);
  while (true) {
    const bytes = await source.peek(storedBytes);
    if (bytes.indexOf(mark) === 0 && (await nextDescriptor(source, sizes)) !== undefined) return;
    const at = bytes.indexOf(mark, 1);
    // A descriptor can begin in the last three bytes.
    const end = at === -1 ? bytes.indexOf(mark[0] as number, Math.max(1, bytes.length - 3)) : at;
    const chunk = await source.take(end === -1 ? bytes.length : end);
    if (chunk.length === 0) return;
    yield chunk;
  }
}

/**
 * Decompresses one entry.
 *
 * @param start offset of the archive in the source
 * @throws {DecompressionError} when the entry is damaged, cut off, or does not match its header
 */
async function* unzipEntry(
  source: ByteSource,
  start: number,
  options: DecompressOptions,
): AsyncGenerator<Buffer, EntrySizes> {
  const offset = source.taken - start;
  const header = await takeLocalHeader(source);
  const dataStart = source.taken;
  const found = { crc: 0, size: 0, compressed: 0, offset };
  const { isDeflated, hasDescriptor } = header;
  const isOpenEnded = hasDescriptor && header.compressed === 0;
  const storedChunks = isOpenEnded
    ? storedUpToDescriptor(source, found)
    : storedData(source, header.compressed);
  for await (const chunk of isDeflated ? inflated(source, options) : storedChunks) {
    found.crc = crc32(chunk, found.crc);
    found.size += chunk.length;
    found.compressed = source.taken - dataStart;
    yield chunk;
  }
  found.compressed = source.taken - dataStart;
  source.checkEnd();
  const descriptor = hasDescriptor ? await nextDescriptor(source, found) : undefined;
  const agrees = (['crc', 'size', 'compressed'] as const).every((field) => header[field] === found[field]);
  if (hasDescriptor ? descriptor === undefined : !agrees) {
    throw new DecompressionError('zip: an entry is damaged or cut off: its checksum or size does not match');
  }
  await source.take(descriptor?.length ?? 0);
  return found;
}

async function* unzipArchive(source: ByteSource, options: DecompressOptions): AsyncGenerator<Buffer, void> {
  const start = source.taken;
  const entries = new EntryTally();
  while ((await nextSignature(source)) === signature.localHeader) {
    entries.add(yield* unzipEntry(source, start, options));
  }
  await takeDirectory(source, entries, start);
}

/**
 * Decompresses the entries of a zip archive in order, or of several joined archives. Firehose writes one
 * entry with a UUID as its name. Checksums and sizes are compared with the data, and the directory at the end
 * with the entries. Without a directory, the archive is cut off.
 *
 * @throws {DecompressionError} when the bytes are damaged or end too soon, when an entry is encrypted or has
 * another compression, or when other data follows the archive, after the bytes before it
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
async function* unzip(source: ByteSource, options: DecompressOptions): AsyncGenerator<Buffer, void> {
  do yield* unzipArchive(source, options);
  while ((await nextSignature(source)) === signature.localHeader);
  if ((await source.peek(1)).length > 0)
    throw new DecompressionError('zip: there is other data after the archive');
}

export { unzip };
