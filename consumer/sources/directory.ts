import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileObject } from './file';
import { isPartitionBefore } from './partition-time';
import type { LeftOut, Source, SourceObject } from './source';

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
    const names = await readdir(this.path, { recursive: true });
    for (const name of names.sort()) {
      const path = join(this.path, name);
      const status = await stat(path).catch(() => undefined); // a dangling link: opening it says so
      if (status?.isDirectory() === true) continue;
      if (/(?:^|[\\/])\./.test(name)) this.leftOut.foreign++;
      else if (since !== undefined && isPartitionBefore(path.replaceAll('\\', '/'), since))
        this.leftOut.beforeSince++;
      else yield fileObject(path, status?.size);
    }
  }
}

export { DirectorySource };
