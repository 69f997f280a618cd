import { Readable } from 'node:stream';
import { main } from '../../consumer/cli/main';
import { type CommandResult, environment, type RunOptions } from './command-call';
import { packageFolder } from './compiled-command';
import { KeptOutput } from './kept-output';

/** Sets the environment of this process, because the AWS SDK reads no other. */
function setEnvironment(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
}

/** Outputs of a run. */
interface Outputs {
  stdout: KeptOutput;
  stderr: KeptOutput;
}

async function runNow(
  args: readonly string[],
  { env, cwd = packageFolder, stdin = '' }: RunOptions,
  outputs: Outputs,
): Promise<number> {
  const before = { env: { ...process.env }, cwd: process.cwd() };
  const own = environment({ AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...env });
  try {
    setEnvironment(own);
    process.chdir(cwd);
    const bytes = Buffer.from(stdin);
    return await main(args, {
      ...outputs,
      stdin: Readable.from(bytes.length === 0 ? [] : [bytes], { objectMode: false }),
      env: own,
    });
  } finally {
    process.chdir(before.cwd);
    setEnvironment(before.env);
  }
}

let last: Promise<unknown> = Promise.resolve();

/** Runs one after the other, because a process has one current folder and one environment. */
function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const result = last.then(work);
  last = result.catch(() => {}); // the caller has it
  return result;
}

/** Runs the command to its end, in this process; `run-process` runs it as a separate process. */
async function run(args: readonly string[], options: RunOptions = {}): Promise<CommandResult> {
  const outputs = { stdout: new KeptOutput(), stderr: new KeptOutput() };
  const code = await inTurn(() => runNow(args, options, outputs));
  return { code, stdout: outputs.stdout.text, stderr: outputs.stderr.text };
}

/** Runs the command in this process as on a terminal with both outputs; `run-on-terminal` has a real one. */
async function runOnTerminal(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const terminal = new KeptOutput({ isTerminal: true });
  const code = await inTurn(() => runNow(args, { env }, { stdout: terminal, stderr: terminal }));
  return { code, shown: terminal.text };
}

export { run, runOnTerminal };
