import { join } from 'node:path';
import { packageRoot } from '../../consumer/cli/process/package-root';
import type { LocalAwsFixture } from '../local-aws/local-aws';
import type { ProcessResult } from '../local-aws/sandbox/sandbox';

/** Runs the command `ses-events` as a process, with an archive in the sandbox. */
class SesEvents {
  readonly archive: string;

  constructor(
    private readonly local: LocalAwsFixture,
    name = 'mail.duckdb',
  ) {
    this.archive = join(local.sandbox.folder, name);
  }

  /** Runs a subcommand with the option --archive. */
  run(...args: readonly string[]): Promise<ProcessResult> {
    return this.command(...args, '--archive', this.archive);
  }

  /** Reads delivered objects, without the archive. */
  read(...args: readonly string[]): Promise<ProcessResult> {
    return this.command('read', ...args);
  }

  /**
   * Runs a subcommand and returns its rows.
   * @throws {Error} with its output, when it fails
   */
  async rows(...args: readonly string[]): Promise<Record<string, unknown>[]> {
    const { code, stdout, stderr } = await this.run(...args, '--format', 'ndjson');
    if (code !== 0) throw new Error(`ses-events ${args.join(' ')} failed with exit code ${code}: ${stderr}`);
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  }

  /** Runs a subcommand without the option --archive. */
  command(...args: readonly string[]): Promise<ProcessResult> {
    const { sandbox, aws } = this.local;
    const command = [
      join('node_modules', 'tsx', 'dist', 'cli.mjs'),
      join('consumer', 'cli', 'ses-events.ts'),
    ];
    const paths = command.map((path) => join(packageRoot(), path));
    return sandbox.run(process.execPath, [...paths, ...args], { env: aws.environment });
  }
}

export { SesEvents };
