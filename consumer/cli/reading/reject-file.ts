import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Reject } from '../../records/outcome';
import { rejectJson } from '../formats/reject-formats';
import { writeFailure } from '../output/write-failure';
import { OutputError, UsageError } from '../process/exit-code';

/** The file for rejects, one JSON object per line. */
class RejectFile {
  private failure: OutputError | undefined;

  private constructor(private readonly stream: WriteStream) {
    stream.on('error', ({ code }: NodeJS.ErrnoException) => {
      this.failure = new OutputError(
        `cannot write rejects to ${stream.path}: ${code}; free disk space, or choose another file`,
      );
    });
  }

  /**
   * Opens the file and empties it; undefined without a path.
   * @throws {UsageError} when it cannot be written
   */
  static async open(path: string | undefined): Promise<RejectFile | undefined> {
    if (path === undefined) return undefined;
    const stream = createWriteStream(path);
    try {
      await once(stream, 'open');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException; // thrown by node:fs
      throw new UsageError(`cannot write rejects to ${path}: ${writeFailure(path, code)}`);
    }
    return new RejectFile(stream);
  }

  /** @throws {OutputError} when an earlier reject could not be written */
  write(reject: Reject): void {
    if (this.failure !== undefined) throw this.failure;
    this.stream.write(`${rejectJson(reject)}\n`);
  }

  /**
   * Waits until everything is written.
   * @throws {OutputError} when something could not be written
   */
  async close(): Promise<void> {
    this.stream.end();
    await finished(this.stream).catch(() => {}); // the listener handles the error
    if (this.failure !== undefined) throw this.failure;
  }
}

export { RejectFile };
