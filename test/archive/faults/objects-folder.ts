import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type SampleOptions, sampleObjects } from '../../../consumer/sample';

const folders: string[] = [];
afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

/** A folder of delivered objects. It is removed after the tests of the file. */
class ObjectsFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'ses-events-objects-'));

  constructor() {
    folders.push(this.path);
  }

  /** A folder with the output of `ses-events sample`, in many small objects. */
  static sample(options: SampleOptions): ObjectsFolder {
    const folder = new ObjectsFolder();
    for (const { key, bytes } of sampleObjects({ eventsPerObject: 100, ...options }))
      folder.write(key, bytes);
    return folder;
  }

  /** Writes an object, or another version of it. */
  write(name: string, content: string | Uint8Array): void {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

export { ObjectsFolder };
