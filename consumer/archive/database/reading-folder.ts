import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const mark = '.reading-';

/**
 * A folder for what a reader of an open archive has to put down, which holds personal data: beside the
 * archive, so that the next writer removes what a killed process left; the system's temporary one where
 * the reader may not write there. Nobody else may look into it.
 *
 * @param path the archive's file, which has to be open: a writer takes the folder of any other reader for left
 */
function makeReadingFolder(path: string): string {
  try {
    return mkdtempSync(`${realpathSync(path)}${mark}`);
  } catch {
    return mkdtempSync(join(tmpdir(), 'ses-events-'));
  }
}

/** Removes what readers left that were killed; for a writer, beside whom nobody reads. */
function removeReadingFolders(path: string): void {
  const file = realpathSync(path);
  for (const entry of readdirSync(dirname(file))) {
    const isLeft =
      entry.startsWith(basename(file) + mark) &&
      /^[A-Za-z0-9]{6}$/.test(entry.slice(basename(file).length + mark.length));
    if (isLeft) rmSync(join(dirname(file), entry), { recursive: true, force: true });
  }
}

export { makeReadingFolder, removeReadingFolders };
