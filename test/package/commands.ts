import { spawnSync } from 'node:child_process';

/** What a command printed. */
interface Printed {
  stdout: string;
  stderr: string;
}

/** Our environment without what npm adds to it: a nested npm would take this package for its own. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const ours = /^(npm_(package|lifecycle|command|execpath|config_local_prefix|config_prefix)|INIT_CWD)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

/**
 * Runs a command to its end, without input.
 * @throws {Error} with all that it printed, when it fails
 */
function run(folder: string, command: string, ...args: readonly string[]): Printed {
  const { status, signal, error, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: plainEnvironment(),
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error !== undefined) throw error;
  if (status === 0) return { stdout, stderr };
  throw new Error(
    `${[command, ...args].join(' ')} in ${folder} ended with ${signal ?? status}\n${stdout}${stderr}`,
  );
}

export { run };
