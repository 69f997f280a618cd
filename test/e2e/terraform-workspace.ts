import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalAwsFixture } from '../local-aws/local-aws';
import type { ProcessResult } from '../local-aws/sandbox/sandbox';
import { terraformCommand } from '../terraform/terraform';

/** A planned action. */
interface PlannedChange {
  actions: string[];
  after: Record<string, unknown> | null;
}

/** A resource in the documented output of a plan. */
interface PlannedResource {
  address: string;
  change: PlannedChange;
}

/** A Terraform workspace with one file, in the sandbox. */
class TerraformWorkspace {
  private readonly folder: string;

  constructor(
    private readonly local: LocalAwsFixture,
    mainTf: string,
  ) {
    this.folder = join(local.sandbox.folder, 'workspace');
    mkdirSync(this.folder);
    this.write(mainTf);
  }

  /** Replaces the file. */
  write(mainTf: string): void {
    writeFileSync(join(this.folder, 'main.tf'), mainTf);
  }

  /** Runs Terraform in the workspace, without input or colors. */
  run(command: string, ...options: readonly string[]): Promise<ProcessResult> {
    const { sandbox, aws } = this.local;
    const env = { ...aws.environment, TF_IN_AUTOMATION: '1' };
    return sandbox.run(terraformCommand, [command, '-no-color', ...options], { cwd: this.folder, env });
  }

  /**
   * Applies the configuration and returns the outputs by name.
   * @throws {Error} with the output of Terraform, when it fails
   */
  async apply(): Promise<Record<string, unknown>> {
    await this.succeed('init', '-input=false');
    await this.succeed('apply', '-input=false', '-auto-approve');
    const outputs: Record<string, { value: unknown }> = JSON.parse(await this.succeed('output', '-json'));
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /**
   * Returns the planned actions by address: `delete` and `create` for a replacement.
   * @throws {Error} with the output of Terraform, when it fails
   */
  async plan(...options: readonly string[]): Promise<Map<string, PlannedChange>> {
    await this.succeed('plan', '-input=false', '-out=planned', ...options);
    const { resource_changes: changes }: { resource_changes: PlannedResource[] } = JSON.parse(
      await this.succeed('show', '-json', 'planned'),
    );
    return new Map(changes.map(({ address, change }) => [address, change]));
  }

  private async succeed(command: string, ...options: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(command, ...options);
    if (code !== 0)
      throw new Error(`terraform ${command} failed with exit code ${code}: ${stdout.slice(-4000)}${stderr}`);
    return stdout;
  }
}

export { TerraformWorkspace };
