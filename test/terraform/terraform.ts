import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What a run of Terraform left. */
interface TerraformResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Folders to remove in the end. */
const temporary: string[] = [];

const cache = join(__dirname, '..', '..', 'node_modules', '.cache', 'terraform');

/** Where AWS providers lie on this machine, as `<root>/registry.terraform.io/hashicorp/aws/<version>/<platform>`. */
function findMirror(): string | undefined {
  const { stdout } = spawnSync(
    'find',
    [
      '/',
      '-xdev',
      '-path',
      '/proc',
      '-prune',
      '-o',
      '-type',
      'd',
      '-path',
      '*/registry.terraform.io/hashicorp/aws/*/*_*',
      '-print',
      '-prune',
    ],
    { encoding: 'utf8' },
  );
  // Folders of stacks and caches hold links or copies of what was found before.
  const found = stdout.split('\n').find((path) => path !== '' && !/\/(\.terraform|\.cache)\//.test(path));
  return found === undefined ? undefined : resolve(found, '../../../../..');
}

/**
 * A configuration of the command that takes the provider from this machine, or else from the registry, once. What lies
 * on this machine is linked to and not cached: Terraform's cache is not for two runs at once.
 */
function cliConfiguration(): string {
  const mirror = findMirror();
  if (mirror !== undefined) {
    return `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror { path = ${JSON.stringify(mirror)} }\n}\n`;
  }
  const plugins = join(cache, 'plugins');
  mkdirSync(plugins, { recursive: true });
  return `disable_checkpoint = true\nplugin_cache_dir = ${JSON.stringify(plugins)}\nprovider_installation {\n  direct {}\n}\n`;
}

function writeCliConfig(): string {
  const file = join(terraformFolder(), 'terraform.rc');
  writeFileSync(file, cliConfiguration());
  return file;
}

/** The command: `TERRAFORM` names another one that takes the same arguments. */
const terraformCommand = process.env.TERRAFORM ?? 'terraform';

let cliConfig: string | undefined;

/** Runs Terraform in a folder, without input, colors or anybody's credentials. */
function terraform(folder: string, ...args: readonly string[]): TerraformResult {
  cliConfig ??= writeCliConfig();
  const inherited = Object.entries(process.env).filter(([name]) => !/^(TF_|AWS_)/.test(name));
  const { status, stdout, stderr, error } = spawnSync(terraformCommand, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(inherited),
      TF_CLI_CONFIG_FILE: cliConfig,
      TF_IN_AUTOMATION: '1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  });
  if (error !== undefined) return { code: null, stdout: '', stderr: error.message };
  return { code: status, stdout, stderr };
}

/** Why Terraform with the AWS provider cannot be used here; undefined when it can. */
function missingTerraform(): string | undefined {
  const folder = terraformFolder();
  writeFileSync(
    join(folder, 'main.tf'),
    'terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = ">= 5.100, < 7"\n    }\n  }\n}\n',
  );
  const { code, stderr } = terraform(folder, 'init', '-no-color', '-input=false');
  return code === 0 ? undefined : stderr.trim();
}

/** A new folder to run Terraform in. */
function terraformFolder(): string {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'run-'));
  temporary.push(folder);
  return folder;
}

/** Removes the folders that were made here. */
function removeFolders(): void {
  for (const folder of temporary.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Writes files into a folder. */
function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

export {
  cliConfiguration,
  missingTerraform,
  removeFolders,
  type TerraformResult,
  terraform,
  terraformCommand,
  terraformFolder,
  writeFiles,
};
