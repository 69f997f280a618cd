// Reads Parquet files by a library that shares nothing with the engine that wrote them, and prints for each
// its codecs and its rows as JSON. A process of its own, because the library is ESM only.
import { decompress } from 'fzstd';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';

/** A value as JSON, with times in ISO 8601 and bytes in base64. */
function plain(value) {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value === 'bigint') return Number(value);
  return Array.isArray(value) ? value.map(plain) : value;
}

const compressors = { ZSTD: (input, length) => decompress(input, new Uint8Array(length)) };

async function read(path, withRows) {
  const file = await asyncBufferFromFile(path);
  const { row_groups } = await parquetMetadataAsync(file);
  const codecs = row_groups.flatMap(({ columns }) => columns.map(({ meta_data }) => meta_data.codec));
  const rows = withRows ? await parquetReadObjects({ file, compressors, utf8: false }) : [];
  return {
    codecs: [...new Set(codecs)],
    rows: rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])),
    ),
  };
}

const [withRows, ...paths] = process.argv.slice(2);
for (const path of paths) process.stdout.write(`${JSON.stringify(await read(path, withRows === 'rows'))}\n`);
