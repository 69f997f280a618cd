import { crc32 } from 'node:zlib';
import type { ByteSource } from './byte-source';
import { DecompressionError } from './decompression-error';

/** The sizes of an entry, from its header or from its data. */
interface EntrySizes {
  crc: number;
  compressed: number;
  size: number;
  /** Offset of its local header from the first byte of the archive. */
  offset: number;
}

/** Value of a 32-bit field whose actual value is in the zip64 extra field. */
const in64 = 0xffffffff;

/** Maximum length of the zip64 end record. Its extensible part is not used. */
const maxEndBytes = 64 * 1024;

/** The signatures at the start of the parts of an archive. */
const signature = {
  localHeader: 0x04034b50,
  descriptor: 0x08074b50,
  centralHeader: 0x02014b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
  end: 0x06054b50,
} as const;

/**
 * Takes exactly `count` bytes.
 * @throws {DecompressionError} when the source ends before them
 */
async function takeAll(source: ByteSource, count: number, part: string): Promise<Buffer> {
  const bytes = await source.take(count);
  if (bytes.length === count) return bytes;
  source.checkEnd();
  throw new DecompressionError(`zip: the archive ends within ${part}`);
}

/**
 * Returns the signature of the next part without taking it. Returns undefined after the end of the archive.
 */
async function nextSignature(source: ByteSource): Promise<number | undefined> {
  const bytes = await source.peek(4);
  if (bytes.length === 0) source.checkEnd();
  return bytes.length < 4 ? undefined : bytes.readUInt32LE(0);
}

function big(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}

/**
 * Returns the values of header fields. Values that did not fit are in the zip64 extra field.
 * @param fields in the order of that extra field
 */
function wideValues<Fields extends Record<string, number>>(extra: Buffer, fields: Fields): Fields {
  const wide: Record<string, number> = { ...fields };
  let at = 0;
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== 1) at += 4 + extra.readUInt16LE(at + 2);
  let value = at + 4;
  for (const [name, field] of Object.entries(fields)) {
    if (field !== in64 || value + 8 > extra.length) continue;
    wide[name] = big(extra, value);
    value += 8;
  }
  return wide as Fields; // the same names
}

/**
 * A tally of entries: their number and a sum that does not depend on their order, so that memory does not
 * grow.
 */
class EntryTally {
  count = 0;
  private sum = 0;

  add({ crc, compressed, size, offset }: EntrySizes): void {
    this.count++;
    this.sum = (this.sum + crc32(`${crc} ${compressed} ${size} ${offset}`)) % 2 ** 32;
  }

  equals(other: EntryTally): boolean {
    return this.count === other.count && this.sum === other.sum;
  }
}

async function takeCentralHeader(source: ByteSource): Promise<EntrySizes> {
  const part = 'its directory';
  const header = await takeAll(source, 46, part);
  await takeAll(source, header.readUInt16LE(28), part); // the name
  const extra = await takeAll(source, header.readUInt16LE(30), part);
  await takeAll(source, header.readUInt16LE(32), part); // the comment
  const sizes = wideValues(extra, {
    size: header.readUInt32LE(24),
    compressed: header.readUInt32LE(20),
    offset: header.readUInt32LE(42),
  });
  return { crc: header.readUInt32LE(16), ...sizes };
}

/** The description of the directory in an end record. */
interface DirectoryEnd {
  countHere: number;
  count: number;
  bytes: number;
  offset: number;
}

async function takeEnd64(source: ByteSource): Promise<DirectoryEnd> {
  const part = 'its end record';
  const length = big(await takeAll(source, 12, part), 4);
  if (length < 44 || length > maxEndBytes) throw new DecompressionError('zip: the end record is damaged');
  const record = await takeAll(source, length, part);
  if ((await nextSignature(source)) === signature.locator64) await takeAll(source, 20, part);
  return {
    countHere: big(record, 12),
    count: big(record, 20),
    bytes: big(record, 28),
    offset: big(record, 36),
  };
}

async function takeEnd(source: ByteSource): Promise<DirectoryEnd> {
  const part = 'its end record';
  const record = await takeAll(source, 22, part);
  await takeAll(source, record.readUInt16LE(20), part); // the comment
  return {
    countHere: record.readUInt16LE(8),
    count: record.readUInt16LE(10),
    bytes: record.readUInt32LE(12),
    offset: record.readUInt32LE(16),
  };
}

/**
 * Takes the directory at the end of an archive and compares it with the entries that were read.
 *
 * @param start offset of the archive in the source
 * @throws {DecompressionError} when it is missing, cut off, or lists other entries
 */
async function takeDirectory(source: ByteSource, entries: EntryTally, start: number): Promise<void> {
  const offset = source.taken - start;
  const listed = new EntryTally();
  while ((await nextSignature(source)) === signature.centralHeader)
    listed.add(await takeCentralHeader(source));
  const bytes = source.taken - start - offset;
  const large = (await nextSignature(source)) === signature.end64 ? await takeEnd64(source) : undefined;
  const next = await nextSignature(source);
  if (next === undefined) throw new DecompressionError('zip: the archive ends without its end record');
  if (next !== signature.end)
    throw new DecompressionError('zip: the archive has no directory after its entries');
  const small = await takeEnd(source);
  const found: DirectoryEnd = { countHere: listed.count, count: listed.count, bytes, offset };
  const agrees = (['countHere', 'count', 'bytes', 'offset'] as const).every((field) => {
    const none = field.startsWith('count') ? 0xffff : in64;
    const isIn64 = large !== undefined && small[field] === none;
    return found[field] === small[field] || isIn64;
  });
  const agrees64 =
    large === undefined ||
    Object.entries(found).every(([field, value]) => large[field as keyof DirectoryEnd] === value);
  if (!agrees || !agrees64 || !listed.equals(entries)) {
    throw new DecompressionError('zip: the directory does not match the entries');
  }
}

export { type EntrySizes, EntryTally, nextSignature, signature, takeAll, takeDirectory, wideValues };
