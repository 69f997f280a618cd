import type { BigIntStats } from 'node:fs';
import { fstatSync, readFileSync, statSync, writeFileSync } from 'node:fs';

/** The file beside an archive that lists the outputs written from it. */
function outputsFile(archive: string): string {
  return `${archive}.outputs`;
}

/** Maximum number of outputs in the list. The oldest are removed. */
const maxOutputs = 1_000;

/** The mark of a file's present state. It does not depend on the name, and differs after a change of the file. */
function fileMark({ size, mtimeNs, ino }: Pick<BigIntStats, 'size' | 'mtimeNs' | 'ino'>): string {
  return [size, mtimeNs, ino].join(':');
}

/** Reads the marks of the record files that were written from an archive. */
function readOutputs(archive: string): string[] {
  try {
    return readFileSync(outputsFile(archive), 'latin1').split('\n').filter(Boolean);
  } catch {
    return []; // nothing was written from it
  }
}

/**
 * Lists a file of records as an output of an archive. An ingest of its folder then does not take it for a delivered
 * object.
 *
 * @param output the file's path or its descriptor; skipped unless it is a regular file
 */
function rememberOutput(archive: string, output: string | number): void {
  const status =
    typeof output === 'number' ? fstatSync(output, { bigint: true }) : statSync(output, { bigint: true });
  if (!status.isFile()) return;
  const marks = [...readOutputs(archive), fileMark(status)].slice(-maxOutputs);
  try {
    writeFileSync(outputsFile(archive), `${marks.join('\n')}\n`, { mode: 0o600 });
  } catch {
    // A reader may have no permission to write there. Then an ingest of the folder finds duplicates, which are counted.
  }
}

export { fileMark, readOutputs, rememberOutput };
