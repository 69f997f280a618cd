import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { walkDirectory } from './directory-walk';
import { fileObject } from './file';
import { isPartitionBefore } from './firehose-key';
import type { Source, SourceObject } from './source';

/** Number of concurrent status requests. Several threads answer them. */
const statusesAtOnce = 64;

/**
 * The files below a folder, in the order of their paths. Skips and counts hidden files and folders, links
 * to files that are listed under another name, and `dt=` partitions that end before `since`, less a margin.
 */
class DirectorySource implements Source {
  readonly skippedObjects = { foreign: 0, beforeSince: 0, links: 0 };

  constructor(
    private readonly path: string,
    private readonly options: { since?: Date | undefined } = {},
  ) {}

  async *objects(): AsyncGenerator<SourceObject, void> {
    const { since } = this.options;
    for await (const [name, status] of this.statuses()) {
      const path = join(this.path, name);
      if (status !== undefined && !status.isFile()) {
        if (!status.isDirectory()) this.skippedObjects.foreign++; // a named pipe or device would wait forever
      } else if (since !== undefined && isPartitionBefore(name.replaceAll('\\', '/'), since))
        this.skippedObjects.beforeSince++;
      else yield fileObject(path, status);
    }
  }

  /** Yields the names below the folder in their order, each with its file status. */
  private async *statuses(): AsyncGenerator<[name: string, status: BigIntStats | undefined], void> {
    const { names, hidden, repeated } = await walkDirectory(this.path);
    this.skippedObjects.foreign += hidden;
    this.skippedObjects.links += repeated;
    names.sort();
    for (let at = 0; at < names.length; at += statusesAtOnce) {
      const some = names.slice(at, at + statusesAtOnce);
      const statuses = await Promise.all(
        // A dangling link has no status: opening it reports the error.
        some.map((name) => stat(join(this.path, name), { bigint: true }).catch(() => undefined)),
      );
      yield* some.map((name, index): [string, BigIntStats | undefined] => [name, statuses[index]]);
    }
  }
}

export { DirectorySource };
