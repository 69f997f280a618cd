import { realpathSync } from 'node:fs';

/** Files that this process has open, by their real path, and how often for reading; a writer is alone. */
const open = new Map<string, 'writer' | number>();

/**
 * Notes that this process opens a file, and gives what notes that it has closed it; undefined while it has
 * the file open in a way that does not go with this one.
 *
 * DuckDB's lock is one of the process: it keeps other processes out, but neither a second writer of the
 * same process, nor does it outlive the first of two openings that ends.
 */
function hold(path: string, readOnly: boolean): (() => void) | undefined {
  const file = realpathSync(path);
  const others = open.get(file) ?? 0;
  if (others === 'writer' || (others > 0 && !readOnly)) return undefined;
  open.set(file, readOnly ? others + 1 : 'writer');
  return () => {
    const left = open.get(file);
    if (typeof left === 'number' && left > 1) open.set(file, left - 1);
    else open.delete(file);
  };
}

export { hold };
