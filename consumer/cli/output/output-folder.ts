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
import { writeFailure } from './write-failure';

/** Names that an export creates in its folder. Nothing else is ever removed. */
const exported = /^event_date=/;

/** Resolves the folder for a path, and checks that it can be written or replaced. */
function resolveFolder(path: string, overwrite: boolean): string {
  if (!existsSync(path)) return resolve(path);
  if (!statSync(path).isDirectory()) throw new UsageError(`${path} is not a folder: choose a folder`);
  const names = readdirSync(path);
  const other = names.find((name) => !exported.test(name));
  if (other !== undefined) {
    throw new UsageError(`${path} contains ${other}, which is not part of an export: choose another folder`);
  }
  if (names.length > 0 && !overwrite) {
    throw new UsageError(
      `${path} is not empty: choose another folder, or add --overwrite to replace the export in it`,
    );
  }
  return realpathSync(path);
}

/**
 * Writes a folder atomically. Until it is complete it is named `NAME.PID.partial`, in the same parent folder.
 * An older export is removed only after the new one exists.
 *
 * @param work writes into an existing, empty folder; when it fails, nothing else changes
 * @throws {UsageError} when the folder must not be replaced, or cannot be created
 */
async function writeOutputFolder<Result>(
  path: string,
  { overwrite }: { overwrite: boolean },
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const target = resolveFolder(path, overwrite);
  const partial = `${target}.${process.pid}.partial`;
  const replaced = `${target}.${process.pid}.replaced`;
  try {
    mkdirSync(partial, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // thrown by node:fs
    throw new UsageError(`cannot write ${path}: ${writeFailure(target, code)}`);
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
