import type { BigIntStats } from 'node:fs';
import { fstatSync, readFileSync, statSync, writeFileSync } from 'node:fs';

/** The file beside an archive that names what was written from it. */
function outputsFile(archive: string): string {
  return `${archive}.outputs`;
}

/** So many outputs are remembered, the last ones. */
const mostOutputs = 1_000;

/** A file as it is now, under whatever name; it has another mark once it is changed. */
function fileMark({ size, mtimeNs, ino }: Pick<BigIntStats, 'size' | 'mtimeNs' | 'ino'>): string {
  return [size, mtimeNs, ino].join(':');
}

/** The marks of the files of records that were written from an archive. */
function readOutputs(archive: string): string[] {
  try {
    return readFileSync(outputsFile(archive), 'latin1').split('\n').filter(Boolean);
  } catch {
    return []; // nothing was written from it
  }
}

/**
 * Remembers beside an archive that a file holds records which were written from it, so that no ingest of its folder
 * takes it for a delivered object.
 *
 * @param output the file's path, or its descriptor; one that is not a regular file is passed over
 */
function rememberOutput(archive: string, output: string | number): void {
  const status =
    typeof output === 'number' ? fstatSync(output, { bigint: true }) : statSync(output, { bigint: true });
  if (!status.isFile()) return;
  const marks = [...readOutputs(archive), fileMark(status)].slice(-mostOutputs);
  try {
    writeFileSync(outputsFile(archive), `${marks.join('\n')}\n`, { mode: 0o600 });
  } catch {
    // A reader need not be able to write there. Then an ingest of the folder finds duplicates, which are counted.
  }
}

export { fileMark, readOutputs, rememberOutput };
