import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { CommandResult } from '../../cli/command-call';
import { run, type Started, startCommand } from '../../cli/run-process';
import {
  type ArchiveContents,
  archiveContents,
  archivedObjects,
  differences,
  faultsWithin,
} from './archive-contents';

const archives: FaultyArchive[] = [];
const running = new Set<Started>();

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

afterAll(() => {
  for (const { folder } of archives) rmSync(folder, { recursive: true, force: true });
});

/** An archive in a separate folder, which processes of the command write, with or without interruption. */
class FaultyArchive {
  readonly folder = mkdtempSync(join(tmpdir(), 'ses-events-faults-'));
  readonly path = join(this.folder, 'mail.duckdb');
  readonly staging = `${this.path}.staging`;
  private readonly args: readonly string[];

  /**
   * @param sources the sources of the ingest
   * @param options further options of the command
   */
  constructor(sources: readonly string[], options: readonly string[] = []) {
    this.args = ['ingest', ...sources, '--archive', this.path, '--allow-rejects', ...options];
    archives.push(this);
  }

  /** The names of the files beside the archive, and its own. */
  get files(): string[] {
    return readdirSync(this.folder).sort();
  }

  /** Starts an ingest. The last value of an option counts. */
  start(...options: string[]): Started {
    const child = startCommand([...this.args, ...options]);
    child.stdin.end();
    running.add(child);
    child.once('exit', () => running.delete(child));
    return child;
  }

  /** Ingests to the end. */
  ingest(...options: string[]): Promise<CommandResult> {
    return run([...this.args, ...options]);
  }

  /** Ingests to the end, and returns the contents of the archive. */
  async undisturbed(): Promise<ArchiveContents> {
    const { code, stderr } = await this.ingest();
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^ingested [\d,]+ records?: .*\n$/)]);
    return archiveContents(this.path);
  }

  /** The inconsistencies of the archive in its current state. */
  faults(): Promise<string[]> | string[] {
    return existsSync(this.path) ? faultsWithin(this.path) : [];
  }

  /** The names of the objects that are in the archive. */
  objects(): Promise<string[]> | string[] {
    return existsSync(this.path) ? archivedObjects(this.path) : [];
  }

  /**
   * Ingests once more without interruption, and compares the result with the expected contents.
   *
   * @param history the previous steps, for the message of a failure
   */
  async expectCompletion(expected: ArchiveContents, history?: unknown): Promise<void> {
    const { code, stderr } = await this.ingest();
    expect({ history, code, stderr }).toEqual({
      history,
      code: 0,
      stderr: expect.stringMatching(/^ingested [\d,]+ records?: .*\n$/),
    });
    expect({ history, files: this.files }).toEqual({ history, files: ['mail.duckdb'] });
    expect({ history, faults: await this.faults() }).toEqual({ history, faults: [] });
    const different = differences(expected, await archiveContents(this.path));
    expect({ history, different }).toEqual({ history, different: [] });
  }
}

/** Waits until a condition is true, or a process has ended. Returns which of them. */
async function until(child: Started, condition: () => boolean): Promise<'so' | 'ended'> {
  while (child.exitCode === null && child.signalCode === null) {
    if (condition()) return 'so';
    await setTimeout(1);
  }
  return 'ended';
}

/** Waits for the end of a process: its exit code, or the signal that ended it. */
async function ending(child: Started): Promise<number | NodeJS.Signals | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode ?? child.signalCode;
}

export { ending, FaultyArchive, until };
