import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { Command, InvalidArgumentError } from 'commander';
import { readArchive } from '../../archive/file/read-archive';
import { ArchiveError } from '../../archive/store/archive-error';
import { pageAddress } from '../../pages/page-address';
import type * as Server from '../../report/server/start';
import { terminalText } from '../../texts/terminal-text';
import { addArchiveOptions } from '../options/archive-options';
import {
  addCatalogOptions,
  athenaOptions,
  checkEngineOptions,
  type EngineCliOptions,
  engineOption,
  sourceOption,
} from '../options/engine-options';
import { addFollowOptions, checkFollowOptions } from '../options/follow-options';
import { addHelpEnd, addOptionGroup } from '../options/help-text';
import { integerIn } from '../options/option-values';
import { maskLinksOption, regionText } from '../options/source-options';
import type { CommandContext } from '../process/context';
import { insertBefore } from '../process/correction';
import { UsageError } from '../process/exit-code';
import { type FollowBesideOptions, followBeside } from '../serving/follow-beside';
import { readTokenFile } from '../serving/token-file';

interface ServeCliOptions
  extends FollowBesideOptions,
    Omit<EngineCliOptions, 'dryRun' | 'progress' | 'region' | 'endpoint'> {
  host: string;
  port: number;
  tokenFile?: string;
  redact?: boolean;
}

/** Port of the pages: the one of SMTP, with 80 before it. */
const defaultPort = 8025;

/** Whether only this machine can connect to an IP address. */
const isLoopback = (host: string) => host === '::1' || host.startsWith('127.');

/** Parses an address to listen on. */
function parseHost(text: string): string {
  if (text === 'localhost') return '127.0.0.1';
  if (isIP(text) === 0)
    throw new InvalidArgumentError('Expected an IP address, such as 127.0.0.1, ::1 or 0.0.0.0.');
  return text;
}

/** Returns the options of the engine, as other commands have them. */
function engineOptions(options: ServeCliOptions): EngineCliOptions {
  return { ...options, progress: false };
}

/** @throws {UsageError} when the options cannot be combined */
function checkServeOptions(sources: readonly string[], options: ServeCliOptions): void {
  const { queue, follow: follows = false, engine } = options;
  checkFollowOptions(sources, options);
  if (sources.length > 0 && !follows)
    throw new UsageError(`the source ${sources[0]} requires --follow: pages show the archive`);
  if (follows && sources.length === 0 && queue === undefined)
    throw new UsageError('--follow requires a source: a file, a folder, a glob, or s3://bucket/prefix');
  const follower = queue === undefined ? '--follow' : '--queue';
  const isFollowing = follows || queue !== undefined;
  if (isFollowing && engine === 'athena')
    throw new UsageError(
      `${follower} cannot be combined with --engine athena, which reads the bucket itself`,
    );
  if (options.maskLinks === true && !isFollowing)
    throw new UsageError('--mask-links requires --follow or --queue');
  const { region: _, endpoint: __, ...engineOnly } = engineOptions(options);
  checkEngineOptions(isFollowing ? engineOnly : engineOptions(options));
}

/** Returns the text of an error for the terminal. An internal error can quote values of events, so only its place is shown. */
function reportText(error: unknown): string {
  if (error instanceof ArchiveError) return `error: ${error.message}`;
  const { name, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const places = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return [`error: a page failed (${name}): please report this`, ...places].join('\n');
}

/** Returns the error for an address that the server cannot listen on. */
function listenError({ host, port }: ServeCliOptions, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException; // thrown by the system
  if (code === 'EADDRINUSE')
    return new UsageError(
      `port ${port} of ${host} is in use, perhaps by another ses-events serve: choose another one with --port, or 0 for any free port`,
    );
  if (code === 'EACCES')
    return new UsageError(`this user cannot use port ${port}: choose one above 1023 with --port`);
  if (code === 'EADDRNOTAVAIL')
    return new UsageError(`${host} is not an address of this machine: choose another one with --host`);
  return error;
}

/** Formats the address to open. A token from a file is not printed. */
function openText(options: ServeCliOptions, { port, token }: Server.StartedServer): string {
  const host = isIP(options.host) === 6 ? `[${options.host}]` : options.host;
  const address = `http://${host}:${port}/`;
  return options.tokenFile === undefined
    ? `open ${address}?token=${token}\n`
    : `open ${address}?token=TOKEN with the token in ${terminalText(options.tokenFile)}\n`;
}

/** Waits for the first of the signals. */
function firstAborted(signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of signals) {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    }
  });
}

