import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileObject } from './file';
import { isPartitionBefore } from './partition-time';
import type { LeftOut, Source, SourceObject } from './source';
import { SourceError } from './source-error';

/**
 * The files below a directory, in the order of their paths. Hidden files and folders are left out and
 * counted, and so are `dt=` partitions that lie wholly before `since`.
 */
class DirectorySource implements Source {
  readonly leftOut: LeftOut = { foreign: 0, beforeSince: 0 };

  constructor(
    private readonly path: string,
    private readonly options: { since?: Date | undefined } = {},
  ) {}

  async *objects(): AsyncGenerator<SourceObject, void> {
    const { since } = this.options;
    const names = await this.list();
    for (const name of names.sort()) {
      const path = join(this.path, name);
      const status = await stat(path).catch(() => undefined); // a dangling link: opening it says so
      if (status !== undefined && !status.isFile()) {
        if (!status.isDirectory()) this.leftOut.foreign++; // a named pipe or device would wait for ever
      } else if (/(?:^|[\\/])\./.test(name)) this.leftOut.foreign++;
      else if (since !== undefined && isPartitionBefore(name.replaceAll('\\', '/'), since))
        this.leftOut.beforeSince++;
      else yield fileObject(path, status?.size);
    }
  }

  private async list(): Promise<string[]> {
    try {
      return await readdir(this.path, { recursive: true });
    } catch (error) {
      const { code, path = this.path } = error as NodeJS.ErrnoException; // what node:fs throws
      throw new SourceError(`cannot list ${path}: ${code}; let this user read the directory`, {
        cause: error,
      });
    }
  }
}

export { DirectorySource };
