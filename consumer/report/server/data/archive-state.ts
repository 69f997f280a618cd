import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';

/** Returns the identity, size and time of a file; empty when there is none. */
function fileState(path: string): string {
  const status = statSync(path, { bigint: true, throwIfNoEntry: false });
  return status === undefined ? '' : [status.dev, status.ino, status.size, status.mtimeNs].join('-');
}

/**
 * Returns a text that changes with each commit to an archive. It is a digest, because a browser gets it.
 */
function archiveState(path: string): string {
  const files = [path, `${path}.wal`].map(fileState).join('/');
  return createHash('sha256').update(files).digest('base64url').slice(0, 16);
}

export { archiveState };
