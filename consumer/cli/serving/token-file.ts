import { readFileSync, statSync } from 'node:fs';
import { UsageError } from '../process/exit-code';

/** Characters of the shortest token that a file can contain. */
const minTokenLength = 32;

/** Permissions of the group and of others in the mode of a file. */
const othersMode = 0o077;

/** Returns a file's mode and text. @throws {UsageError} when it cannot be read */
function readSecret(file: string): { mode: number; text: string } {
  try {
    const status = statSync(file);
    // Reading a pipe would wait for its writer.
    if (!status.isFile()) throw new UsageError(`--token-file ${file} is not a file`);
    return { mode: status.mode, text: readFileSync(file, 'utf8') };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException; // thrown by fs
    throw new UsageError(`--token-file ${file} cannot be read (${code})`);
  }
}

/**
 * Reads the token of a server from a file.
 * @throws {UsageError} when others can read the file, or the token is too short or not one word
 */
function readTokenFile(file: string): string {
  const { mode, text } = readSecret(file);
  // Windows has no such permissions.
  if (process.platform !== 'win32' && (mode & othersMode) !== 0)
    throw new UsageError(`--token-file ${file}: other users can read the file: run chmod 600 ${file}`);
  const token = text.trim();
  if (!/^[\x21-\x7e]+$/.test(token) || token.length < minTokenLength)
    throw new UsageError(
      `--token-file ${file}: a token has ${minTokenLength} characters or more, without spaces: create one with openssl rand -hex 32`,
    );
  return token;
}

export { readTokenFile };
