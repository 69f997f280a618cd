import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The result of a run of Terraform. */
interface TerraformResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Folders to remove at the end. */
const temporary: string[] = [];

const cache = join(__dirname, '..', '..', 'node_modules', '.cache', 'terraform');

/** Names the folder with the local providers, so that only the first run in a clone searches for it. */
const mirrorNote = join(cache, 'mirror.txt');

/** Searches the disk for local AWS providers, in `<root>/registry.terraform.io/hashicorp/aws/<version>/<platform>`. */
function searchMirror(): string | undefined {
  const skipped = [
    '-path',
    '/proc',
    '-o',
    '-path',
    '/sys',
    '-o',
    '-name',
    'node_modules',
    '-o',
    '-name',
    '.git',
  ];
  const provider = ['-type', 'd', '-path', '*/registry.terraform.io/hashicorp/aws/*/*_*'];
  const args = ['/', '-xdev', '(', ...skipped, ')', '-prune', '-o', ...provider, '-print', '-prune'];
  const { stdout } = spawnSync('find', args, { encoding: 'utf8' });
  // Folders of stacks contain links to providers.
  const found = stdout.split('\n').find((path) => path !== '' && !path.includes('/.terraform/'));
  return found === undefined ? undefined : resolve(found, '../../../../..');
}

/** Returns the folder of the local AWS providers, if there is one. */
function findMirror(): string | undefined {
  const noted = existsSync(mirrorNote) ? readFileSync(mirrorNote, 'utf8') : '';
  if (noted !== '' && existsSync(join(noted, 'registry.terraform.io', 'hashicorp', 'aws'))) return noted;
  const mirror = searchMirror();
  mkdirSync(cache, { recursive: true });
  if (mirror !== undefined) writeFileSync(mirrorNote, mirror);
  return mirror;
}

/**
 * Returns the configuration of the command. It uses a local provider, or downloads one from the registry once. A local
 * provider is linked and not cached, because Terraform's cache does not support concurrent runs.
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

/** The command; `TERRAFORM` can set a compatible one. */
const terraformCommand = process.env.TERRAFORM ?? 'terraform';

let cliConfig: string | undefined;

/** Runs Terraform in a folder, without input, colors and real credentials. */
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

/** The reason why Terraform with the AWS provider cannot be used here; undefined if it can. */
function missingTerraform(): string | undefined {
  const folder = terraformFolder();
  writeFileSync(
    join(folder, 'main.tf'),
    'terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = ">= 5.100, < 7"\n    }\n  }\n}\n',
  );
  const { code, stderr } = terraform(folder, 'init', '-no-color', '-input=false');
  return code === 0 ? undefined : stderr.trim();
}

/** Creates a folder to run Terraform in. */
function terraformFolder(): string {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'run-'));
  temporary.push(folder);
  return folder;
}

/** Removes the created folders. */
function removeFolders(): void {
  for (const folder of temporary.splice(0)) rmSync(folder, { recursive: true, force: true });
  cliConfig = undefined; // it was in one of them
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
  findMirror,
  missingTerraform,
  removeFolders,
  type TerraformResult,
  terraform,
  terraformCommand,
  terraformFolder,
  writeFiles,
};
