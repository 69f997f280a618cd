import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../process/exit-code';

/** What an export puts into its folder: nothing else is ever removed. */
const exported = /^event_date=/;

/** The folder behind a name, once it is known that it may be written or replaced. */
function folderBehind(path: string, overwrite: boolean): string {
  if (!existsSync(path)) return resolve(path);
  if (!statSync(path).isDirectory()) throw new UsageError(`${path} is no folder: name another one`);
  const names = readdirSync(path);
  const strange = names.find((name) => !exported.test(name));
  if (strange !== undefined) {
    throw new UsageError(`${path} holds ${strange}, which no export has written: name another folder`);
  }
  if (names.length > 0 && !overwrite) {
    throw new UsageError(
      `${path} is not empty: name another folder, or add --overwrite to replace the export in it`,
    );
  }
  return realpathSync(path);
}

/**
 * Writes a folder that has its name only once it is whole: until then it lies beside as `NAME.PID.partial`.
 * An older export in its place is removed only when the new one is there.
 *
 * @param work writes into a folder that is there and empty; when it fails, everything stays as it was
 * @throws {UsageError} when the folder may not be replaced, or cannot be made
 */
async function writeOutputFolder<Result>(
  path: string,
  { overwrite }: { overwrite: boolean },
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const target = folderBehind(path, overwrite);
  const partial = `${target}.${process.pid}.partial`;
  const replaced = `${target}.${process.pid}.replaced`;
  try {
    mkdirSync(partial, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // what node:fs throws
    throw new UsageError(`cannot write ${path}: ${code}; name a folder in a directory that exists`);
  }
  try {
    const result = await work(partial);
    if (existsSync(target)) {
      chmodSync(partial, statSync(target).mode);
      renameSync(target, replaced);
    }
    try {
      renameSync(partial, target);
    } catch (error) {
      if (existsSync(replaced)) renameSync(replaced, target);
      throw error;
    }
    return result;
  } finally {
    for (const folder of [partial, replaced]) rmSync(folder, { recursive: true, force: true });
  }
}

export { writeOutputFolder };
