import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

/** Formats the cause and the fix of an output file or folder that cannot be created, without the path itself. */
function writeFailure(path: string, code: string | undefined): string {
  const folder = dirname(path);
  if (code === 'EISDIR') return 'it is a folder; choose a file';
  if (code === 'ENOTDIR') return `${folder} is not a folder; choose another path`;
  if (code === 'ENOENT' && !existsSync(folder))
    return `the folder ${folder} does not exist; create it, or choose another path`;
  return `${code}; choose a path in a writable folder`;
}

export { writeFailure };
