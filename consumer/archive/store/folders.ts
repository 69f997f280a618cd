import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

/** Marks in the names of readers' folders and of the folders into which a writer's engine spills. */
const marks = ['.reading-', '.spilled-'] as const;

function makeFolder(path: string, mark: (typeof marks)[number]): string {
  return mkdtempSync(`${realpathSync(path)}${mark}`); // only its owner has access
}

/**
 * Makes a folder for the temporary files of a reader of an open archive. They contain personal data, so only the owner
 * has access. The folder is beside the archive, where the next writer removes it after a killed process. Where the
 * reader cannot write there, it is in the system's temporary folder.
 *
 * @param path the archive's file, which must be open: a writer removes the folders of all other readers
 */
function makeReadingFolder(path: string): string {
  try {
    return makeFolder(path, '.reading-');
  } catch {
    return mkdtempSync(join(tmpdir(), 'ses-events-'));
  }
}

/**
 * Makes a folder beside the archive into which a writer's engine spills. Its name is unique: the next writer may make
 * one before this one is removed.
 */
function makeSpillingFolder(path: string): string {
  return makeFolder(path, '.spilled-');
}

/** Removes the folders that killed processes left. For a writer: no reader has the archive open at the same time. */
function removeStaleFolders(path: string): void {
  const file = realpathSync(path);
  for (const entry of readdirSync(dirname(file))) {
    const rest = entry.startsWith(basename(file)) ? entry.slice(basename(file).length) : '';
    const isStale = marks.some(
      (mark) => rest.startsWith(mark) && /^[A-Za-z0-9]{6}$/.test(rest.slice(mark.length)),
    );
    if (isStale) rmSync(join(dirname(file), entry), { recursive: true, force: true });
  }
}

/**
 * Makes the folder of staged rows, for the only process that has the archive open for writing. It removes the files
 * that a killed run left there. Only the owner has access.
 */
function makeStagingFolder(archive: string): string {
  const folder = `${resolve(archive)}.staging`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

export { makeReadingFolder, makeSpillingFolder, makeStagingFolder, removeStaleFolders };
