import { spawnSync } from 'node:child_process';

/** The output of a command. */
interface Printed {
  stdout: string;
  stderr: string;
}

/** Returns the environment without the variables of npm. With them, a nested npm would use this package. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const npmVariables =
    /^(npm_(package|lifecycle|command|execpath|config_local_prefix|config_prefix)|INIT_CWD)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !npmVariables.test(name)));
}

function runToEnd(folder: string, command: string, args: readonly string[]) {
  const { error, ...ended } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: plainEnvironment(),
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error !== undefined) throw error;
  return ended;
}

/**
 * Runs a command to its end, without input.
 * @throws {Error} with the complete output, when the command fails
 */
function run(folder: string, command: string, ...args: readonly string[]): Printed {
  const { status, signal, stdout, stderr } = runToEnd(folder, command, args);
  if (status === 0) return { stdout, stderr };
  throw new Error(
    `${[command, ...args].join(' ')} failed in ${folder} (${signal ?? `exit code ${status}`})\n${stdout}${stderr}`,
  );
}

/**
 * Runs a command that must fail, and returns what it printed to standard error.
 * @throws {Error} when it succeeds
 */
function runToFail(folder: string, command: string, ...args: readonly string[]): string {
  const { status, stderr } = runToEnd(folder, command, args);
  if (status === 0) throw new Error(`${[command, ...args].join(' ')} in ${folder} succeeded`);
  return stderr;
}

export { run, runToFail };
