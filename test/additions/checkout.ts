import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../package/source-files';

/** Number of last lines of the output in the error of a failed command. */
const shownLines = 200;

/** A copy of the repository for changes. It shares the dependencies of the original. */
class Checkout {
  readonly folder = mkdtempSync(join(tmpdir(), 'ses-additions-'));
  private edited = new Set<string>();
  private readonly git = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];

  constructor() {
    const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
    });
    for (const file of files.split('\0').filter(Boolean)) {
      cpSync(join(root, file), join(this.folder, file), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'));
    this.run('git', 'init', '--quiet');
    writeFileSync(join(this.folder, '.git', 'info', 'exclude'), 'node_modules\n'); // a symbolic link, which the pattern of a folder does not match
    this.run('git', 'add', '--all');
    this.run('git', ...this.git, 'commit', '--quiet', '--message', 'Unchanged copy');
  }

  /** Adds a file. */
  add(path: string, text: string): void {
    const file = this.edit(path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx' });
  }

  /**
   * Replaces a text of a file.
   * @throws {Error} unless the file contains the text exactly once
   */
  replace(path: string, text: string, by: string): void {
    const file = this.edit(path);
    const parts = readFileSync(file, 'utf8').split(text);
    if (parts.length !== 2)
      throw new Error(`${path} contains ${JSON.stringify(text)} ${parts.length - 1} times (expected: once)`);
    writeFileSync(file, parts.join(by));
  }

  /**
   * Replaces a text of a page wherever it is.
   * @throws {Error} unless the page contains the text
   */
  replaceEach(path: string, text: string, by: string): void {
    const file = this.edit(path);
    const parts = readFileSync(file, 'utf8').split(text);
    if (parts.length < 2) throw new Error(`${path} does not contain ${JSON.stringify(text)}`);
    writeFileSync(file, parts.join(by));
  }

  /** Inserts a text after another text. Throws like `replace`. */
  insertAfter(path: string, text: string, inserted: string): void {
    this.replace(path, text, text + inserted);
  }

  /** Returns the files that a function changes or adds. */
  editedBy(change: (checkout: this) => void): string[] {
    this.edited = new Set();
    change(this);
    return [...this.edited];
  }

  /** Returns the files that were changed, added or removed. */
  changedFiles(): string[] {
    const status = this.run('git', 'status', '--porcelain', '--untracked-files=all', '--no-renames', '-z');
    return status
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => line.slice(3));
  }

  /**
   * Runs a command in the copy and returns its standard output.
   * @throws {Error} with the end of the output, when the command fails
   */
  run(command: string, ...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: this.folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    if (status === 0) return stdout;
    const shown = `${stdout}${stderr}`.split('\n').slice(-shownLines).join('\n');
    throw new Error(`${command} ${args.join(' ')} failed with exit code ${status}:\n${shown}`);
  }

  private edit(path: string): string {
    this.edited.add(path);
    return join(this.folder, path);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export { Checkout };
