import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findMirror, terraformFolder, writeFiles } from '../terraform/terraform';
import { openTofu } from './installation';

const registries = { terraform: 'registry.terraform.io', openTofu: 'registry.opentofu.org' };

/** Returns the configuration of the command: with a local provider, if there is one, by its name in OpenTofu's registry. */
function cliConfiguration(): string {
  const mirror = findMirror();
  if (mirror === undefined) return 'provider_installation {\n  direct {}\n}\n';
  const folder = join(terraformFolder(), 'mirror');
  const target = join(folder, registries.openTofu, 'hashicorp');
  mkdirSync(target, { recursive: true });
  const source = join(mirror, registries.terraform, 'hashicorp', 'aws');
  for (const version of readdirSync(source)) {
    for (const platform of readdirSync(join(source, version))) {
      const link = join(target, 'aws', version, platform);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(source, version, platform), link);
    }
  }
  return `provider_installation {\n  filesystem_mirror { path = ${JSON.stringify(folder)} }\n}\n`;
}

/** The command, with the configuration that it uses. */
interface Tofu {
  command: string;
  config: string;
}

/** Prepares the command for a file of tests. */
function prepareTofu(): Tofu {
  const folder = terraformFolder();
  writeFiles(folder, { 'tofu.rc': cliConfiguration() });
  return { command: openTofu(), config: join(folder, 'tofu.rc') };
}

/**
 * Runs OpenTofu in a folder, without input, colors and real credentials.
 * @throws {Error} with the output, when it fails
 */
function runTofu({ command, config }: Tofu, folder: string, ...args: readonly string[]): string {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(TF_|TOFU|AWS_)/.test(name));
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...Object.fromEntries(inherited),
      TF_CLI_CONFIG_FILE: config,
      TF_IN_AUTOMATION: '1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  });
  if (status !== 0) throw new Error(`tofu ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}

/**
 * Validates a configuration and runs its tests. Returns their names.
 * @throws {Error} with the output, when a test fails
 */
function passedTests(tofu: Tofu, files: Readonly<Record<string, string>>, root = '.'): string[] {
  const parent = terraformFolder();
  writeFiles(parent, files);
  const folder = join(parent, root);
  runTofu(tofu, folder, 'init', '-no-color', '-input=false');
  expect(JSON.parse(runTofu(tofu, folder, 'validate', '-json'))).toMatchObject({
    valid: true,
    diagnostics: [],
  });
  const report = runTofu(tofu, folder, 'test', '-no-color');
  return [...report.matchAll(/^(.+)\.tftest\.hcl\.\.\. pass$/gm)].map(([, name = '']) => name);
}

export { passedTests, prepareTofu, type Tofu };
