import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forgetObjects } from '../../../consumer/archive/objects/forget-objects';
import type { ForgetObjectsOptions } from '../../../consumer/archive/objects/forget-objects-options';
import { ArchiveFolder } from '../archive-folder';
import { address } from './person';

/** A folder of objects, and the manifest beside it. */
class Objects extends ArchiveFolder {
  readonly manifest = join(this.path, 'erasure.ndjson');

  forget(options: ForgetObjectsOptions = {}, person = address) {
    return forgetObjects(person, this.objects, { manifest: this.manifest, ...options });
  }

  withArchive(options: ForgetObjectsOptions = {}) {
    return this.forget({ archive: this.archive, wait: 0, ...options });
  }

  read(name: string): string {
    return readFileSync(join(this.objects, name), 'utf8');
  }

  steps(): { step: string; object: string; [name: string]: unknown }[] {
    const lines = readFileSync(this.manifest, 'utf8').split('\n');
    expect(lines.pop()).toBe('');
    return lines.map((line) => JSON.parse(line));
  }
}

export { Objects };
