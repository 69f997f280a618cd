import { constants } from 'node:fs';
import { access, chmod, chown, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileFingerprint, fileObject } from '../../../sources/file';
import type { Source } from '../../../sources/source';
import type { NewVersion, StoredObject, StoredObjects, StoredVersion } from './stored-object';
import { UnerasableError } from './unerasable-error';

/** Explains an error of node:fs. */
function failure(what: string, path: string, error: unknown): UnerasableError {
  const { code } = error as NodeJS.ErrnoException; // node:fs throws these errors
  return new UnerasableError(
    `${what} ${path}: ${code}; give this user write permission on the folder and the file, and free space`,
    { cause: error },
  );
}

/** The folder has the new name of a file only after it is written, too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Replaces a file by another one on the same disk, with its mode and its owner. */
async function replaceFile(target: string, content: string, fingerprint: string | undefined): Promise<void> {
  const status = await stat(target, { bigint: true });
  if (fileFingerprint(status) !== fingerprint) {
    await rm(content, { force: true });
    throw new UnerasableError('it was changed after it was read: run the command again');
  }
  try {
    await chown(content, Number(status.uid), Number(status.gid));
    await chmod(content, Number(status.mode) & 0o7777);
    await rename(content, target);
    await syncFolder(dirname(target));
  } catch (error) {
    throw failure('cannot replace', target, error);
  }
}

/** Returns a file as an object with one version. */
async function storedFile(path: string, since: Date | undefined): Promise<StoredObject> {
  const name = resolve(path);
  // A dangling link has no status: opening it reports the error.
  const status = await stat(name, { bigint: true }).catch(() => undefined);
  const target = await realpath(name).catch(() => name);
  const fingerprint = status && fileFingerprint(status);
  const version: StoredVersion = {
    object: fileObject(name, status),
    isCurrent: true,
    fingerprint,
    isBefore: since !== undefined && status !== undefined && status.mtime < since,
    isOverwritten: true,
  };
  const noVersions = () => new Error('a file has no versions');
  return {
    name,
    versions: [version],
    markers: [],
    scratch: () => join(dirname(target), `.${basename(target)}.erased`),
    async check(_current, _others, isDryRun) {
      if (status !== undefined && status.nlink > 1n) {
        throw new UnerasableError(
          `it has ${status.nlink} names (hard links), and the others would keep the person: leave one name`,
        );
      }
      if (isDryRun) return;
      await access(dirname(target), constants.W_OK).catch((error: unknown) => {
        throw failure('cannot replace', target, error);
      });
    },
    async replace(_current, { path: content, sha256 }): Promise<NewVersion> {
      await replaceFile(target, content, fingerprint);
      const replaced = await stat(target, { bigint: true });
      return { etag: `sha256:${sha256}`, fingerprint: fileFingerprint(replaced) };
    },
    deleteVersion: () => Promise.reject(noVersions()),
  };
}

/** The files of a source: a folder, a pattern, or named files. */
class LocalFiles implements StoredObjects {
  /**
   * @param isOwn whether a file, by its full path, is the archive, the manifest or one of their companions
   */
  constructor(
    private readonly source: Source,
    private readonly since: Date | undefined,
    private readonly isOwn: (path: string) => boolean,
  ) {}

  get foreign(): number {
    return this.source.skippedObjects.foreign;
  }

  async *objects(): AsyncGenerator<StoredObject, void> {
    for await (const { location } of this.source.objects()) {
      if (location?.at !== 'file' || this.isOwn(resolve(location.path))) continue;
      yield await storedFile(location.path, this.since);
    }
  }
}

export { LocalFiles };
