import { isUtf8 } from 'node:buffer';
import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SourceError } from './source-error';

/** What lies below a directory. */
interface Walked {
  /** Paths of files, and of what may be none, from the directory on; not in order. */
  names: string[];
  /** Hidden files and hidden folders; what is in these is not looked at. */
  hidden: number;
  /** Links, and folders that they lead to, that are listed under another name. */
  repeated: number;
}

/** Which folder it is, whatever the path that leads to it. */
async function folderId(path: string): Promise<string> {
  const { dev, ino } = await stat(path, { bigint: true });
  return `${dev}:${ino}`;
}

async function entries(path: string): Promise<Dirent<Buffer>[]> {
  // As bytes: of a name that is not UTF-8 no text leads back to the file.
  return readdir(path, { withFileTypes: true, encoding: 'buffer' });
}

/** One walk through a directory; it visits each folder once, so that links back to a folder above end. */
class DirectoryWalk {
  readonly walked: Walked = { names: [], hidden: 0, repeated: 0 };
  private readonly visited = new Set<string>();
  private links: string[] = [];

  constructor(private readonly root: string) {}

  /** Walks to the end: real folders first, so that what links lead to as well has its own name. */
  async toEnd(): Promise<Walked> {
    const fileLinks: string[] = [];
    let folders = [''];
    while (folders.length > 0) {
      for (const folder of folders) await this.visit(folder, folders); // the loop goes on with what is added
      folders = [];
      for (const link of this.links.splice(0).sort()) {
        const status = await stat(join(this.root, link)).catch(() => undefined); // opening it says why
        if (status?.isDirectory() === true) folders.push(link);
        else fileLinks.push(link);
      }
    }
    const targets = new Set<string>();
    for (const link of fileLinks) {
      const target = await realpath(join(this.root, link)).catch(() => undefined); // as above
      if (target !== undefined && (targets.has(target) || (await this.isListed(target))))
        this.walked.repeated++;
      else this.walked.names.push(link);
      if (target !== undefined) targets.add(target);
    }
    return this.walked;
  }

  /** Notes what is in a folder, and adds the folders in it to those that are to be visited. */
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
      const { code } = error as NodeJS.ErrnoException; // what node:fs throws
      throw new SourceError(`cannot list ${path}: ${code}; let this user read the directory`, {
        cause: error,
      });
    }
  }

  /** Whether a file, by its real path, is listed under its own name. */
  private async isListed(target: string): Promise<boolean> {
    return !basename(target).startsWith('.') && this.visited.has(await folderId(dirname(target)));
  }
}

/**
 * Looks for the files below a directory. Symbolic links are followed, and each folder is visited once: a link to a
 * folder or a file that is listed already is counted instead.
 *
 * @throws {SourceError} when a folder cannot be listed
 */
function walkDirectory(root: string): Promise<Walked> {
  return new DirectoryWalk(root).toEnd();
}

export { walkDirectory };
