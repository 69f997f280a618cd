import { isUtf8 } from 'node:buffer';
import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SourceError } from './source-error';

/** The content of a folder. */
interface Walked {
  /** Paths, relative to the folder, of files and other entries that are not folders. Not sorted. */
  names: string[];
  /** Number of hidden files and hidden folders. The content of hidden folders is not examined. */
  hidden: number;
  /** Number of links, and of linked folders, that are listed under another name. */
  repeated: number;
}

/** Returns the identity of a folder, whatever its path. */
async function folderId(path: string): Promise<string> {
  const { dev, ino } = await stat(path, { bigint: true });
  return `${dev}:${ino}`;
}

async function entries(path: string): Promise<Dirent<Buffer>[]> {
  // As bytes, because a name that is not UTF-8 cannot be converted to text and back.
  return readdir(path, { withFileTypes: true, encoding: 'buffer' });
}

/** A walk through a folder. It visits each folder once, so that links to a parent folder end. */
class DirectoryWalk {
  readonly walked: Walked = { names: [], hidden: 0, repeated: 0 };
  private readonly visited = new Set<string>();
  private links: string[] = [];

  constructor(private readonly root: string) {}

  /** Walks through all folders: real folders first, so that linked files and folders keep their own names. */
  async run(): Promise<Walked> {
    const fileLinks: string[] = [];
    let folders = [''];
    while (folders.length > 0) {
      for (const folder of folders) await this.visit(folder, folders); // the loop includes the folders that it adds
      folders = [];
      for (const link of this.links.splice(0).sort()) {
        const status = await stat(join(this.root, link)).catch(() => undefined); // opening it reports the error
        if (status?.isDirectory() === true) folders.push(link);
        else fileLinks.push(link);
      }
    }
    const targets = new Set<string>();
    for (const link of fileLinks) {
      const target = await realpath(join(this.root, link)).catch(() => undefined); // opening it reports the error
      if (target !== undefined && (targets.has(target) || (await this.isListed(target))))
        this.walked.repeated++;
      else this.walked.names.push(link);
      if (target !== undefined) targets.add(target);
    }
    return this.walked;
  }

  /** Lists a folder, and adds its folders to those that are to be visited. */
  private async visit(folder: string, folders: string[]): Promise<void> {
    const path = join(this.root, folder);
    try {
      const id = await folderId(path);
      if (this.visited.has(id)) {
        this.walked.repeated++;
        return;
      }
      this.visited.add(id);
      for (const entry of await entries(path)) {
        const name = join(folder, entry.name.toString());
        if (basename(name).startsWith('.')) this.walked.hidden++;
        else if (entry.isSymbolicLink()) this.links.push(name);
        else if (entry.isDirectory() && isUtf8(entry.name)) folders.push(name);
        else this.walked.names.push(name);
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException; // node:fs throws these errors
      throw new SourceError(`cannot list ${path}: ${code}; give this user read permission on the folder`, {
        cause: error,
      });
    }
  }

  /** Checks whether a file, by its real path, is listed under its own name. */
  private async isListed(target: string): Promise<boolean> {
    return !basename(target).startsWith('.') && this.visited.has(await folderId(dirname(target)));
  }
}

/**
 * Finds the files below a folder. Follows symbolic links and visits each folder once. Links to folders or
 * files that are already listed are only counted.
 *
 * @throws {SourceError} when a folder cannot be listed
 */
function walkDirectory(root: string): Promise<Walked> {
  return new DirectoryWalk(root).run();
}

export { walkDirectory };
