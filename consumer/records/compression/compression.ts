import type { ByteSource } from './byte-source';

/** A compression of an object's bytes, with the parts of it that the same bytes can have in several ways. */
type Compression =
  | { format: 'gzip' | 'snappy-java' | 'snappy-hadoop' }
  | {
      format: 'zip';
      /** The name of the first entry. */
      entry: string;
    };

/** Bytes of a local header before the name, and the place of the name's length in it. */
const headerBytes = 30;
const nameLengthAt = 26;

/** Returns the name of the entry at the start of a zip archive, without taking it. Empty if the header is cut off. */
async function zipEntryName(source: ByteSource): Promise<string> {
  const header = await source.peek(headerBytes);
  if (header.length < headerBytes) return '';
  const bytes = await source.peek(headerBytes + header.readUInt16LE(nameLengthAt));
  return bytes.toString('utf8', headerBytes);
}

export { type Compression, zipEntryName };
