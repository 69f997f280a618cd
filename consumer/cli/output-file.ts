import { once } from 'node:events';
import { chmodSync, createWriteStream, existsSync, realpathSync, rmSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { OutputError, UsageError } from './exit-code';
import { interruption } from './interruption';
import { Output } from './output';

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
 * Writes a file that has its name only once it is whole: until then it lies beside as `NAME.PID.partial`. A
 * work that the user has stopped leaves none.
 *
 * @throws {UsageError} when the file is there and is not to be replaced, or cannot be made
 * @throws {OutputError} when it cannot be written to its end
 */
async function writeOutputFile<Result>(
  path: string,
  { overwrite }: { overwrite: boolean },
  work: (output: Output) => Promise<Result>,
): Promise<Result> {
  const target = fileBehind(path, overwrite);
  const partial = `${target}.${process.pid}.partial`;
  const stream = createWriteStream(partial, { flags: 'wx', mode: 0o600 });
  try {
    await once(stream, 'open');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // what node:fs throws
    throw new UsageError(`cannot write ${path}: ${code}; name a file in a directory that exists`);
  }
  let failure: NodeJS.ErrnoException | undefined;
  stream.on('error', (error) => {
    failure = error;
  });
  try {
    const result = await work(new Output(stream));
    stream.end();
    await finished(stream);
    chmodSync(partial, modeOf(target));
    if (!interruption.requested) await rename(partial, target);
    return result;
  } catch (error) {
    if (failure === undefined) throw error;
    throw new OutputError(`cannot write ${path}: ${failure.code}; make room or name another file`);
  } finally {
    stream.destroy();
    rmSync(partial, { force: true });
  }
}

export { writeOutputFile };
