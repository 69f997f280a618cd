import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { EventType } from '@aws-sdk/client-sesv2';
import { packageRoot } from '../../consumer/cli/process/package-root';
import { pythonExecutables } from '../python/environment';
import { CdktfApp } from './cdktf-app';
import { createdResources } from './created-resources';
import { instructions, type RunningStack } from './instructions';
import { LocalAws } from './local-aws';
import { missingRequirement } from './requirements';
import { sendSample } from './sample-mail';
import { Sandbox } from './sandbox/sandbox';

// npm run local-aws: tries the project without AWS. Starts moto behind the companion, deploys the default stack, sends
// messages and prints commands to use it. Ctrl-C stops and deletes everything.

/** Port without --port. Not 4566 or 5000, which other emulators use. */
const usualPort = 4577;

const help = `Usage: npm run local-aws -- [--port PORT]

Starts a local AWS on loopback, deploys the default stack to it with cdktf and Terraform, with opens and clicks, and
sends messages. It takes about a minute. Ctrl-C stops and deletes everything.

--port PORT  port of the local AWS, 0 for any free port (default: ${usualPort})
`;

/** Milliseconds for each second of a buffering interval: five minutes are three seconds. */
const millisecondsPerSecond = 10;

/** A problem that the user can correct. */
class LocalAwsError extends Error {}

function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** @throws {LocalAwsError} for another argument or a wrong port */
function parsePort(args: readonly string[]): number | undefined {
  const options = { port: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;
  const parse = () => {
    try {
      return parseArgs({ args: [...args], options }).values;
    } catch (error) {
      throw new LocalAwsError(`${(error as Error).message}\n\n${help}`); // parseArgs throws errors only
    }
  };
  const { port = String(usualPort), help: isHelp } = parse();
  if (isHelp) return undefined;
  if (/^\d{1,5}$/.test(port) && Number(port) <= 65_535) return Number(port);
  throw new LocalAwsError(`--port ${port} is not a port: use a number from 0 to 65535`);
}

/** @throws {LocalAwsError} when the port is in use */
async function startAws(sandbox: Sandbox, port: number): Promise<LocalAws> {
  try {
    return await LocalAws.start(sandbox, pythonExecutables() ?? '', { port, millisecondsPerSecond });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new LocalAwsError(
      `port ${port} of 127.0.0.1 is in use: stop the process that uses it, or choose another port, such as npm run local-aws -- --port 0`,
    );
  }
}

/** Starts, deploys and sends. */
async function start(sandbox: Sandbox, port: number): Promise<RunningStack> {
  report('checking Terraform and Python');
  const missing = missingRequirement();
  if (missing !== undefined) {
    throw new LocalAwsError(
      `there is ${missing}. Install Terraform 1.10 or newer and Python 3.11 or newer, or set TERRAFORM to the path of a Terraform`,
    );
  }
  report('starting moto and the simulation of SES and Firehose');
  const aws = await startAws(sandbox, port);
  report('deploying the default stack, with opens and clicks (about a minute)');
  const printCreated = createdResources((address) => report(`  created ${address}`));
  const app = new CdktfApp({ sandbox, aws }, { eventTypes: Object.values(EventType) });
  const { configuration_set_names: names, events_location: location } = await app.deploy({}, printCreated);
  const [configurationSet] = Array.isArray(names) ? names : [];
  report('sending messages');
  return {
    environment: aws.environment,
    archive: relative(packageRoot(), join(sandbox.folder, 'mail.duckdb')),
    configurationSet: String(configurationSet),
    eventsLocation: String(location),
    sent: await sendSample(aws, String(configurationSet)),
  };
}

/** Exit codes of a stop: after the start, and during it. */
const [stopped, interrupted] = [0, 130];

async function main(): Promise<void> {
  const port = parsePort(process.argv.slice(2));
  if (port === undefined) {
    process.stdout.write(help);
    return;
  }
  const sandbox = new Sandbox();
  let code = interrupted;
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return; // npm and a terminal can both send the signal
    isStopping = true;
    report('\nstopping');
    await sandbox.close();
    report('stopped: no process and no file remains');
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  try {
    const running = await start(sandbox, port);
    code = stopped;
    process.stdout.write(instructions(running));
  } catch (error) {
    if (isStopping) return; // the stop ended the deployment
    await sandbox.close();
    throw error;
  }
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
main().catch((error: unknown) => {
  const text = error instanceof LocalAwsError ? error.message : String(error);
  process.stderr.write(`error: ${text}\n`);
  process.exit(1);
});
