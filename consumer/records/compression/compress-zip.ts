/** The sizes in a zip archive without extensions have 32 bits. */
const maxBytes = 0xffff_ffff;

/**
 * Compresses into a zip archive with one entry.
 *
 * @throws {RangeError} when the entry is larger than 4 GB
 */
async function* zipped(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Buffer, void> {
  // Only loaded for objects that require it.
  const { Zip, ZipDeflate } = await import('fflate');
  let output: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    output.push(chunk);
  });
  const taken = () => {
    const bytes = Buffer.concat(output);
    output = [];
    return bytes;
  };
  const entry = new ZipDeflate(name);
  // The time of an entry is always the same, so that the same bytes give the same archive.
  entry.mtime = new Date(1980, 0, 1);
  zip.add(entry);
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > maxBytes) throw new RangeError('zip: an entry has more than 4 GB');
    entry.push(chunk);
    if (output.length > 0) yield taken();
  }
  entry.push(new Uint8Array(), true);
  zip.end();
  yield taken();
}

export { zipped };