/** Loads the pages on first use, because their libraries take longer to load than the other commands. */
function loadServer(): typeof Server {
  return require('../../report/server/start') as typeof Server; // the module exports match its types
}

/** Starts the server, and prints the address to open. */
async function start(context: CommandContext, options: ServeCliOptions): Promise<Server.StartedServer> {
  const { host, port, tokenFile, engine, archive, wait, redact: isMasked } = options;
  if (!isLoopback(host) && tokenFile === undefined)
    throw new UsageError(
      `--host ${host} requires --token-file, because other machines can reach it. See ${pageAddress('page', 'for-a-team')}`,
      insertBefore('--host', '--token-file', 'FILE'),
    );
  const started = await loadServer()
    .startServer({
      host,
      port,
      token: tokenFile === undefined ? undefined : readTokenFile(tokenFile),
      source: engine === 'athena' ? athenaOptions(context, engineOptions(options)) : archive,
      wait: wait * 1000,
      isMasked,
      onError: (error) => void context.stderr.write(`${reportText(error)}\n`),
    })
    .catch((error: unknown) => {
      throw listenError(options, error);
    });
  context.stdout.write(openText(options, started));
  return started;
}

async function serve(context: CommandContext, sources: string[], options: ServeCliOptions): Promise<void> {
  checkServeOptions(sources, options);
  const isFollowing = options.follow === true || options.queue !== undefined;
  // A missing archive, or another file, is an error now and not of each page.
  if (options.engine !== 'athena' && (!isFollowing || existsSync(options.archive)))
    await readArchive(options.archive, { wait: options.wait * 1000 }, async () => {});
  const started = await start(context, options);
  context.markDone();
  const stop = new AbortController();
  const followed = isFollowing
    ? followBeside(context, sources, options, stop.signal)
    : new Promise<void>(() => {});
  try {
    await Promise.race([firstAborted([context.signal, context.termination]), followed]);
  } finally {
    stop.abort();
    await started.close();
  }
  if (isFollowing) await followed;
}

/** Adds the options for the address of the pages, and who can open them. */
function addAccessOptions(command: Command): Command {
  return command
    .option('--port <port>', 'port of the pages, or 0 for any free port', integerIn(0, 65_535), defaultPort)
    .option(
      '--host <address>',
      'address to listen on; requires --token-file unless it is a loopback address',
      parseHost,
      '127.0.0.1',
    )
    .option(
      '--token-file <file>',
      'file with the token that opens the pages, instead of a new one for each start',
    )
    .option('--redact', 'mask the addresses of people on all pages');
}

/** `ses-events serve`: shows the archive as pages. */
function serveCommand(context: CommandContext): Command {
  const command = new Command('serve')
    .description('Show the archive as pages in a browser')
    .argument('[source...]', 'with --follow: file, folder, glob, or s3://bucket/prefix');
  addAccessOptions(addArchiveOptions(command, context))
    .option(
      '--region <region>',
      regionText("the bucket or the workgroup; a queue's region is taken from its URL"),
    )
    .option('--endpoint <url>', 'endpoint of a compatible server (env: AWS_ENDPOINT_URL)')
    .addOption(engineOption());
  addOptionGroup(command, 'follow', (group) => addFollowOptions(group).option(...maskLinksOption));
  addOptionGroup(command, 'athena', (athena) => addCatalogOptions(athena).addOption(sourceOption()));
  return addHelpEnd(command, {
    notes: [
      'Prints the address to open, with a token. Without --host, only this machine can reach the pages, and only a browser ' +
        'that has opened this address. The pages contain personal data.',
      '- Each page opens the archive and closes it, so you can ingest in another process.\n' +
        '- With --follow or --queue, this process ingests new events, and open pages show them.\n' +
        '- Ctrl-C ends it, with exit code 0.',
      `See ${pageAddress('page')}`,
    ],
    examples: [
      'serve',
      'serve --archive mail.duckdb --port 9000 --redact',
      'serve s3://my-bucket/events/ s3://my-bucket/errors/ --follow',
      'serve --queue https://sqs.eu-west-1.amazonaws.com/123456789012/email-events-objects',
      'serve --engine athena --terraform-outputs outputs.json',
    ],
  }).action((sources: string[], options: ServeCliOptions) => serve(context, sources, options));
}

export { serveCommand };
