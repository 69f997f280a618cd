import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ErasureError } from './places/unerasable-error';

const saltBytes = 32;
const salt = new RegExp(`^[0-9a-f]{${2 * saltBytes}}\\n$`);

/** The file of the salt, beside a manifest. */
function saltPath(manifest: string): string {
  return `${manifest}.salt`;
}

/** Creates the file atomically. An existing one remains: another run can have created it meanwhile. */
function create(path: string): void {
  const partial = `${path}.${process.pid}.partial`;
  try {
    writeFileSync(partial, `${randomBytes(saltBytes).toString('hex')}\n`, { mode: 0o600, flush: true });
    linkSync(partial, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // node:fs throws these errors
  } finally {
    rmSync(partial, { force: true });
  }
}

/**
 * Returns the salt for pseudonyms without an archive. It is random and secret: with it, you can test whether a guessed address
 * was erased. All runs with the same manifest have the same salt, so that a person has one pseudonym.
 *
 * @param isDryRun whether not to create a missing one
 * @returns undefined when there is none
 * @throws {ErasureError} when the file is not a salt, or cannot be read or created
 */
function readSaltFile(manifest: string, isDryRun: boolean): string | undefined {
  const path = saltPath(manifest);
  let text: string;
  try {
    if (!existsSync(path)) {
      if (isDryRun) return undefined;
      create(path);
    }
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // node:fs throws these errors
    throw new ErasureError(
      `cannot read or create the salt ${path}: ${code}; choose another place with --manifest`,
      {
        cause: error,
      },
    );
  }
  if (!salt.test(text))
    throw new ErasureError(
      `${path} is not a salt: restore it, or choose another manifest for a new salt and new pseudonyms`,
    );
  return text.trim();
}

export { readSaltFile, saltPath };
