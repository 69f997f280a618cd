import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A Parquet file, read by an independent library. */
interface ParquetFile {
  /** `event_date=2026-03-04/data_0.parquet` */
  name: string;
  codecs: string[];
  rows: Record<string, unknown>[];
}

/**
 * All Parquet files below a folder, in the order of their names.
 * @param what `rows` to read the values, `codecs` to look at the metadata only
 */
function readParquet(folder: string, what: 'rows' | 'codecs'): ParquetFile[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.parquet'),
  );
  names.sort();
  const paths = names.map((name) => join(folder, name));
  const args = [join(__dirname, 'print-rows.mjs'), what, ...paths];
  const lines = execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 28 }).split('\n');
  return names.map((name, index) => ({ name, ...JSON.parse(lines[index] ?? '{}') }));
}

export { type ParquetFile, readParquet };
