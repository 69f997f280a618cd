import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { packageFolder } from './compiled-command';
import { entry, environment } from './run-command';

/** What a terminal obeys, or what turns the direction of a text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

/** Starts the command with a terminal for its output; when the process is ended, so is the command. */
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

export { hasTerminals, runOnTerminal, startOnTerminal, unsafe };
