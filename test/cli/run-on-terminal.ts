import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { environment } from './command-call';
import { packageFolder } from './compiled-command';
import { entry } from './run-process';

/** Starts the command with a terminal for its output; ending the process ends the command. */
function startOnTerminal(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const quoted = [process.execPath, entry, ...args].map((arg) => `'${arg.replaceAll("'", `'\\''`)}'`);
  return spawn('script', ['--quiet', '--return', '--command', quoted.join(' '), '/dev/null'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: packageFolder,
    env: environment(env),
  });
}

/** Runs the command with a terminal for its input and output. */
async function runOnTerminal(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = startOnTerminal(args, env);
  const [shown] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return { code: child.exitCode, shown };
}

// The `script` of util-linux gives a process a terminal; that of the BSDs has other options.
const hasTerminals = process.platform === 'linux' && existsSync('/usr/bin/script');

export { hasTerminals, runOnTerminal, startOnTerminal };
