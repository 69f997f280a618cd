import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

/** Marks the folders of readers, and those of writers for what the engine spills. */
const marks = ['.reading-', '.spilled-'] as const;

function makeFolder(path: string, mark: (typeof marks)[number]): string {
  return mkdtempSync(`${realpathSync(path)}${mark}`); // for its owner alone
}

/**
 * A folder for what a reader of an open archive has to put down, which holds personal data: beside the
 * archive, so that the next writer removes what a killed process left; the system's temporary one where
 * the reader may not write there. Nobody else may look into it.
 *
 * @param path the archive's file, which has to be open: a writer takes the folder of any other reader for left
 */
function makeReadingFolder(path: string): string {
  try {
    return makeFolder(path, '.reading-');
  } catch {
    return mkdtempSync(join(tmpdir(), 'ses-events-'));
  }
}

/**
 * A folder beside the archive for what the engine of a writer spills. Its name is its own: the next writer may have one
 * before this one's is removed.
 */
function makeSpillingFolder(path: string): string {
  return makeFolder(path, '.spilled-');
}

/** Removes what killed processes left in these folders; for a writer, beside whom nobody reads. */
function removeLeftFolders(path: string): void {
  const file = realpathSync(path);
  for (const entry of readdirSync(dirname(file))) {
    const rest = entry.startsWith(basename(file)) ? entry.slice(basename(file).length) : '';
    const isLeft = marks.some(
      (mark) => rest.startsWith(mark) && /^[A-Za-z0-9]{6}$/.test(rest.slice(mark.length)),
    );
    if (isLeft) rmSync(join(dirname(file), entry), { recursive: true, force: true });
  }
}

/**
 * The folder of staged rows, for the only process that has the archive open for writing. What a killed run left there is
 * removed. Nobody else may look into it.
 */
function makeStagingFolder(archive: string): string {
  const folder = `${resolve(archive)}.staging`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

export { makeReadingFolder, makeSpillingFolder, makeStagingFolder, removeLeftFolders };
