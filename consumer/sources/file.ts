import { type BigIntStats, createReadStream } from 'node:fs';
import type { SourceObject } from './source';
import { UnreadableObjectError } from './source-error';

/** Bytes read from a file at once. */
const readBytes = 256 * 1024;

const advice: Readonly<Record<string, string>> = {
  ENOENT: 'it was there when the directory was listed: read again, or, if it is a link to nothing, remove it',
  ELOOP: 'it is a link that leads to itself: remove it',
  EACCES: 'let this user read the file',
  EPERM: 'let this user read the file',
  EISDIR: 'name a file or a directory of files',
};

/** What to do about a file that cannot be read. */
function adviceFor(code: string, path: string): string {
  // A listing shows bytes that are not UTF-8 as this character, and a name with it leads to nothing.
  if (code === 'ENOENT' && path.includes('\ufffd')) return 'its name is not UTF-8: rename it';
  return advice[code] ?? 'the file cannot be read';
}

async function* openFile(path: string, signal?: AbortSignal): AsyncGenerator<Uint8Array, void> {
  try {
    yield* createReadStream(path, { highWaterMark: readBytes, ...(signal && { signal }) });
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException; // what node:fs throws
    throw new UnreadableObjectError(`${code}: ${adviceFor(code, path)}`, {
      cause: error,
    });
  }
}

/** Size, times and inode: when all are the same, so is the content. */
function fileFingerprint({ size, mtimeNs, ctimeNs, ino }: BigIntStats): string {
  return [size, mtimeNs, ctimeNs, ino].join(':');
}

/** A file as a source object; what the file system says of it is not asked again. */
function fileObject(path: string, status?: BigIntStats): SourceObject {
  return {
    uri: path,
    size: status && Number(status.size),
    location: { at: 'file', path, fingerprint: status && fileFingerprint(status) },
    open: (signal) => openFile(path, signal),
  };
}

export { fileFingerprint, fileObject };
