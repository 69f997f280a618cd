import { type BigIntStats, createReadStream } from 'node:fs';
import type { SourceObject } from './source';
import { UnreadableObjectError } from './source-error';

/** Size of the pieces in which a file is read, in bytes. */
const readBytes = 256 * 1024;

const advice: Readonly<Record<string, string>> = {
  ENOENT: 'it was deleted after the folder was listed: try again; if it is a broken symbolic link, remove it',
  ELOOP: 'the symbolic link points to itself: remove it',
  EACCES: 'give this user read permission on the file',
  EPERM: 'give this user read permission on the file',
  EISDIR: 'it is a folder: use a file, or a folder of files as a source',
};

/** Returns the advice for a file that cannot be read. */
function adviceFor(code: string, path: string): string {
  // Listings replace bytes that are not UTF-8 with this character. A path with it does not exist.
  if (code === 'ENOENT' && path.includes('\ufffd')) return 'its name is not valid UTF-8: rename it';
  return advice[code] ?? 'the file cannot be read';
}

async function* openFile(path: string, signal?: AbortSignal): AsyncGenerator<Uint8Array, void> {
  try {
    yield* createReadStream(path, { highWaterMark: readBytes, ...(signal && { signal }) });
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException; // node:fs throws these errors
    throw new UnreadableObjectError(`${code}: ${adviceFor(code, path)}`, {
      cause: error,
    });
  }
}

/** Returns size, times and inode. When all are the same, so is the content. */
function fileFingerprint({ size, mtimeNs, ctimeNs, ino }: BigIntStats): string {
  return [size, mtimeNs, ctimeNs, ino].join(':');
}

/** Returns a file as a source object. Uses the passed status instead of requesting it again. */
function fileObject(path: string, status?: BigIntStats): SourceObject {
  return {
    uri: path,
    size: status && Number(status.size),
    location: { at: 'file', path, fingerprint: status && fileFingerprint(status) },
    open: (signal) => openFile(path, signal),
  };
}

export { fileFingerprint, fileObject };
