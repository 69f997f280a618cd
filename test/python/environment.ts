import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../consumer/cli/process/package-root';

/** What the pinned versions ask for, and what some systems package apart from Python. */
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
 * The folder of the executables of test/python/requirements.txt: `aws`, `checkov`, `moto_server`. They are installed
 * into a virtual environment below node_modules when it is missing, or the requirements or Python are others.
 * Undefined without a Python that can do so: `skipWithoutPython` is for that.
 *
 * @example
 * const executables = pythonExecutables();
 * if (executables === undefined) skipWithoutPython('checkov');
 * else spawnSync(join(executables, 'checkov'), ['--version']);
 * @throws {Error} with what pip printed, when they cannot be installed
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
  console.log(`installing ${requirements}, which takes about a minute`);
  rmSync(environments, { recursive: true, force: true }); // outdated ones, or one that was broken off
  mkdirSync(environments, { recursive: true });
  run(python.command, '-m', 'venv', environment);
  run(join(executables, 'python'), '-m', 'pip', 'install', '--quiet', '--requirement', requirements);
  writeFileSync(complete, '');
  return executables;
}

/** Says that a check was not run for want of Python; a failure where REQUIRE_PYTHON=1, as in CI. */
function skipWithoutPython(check: string): void {
  const required = process.env.REQUIRE_PYTHON === '1';
  console.log(`${check}: not run, there is no ${wanted}${required ? ', and REQUIRE_PYTHON=1' : ''}`);
  if (required) process.exitCode = 1;
}

export { pythonExecutables, skipWithoutPython };
