import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder, and those above it that are missing; does nothing when it is there. Node's own recursive mkdir never
 * ends where no folder can be made, as in /proc.
 *
 * @throws what node:fs throws when it cannot be made
 */
async function makeFolder(path: string): Promise<void> {
  const code = await mkdir(path).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST' && error.code !== 'ENOENT') throw error;
      return error.code;
    },
  );
  if (code !== 'ENOENT') return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path);
}

export { makeFolder };
