import { closeSync, mkdirSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ArchiveError } from '../store/archive-error';

/** Creates and opens a file that only this process can read, and that no longer exists when the process ends. */
function openUnnamed(folder: string): number {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `lines-${process.pid}-${process.hrtime.bigint()}`);
  const file = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  return file;
}

/** A temporary file for bytes that do not fit into memory. It is created with the first write. */
class SpillFile {
  private file: number | undefined;
  private size = 0;

  constructor(private readonly folder: string) {}

  /**
   * Adds bytes.
   * @returns their place in the file
   * @throws {ArchiveError} when the disk is full
   */
  add(bytes: Uint8Array): number {
    const place = this.size;
    try {
      this.file ??= openUnnamed(this.folder);
      for (let done = 0; done < bytes.length; )
        done += writeSync(this.file, bytes, done, bytes.length - done, place + done);
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException; // thrown by node:fs
      throw new ArchiveError(`cannot write temporary data in ${this.folder}: ${code}; free disk space`, {
        cause,
      });
    }
    this.size += bytes.length;
    return place;
  }

  /** Reads bytes that were added. */
  read(place: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    if (this.file === undefined) throw new Error('nothing was added to the file');
    for (let done = 0; done < length; ) {
      const read = readSync(this.file, bytes, done, length - done, place + done);
      if (read === 0) throw new Error('the temporary file is shorter than what was written to it');
      done += read;
    }
    return bytes;
  }

  /** Removes the file. */
  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }
}

export { SpillFile };
