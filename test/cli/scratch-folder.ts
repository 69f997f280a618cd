import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder for the files of one test file; removed after its tests. */
class ScratchFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'ses-events-cli-'));

  constructor() {
    afterAll(() => rmSync(this.path, { recursive: true }));
  }

  /** Writes a file, and returns its path. */
  write(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  /** Returns the path of a file, which can be missing. */
  at(name: string): string {
    return join(this.path, name);
  }
}

export { ScratchFolder };
