import { isAbsolute, relative, sep } from 'node:path';

/**
 * Shortens the path of a file below the working directory, for tables and messages. Other paths, and addresses
 * such as s3://bucket/key, are unchanged. Formats for programs contain the full path.
 *
 * @example
 * ```ts
 * shownPath('/home/ana/delivered/a.gz'); // in /home/ana: delivered/a.gz
 * ```
 */
function shownPath(path: string): string {
  if (!isAbsolute(path)) return path;
  const below = relative('.', path);
  const isBelow = below !== '' && below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
  return isBelow ? below : path;
}

export { shownPath };
