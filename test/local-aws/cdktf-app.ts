import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../consumer/cli/process/package-root';
import { terraformCommand } from '../terraform/terraform';
import type { LocalAwsFixture } from './local-aws';
import type { ProcessResult } from './sandbox/sandbox';

/** Runs the cdktf command with the app of this package and the environment `local`. */
class CdktfApp {
  private readonly outputsFile: string;

  /** @param settings as in cdktf.json */
  constructor(
    private readonly local: LocalAwsFixture,
    settings: Readonly<Record<string, unknown>>,
  ) {
    const { folder } = local.sandbox;
    this.outputsFile = join(folder, 'outputs.json');
    const app = [join('node_modules', 'tsx', 'dist', 'cli.mjs'), 'main.ts']
      .map((path) => `"${join(packageRoot(), path)}"`)
      .join(' ');
    const manifest = {
      language: 'typescript',
      app: `"${process.execPath}" ${app}`,
      projectId: 'local',
      sendCrashReports: 'false',
      context: { emailEvents: { environments: { local: { region: 'eu-west-1', ...settings } } } },
    };
    writeFileSync(join(folder, 'cdktf.json'), JSON.stringify(manifest));
  }

  /**
   * Deploys and returns the outputs by name.
   * @param overrides environment variables of settings
   * @param onOutput called with the output as it arrives
   * @throws {Error} with the output of the command, when it fails
   */
  async deploy(
    overrides: NodeJS.ProcessEnv = {},
    onOutput?: (text: string) => void,
  ): Promise<Record<string, unknown>> {
    // A local mirror has no checksums for other platforms.
    const options = ['--auto-approve', '--skip-provider-lock', '--outputs-file', this.outputsFile];
    const { code, stdout, stderr } = await this.cdktf('deploy', options, overrides, onOutput);
    if (code !== 0)
      throw new Error(`cdktf deploy failed with exit code ${code}: ${stdout.slice(-4000)}${stderr}`);
    return JSON.parse(readFileSync(this.outputsFile, 'utf8'))['email-events-local'];
  }

  diff(overrides: NodeJS.ProcessEnv = {}): Promise<ProcessResult> {
    return this.cdktf('diff', ['--skip-provider-lock'], overrides);
  }

  destroy(overrides: NodeJS.ProcessEnv = {}): Promise<ProcessResult> {
    return this.cdktf('destroy', ['--auto-approve', '--skip-provider-lock'], overrides);
  }

  /** Plans a destroy with Terraform, because cdktf can truncate its output when a plan fails. */
  planDestroy(): Promise<ProcessResult> {
    const { sandbox, aws } = this.local;
    const cwd = join(sandbox.folder, 'cdktf.out', 'stacks', 'email-events-local');
    const options = ['-destroy', '-no-color', '-input=false'];
    return sandbox.run(terraformCommand, ['plan', ...options], { cwd, env: aws.environment });
  }

  private cdktf(
    command: string,
    options: readonly string[],
    overrides: NodeJS.ProcessEnv = {},
    onOutput?: (text: string) => void,
  ): Promise<ProcessResult> {
    const { sandbox, aws } = this.local;
    const bin = join(packageRoot(), 'node_modules', 'cdktf-cli', 'bundle', 'bin', 'cdktf');
    const env = {
      ...aws.environment,
      CI: '1', // no prompts and no spinner
      CHECKPOINT_DISABLE: '1',
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1', // otherwise the provider is copied again
      ...overrides,
    };
    return sandbox.run(process.execPath, [bin, command, ...options], { env, ...(onOutput && { onOutput }) });
  }
}

export { CdktfApp };
