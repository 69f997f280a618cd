import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../consumer/cli/process/package-root';

/** The requirements of the pinned versions. Some systems package the modules separately from Python. */
const wanted = 'Python 3.11 or newer with venv and pip';
const probe = 'import sys, venv, ensurepip; print(sys.version); sys.exit(sys.version_info < (3, 11))';

interface Python {
  command: string;
  version: string;
}

function findPython(): Python | undefined {
  for (const command of ['python3', 'python']) {
    const { status, stdout } = spawnSync(command, ['-c', probe], { encoding: 'utf8' });
    if (status === 0) return { command, version: stdout };
  }
  return undefined;
}

function run(command: string, ...args: readonly string[]): void {
  const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(`${[command, ...args].join(' ')} failed: ${error?.message ?? `${stdout}${stderr}`}`);
}

/**
 * Returns the folder with the executables of test/python/requirements.txt: `aws`, `checkov`, `moto_server`. Installs them
 * into a virtual environment below node_modules if it is missing or if the requirements or the Python version changed.
 * Returns undefined without a suitable Python. Then call `skipWithoutPython`.
 *
 * @example
 * const executables = pythonExecutables();
 * if (executables === undefined) skipWithoutPython('checkov');
 * else spawnSync(join(executables, 'checkov'), ['--version']);
 * @throws {Error} with the output of pip, when the installation fails
 */
function pythonExecutables(): string | undefined {
  const python = findPython();
  if (python === undefined) return undefined;
  const requirements = join(__dirname, 'requirements.txt');
  const hash = createHash('sha256').update(python.version);
  for (const file of [requirements, join(__dirname, 'constraints.txt')]) hash.update(readFileSync(file));
  const environments = join(packageRoot(), 'node_modules', '.cache', 'python');
  const environment = join(environments, hash.digest('hex').slice(0, 16));
  const executables = join(environment, 'bin');
  const complete = join(environment, 'complete');
  if (existsSync(complete)) return executables;
  console.log(`installing ${requirements} (about a minute)`);
  rmSync(environments, { recursive: true, force: true }); // outdated or incomplete environments
  mkdirSync(environments, { recursive: true });
  run(python.command, '-m', 'venv', environment);
  run(join(executables, 'python'), '-m', 'pip', 'install', '--quiet', '--requirement', requirements);
  writeFileSync(complete, '');
  return executables;
}

/** Reports that a check was skipped because there is no Python. With REQUIRE_PYTHON=1, as in CI, this is a failure. */
function skipWithoutPython(check: string): void {
  const required = process.env.REQUIRE_PYTHON === '1';
  // .ci/run searches the log for "not run, there is no".
  console.log(`${check}: not run, there is no ${wanted}${required ? ', and REQUIRE_PYTHON=1' : ''}`);
  if (required) process.exitCode = 1;
}

export { pythonExecutables, skipWithoutPython };
