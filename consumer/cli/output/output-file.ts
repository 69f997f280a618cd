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
import type { CommandContext } from '../process/context';
import { OutputError, UsageError } from '../process/exit-code';
import { Output } from './output';
import { terminalText } from './terminal-text';

/** Who may read a file: its owner, or whoever might read the one that it replaces. */
function modeOf(target: string): number {
  return existsSync(target) ? statSync(target).mode : 0o600;
}

/** The file behind a name; a symbolic link is followed, so that it stays. */
function fileBehind(path: string, overwrite: boolean): string {
  if (!existsSync(path)) return path;
  if (!statSync(path).isFile()) throw new UsageError(`${path} is no file: name one, or leave out --output`);
  if (!overwrite)
    throw new UsageError(`${path} is there already: name another file, or add --overwrite to replace it`);
  return realpathSync(path);
}

/**
 * Makes a file that has its name only once it is whole: until then it lies beside as `NAME.PID.partial`. A
 * work that the user has stopped leaves none.
 *
 * @param work writes the file of that name, which is there and empty
 * @throws {UsageError} when the file is there and is not to be replaced, or cannot be made
 */
async function makeOutputFile<Result>(
  context: CommandContext,
  path: string,
  { overwrite }: { overwrite: boolean },
  work: (partial: string) => Promise<Result>,
): Promise<Result | undefined> {
  const target = fileBehind(path, overwrite);
  const partial = `${target}.${process.pid}.partial`;
  try {
    writeFileSync(partial, '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // what node:fs throws
    throw new UsageError(`cannot write ${path}: ${code}; name a file in a directory that exists`);
  }
  try {
    const result = await work(partial);
    if (context.isInterrupted) return undefined;
    chmodSync(partial, modeOf(target));
    await rename(partial, target);
    return result;
  } finally {
    rmSync(partial, { force: true });
  }
}

/** Where a command is told to write. */
interface OutputOptions {
  /** @default - standard output */
  output?: string;
  /** @default false */
  overwrite?: boolean;
}

/**
 * Writes text or bytes to standard output, or to a file, as {@link makeOutputFile} makes it.
 *
 * @param work is told whether a person sees at once what it writes
 * @returns what the work gives; undefined when the user has stopped it and there is no file
 * @throws {UsageError} when the file is there and is not to be replaced, or cannot be made
 * @throws {OutputError} when it cannot be written to its end
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
      throw new OutputError(`cannot write ${path}: ${failure.code}; make room or name another file`);
    } finally {
      stream.destroy();
    }
  });
}

/** Where something was written, to stand behind how much it is; empty for standard output. */
function placeText({ output }: OutputOptions): string {
  return output === undefined ? '' : ` in ${terminalText(output)}`;
}

export { makeOutputFile, type OutputOptions, placeText, writeOutput };
