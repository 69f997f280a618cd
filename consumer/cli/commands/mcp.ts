import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { serveMcp } from '../../mcp/server';
import type { ServedSource } from '../../mcp/source/opened-source';
import { pageAddress } from '../../pages/page-address';
import { terminalText } from '../../texts/terminal-text';
import { type ArchiveCliOptions, addArchiveOptions } from '../options/archive-options';
import {
  addAthenaDataOptions,
  athenaOptions,
  checkEngineOptions,
  type EngineCliOptions,
  engineOption,
} from '../options/engine-options';
import { addHelpEnd, addOptionGroup } from '../options/help-text';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';
import { packageVersion } from '../process/package-root';

interface McpCliOptions extends ArchiveCliOptions, EngineCliOptions {
  withPersonalData?: boolean;
}

/**
 * Returns the source of the options.
 * @throws {UsageError} when personal data of Athena would have to be masked
 */
function servedSource(context: CommandContext, options: McpCliOptions): ServedSource {
  const { archive, wait, engine, lookAhead, withPersonalData = false } = options;
  if (engine !== 'athena') return { archive, wait: wait * 1000, withPersonalData };
  if (!withPersonalData)
    throw new UsageError(
      '--engine athena requires --with-personal-data: only an archive can mask personal data',
      (args) => [...args, '--with-personal-data'],
    );
  return { athena: athenaOptions(context, options), lookAhead, withPersonalData };
}

/** Reports why the server may look idle, or cannot answer yet. The assistant shows standard error in its log. */
function reportStart({ stdin, stderr }: CommandContext, { archive, engine }: McpCliOptions): void {
  if (stdin.isTTY === true)
    stderr.write(
      'waiting for an assistant on standard input; add this command to its settings, or press Ctrl-C\n',
    );
  if (engine !== 'athena' && !existsSync(archive))
    stderr.write(
      `there is no archive ${terminalText(archive)} yet: create it with ses-events ingest, or name it with --archive\n`,
    );
}

/** Serves until the client closes standard input, or a signal stops the command. Each of them is the usual end. */
async function mcp(context: CommandContext, options: McpCliOptions): Promise<void> {
  checkEngineOptions(options);
  const source = servedSource(context, options);
  reportStart(context, options);
  await serveMcp({
    source,
    version: packageVersion(),
    stdin: context.stdin,
    stdout: context.stdout,
    log: (text) => void context.stderr.write(`${text.split('\n').map(terminalText).join('\n')}\n`),
    // Clients end servers with SIGTERM. At once, it would leave the folder of a running query beside the archive.
    signal: AbortSignal.any([context.signal, context.termination]),
  });
  context.markDone();
  context.stdin.destroy(); // an open pipe would keep the process alive
}

/** `ses-events mcp`: serves the archive to an assistant. */
function mcpCommand(context: CommandContext): Command {
  const command = new Command('mcp').description(
    'Answer questions of an AI assistant (Model Context Protocol)',
  );
  addArchiveOptions(command, context);
  command.option('--with-personal-data', 'send addresses, names, subjects and links unmasked');
  addOptionGroup(command.addOption(engineOption()), 'athena', addAthenaDataOptions);
  return addHelpEnd(command, {
    notes: [
      'An assistant starts this command and uses its standard input and output: do not run it in a terminal, add it to ' +
        'the settings of the assistant. It opens the archive for each request, so ses-events ingest can run in between. ' +
        'It cannot change anything.',
      'The provider of the assistant gets every answer. Personal data is masked, unless you add --with-personal-data. ' +
        '--engine athena requires this option, because only an archive can mask personal data.',
      `See ${pageAddress('assistants')}`,
    ],
    examples: [
      'mcp --archive /data/ses-events.duckdb',
      'mcp --engine athena --terraform-outputs outputs.json --with-personal-data',
    ],
  }).action((options: McpCliOptions) => mcp(context, options));
}

export { mcpCommand };
