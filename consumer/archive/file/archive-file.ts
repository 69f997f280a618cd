import { accessSync, constants, lstatSync, readlinkSync, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ArchiveError } from '../store/archive-error';

/** The kind of a path that is not a file. */
function kindOf(status: Stats): string {
  if (status.isDirectory()) return 'folder';
  if (status.isFIFO()) return 'named pipe';
  return status.isSocket() ? 'socket' : 'device';
}

function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown error'; // node:fs throws these
}

/** Returns the status of the file at a path; undefined when there is no file. */
function fileStatus(path: string): Stats | undefined {
  let isLink = false;
  try {
    isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
    const status = statSync(path, { throwIfNoEntry: false });
    if (status !== undefined || !isLink) return status;
  } catch (error) {
    const code = errorCode(error);
    const advice =
      isLink && code === 'ELOOP'
        ? 'the symbolic link points to itself: remove it'
        : `${code}: give this user access to its folder`;
    throw new ArchiveError(`cannot open the archive ${path}: ${advice}`, { cause: error });
  }
  throw new ArchiveError(
    `cannot open the archive ${path}: it is a symbolic link to ${readlinkSync(path)}, which does not exist; ` +
      'remove the link, or set --archive to that path to create the archive there',
  );
}

/** Checks that this user can create files beside an archive. */
function checkFolder(path: string): void {
  const folder = dirname(resolve(path));
  const status = statSync(folder, { throwIfNoEntry: false });
  if (status === undefined) {
    throw new ArchiveError(
      `cannot create the archive ${path}: the folder ${folder} does not exist; create it, or choose another file with --archive`,
    );
  }
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ArchiveError(
      `cannot write the archive ${path}: ${errorCode(error)}; its log and temporary files require the same folder: ` +
        `give this user write permission on ${folder}, or choose another file with --archive`,
      { cause: error },
    );
  }
}

/**
 * Checks that a path is a file, or is free where an archive can be created. The engine would wait at a named pipe, and
 * a new archive would replace a dangling link.
 *
 * @throws {ArchiveError} otherwise, with the remedy
 */
function checkArchiveFile(path: string, readOnly: boolean): void {
  if (path.includes('?')) {
    throw new ArchiveError(
      `cannot open the archive ${path}: DuckDB does not support ? in a file name; choose another name`,
    );
  }
  const status = fileStatus(path);
  if (status === undefined && readOnly) {
    throw new ArchiveError(
      `there is no archive ${path}: choose another one with --archive, or create it with ses-events ingest SOURCE --archive ${path}`,
    );
  }
  if (status?.isFile() === false) {
    throw new ArchiveError(
      `cannot open the archive ${path}: it is a ${kindOf(status)}, not a file; choose another one with --archive`,
    );
  }
  if (!readOnly) checkFolder(path);
}

export { checkArchiveFile };
