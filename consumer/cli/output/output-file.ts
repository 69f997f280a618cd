import {
  chmodSync,
  createWriteStream,
  existsSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { rename } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { terminalText } from '../../texts/terminal-text';
import type { CommandContext } from '../process/context';
import { OutputError, UsageError } from '../process/exit-code';
import { Output } from './output';
import { writeFailure } from './write-failure';

/** Returns the mode of a new file: readable by its owner only, or the mode of the file that it replaces. */
function modeOf(target: string): number {
  return existsSync(target) ? statSync(target).mode : 0o600;
}

/** Resolves the file for a path. Symbolic links are followed, so that writing does not replace them. */
function resolveFile(path: string, overwrite: boolean): string {
  if (!existsSync(path)) return path;
  const status = statSync(path);
  if (!status.isFile()) {
    const kind = status.isDirectory() ? 'a folder' : 'not a file';
    throw new UsageError(`cannot write ${path}: it is ${kind}; choose a file, or omit --output`);
  }
  if (!overwrite)
    throw new UsageError(`${path} already exists: choose another file, or add --overwrite to replace it`);
  return realpathSync(path);
}

/**
 * Writes a file atomically. Until it is complete it is named `NAME.PID.partial`, in the same folder.
 * Interrupted work leaves no file.
 *
 * @param work writes the file of that name, which exists and is empty; returns undefined if it has not, and there is no file
 * @throws {UsageError} when the file exists and must not be replaced, or cannot be created
 */
async function makeOutputFile<Result>(
  context: CommandContext,
  path: string,
  { overwrite }: { overwrite: boolean },
  work: (partial: string) => Promise<Result | undefined>,
): Promise<Result | undefined> {
  const target = resolveFile(path, overwrite);
  const partial = `${target}.${process.pid}.partial`;
  try {
    writeFileSync(partial, '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // thrown by node:fs
    throw new UsageError(`cannot write ${path}: ${writeFailure(path, code)}`);
  }
  try {
    const result = await work(partial);
    if (context.isInterrupted || result === undefined) return undefined;
    chmodSync(partial, modeOf(target));
    await rename(partial, target);
    return result;
  } finally {
    rmSync(partial, { force: true });
  }
}

/** Options for the place of the output. */
interface OutputOptions {
  /** @default - standard output */
  output?: string;
  /** @default false */
  overwrite?: boolean;
}

/**
 * Writes text or bytes to standard output, or to a file through {@link makeOutputFile}.
 *
 * @param work receives whether the output is a terminal
 * @returns the result of the work; undefined when the user interrupted it and there is no file
 * @throws {UsageError} when the file exists and must not be replaced, or cannot be created
 * @throws {OutputError} when it cannot be written completely
 */
async function writeOutput<Result>(
  context: CommandContext,
  { output: path, overwrite = false }: OutputOptions,
  work: (output: Output, isTerminal: boolean) => Promise<Result>,
): Promise<Result | undefined> {
  if (path === undefined) return work(new Output(context.stdout), context.stdout.isTTY === true);
  return makeOutputFile(context, path, { overwrite }, async (partial) => {
    const stream = createWriteStream(partial);
    let failure: NodeJS.ErrnoException | undefined;
    stream.on('error', (error) => {
      failure = error;
    });
    try {
      const result = await work(new Output(stream), false);
      stream.end();
      await finished(stream);
      return result;
    } catch (error) {
      if (failure === undefined) throw error;
      throw new OutputError(`cannot write ${path}: ${failure.code}; free disk space, or choose another file`);
    } finally {
      stream.destroy();
    }
  });
}

/** Formats the place of the output, shown after its size; empty for standard output. */
function placeText({ output }: OutputOptions): string {
  return output === undefined ? '' : ` in ${terminalText(output)}`;
}

export { makeOutputFile, type OutputOptions, placeText, writeOutput };
