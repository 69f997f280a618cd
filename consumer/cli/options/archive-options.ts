import { type Command, Option } from 'commander';
import { readArchive } from '../../archive/file/read-archive';
import type { Database } from '../../archive/store/database';
import { terminalText } from '../output/terminal-text';
import type { CommandContext } from '../process/context';
import { parseSeconds } from './option-values';

/** Options of every command that opens an archive. */
interface ArchiveCliOptions {
  archive: string;
  /** Seconds. */
  wait: number;
}

/** The archive's file when no other is named. */
const defaultArchive = 'ses-events.duckdb';

/** Adds the options that every command has which opens an archive. */
function addArchiveOptions(command: Command, { env }: CommandContext): Command {
  return command
    .addOption(
      new Option('-a, --archive <file>', "the archive's file (or SES_EVENTS_ARCHIVE)")
        // commander itself reads variables of the process alone.
        .default(env.SES_EVENTS_ARCHIVE ?? defaultArchive, `"${defaultArchive}", env: SES_EVENTS_ARCHIVE`),
    )
    .option(
      '--wait <seconds>',
      'how long to wait for another process that holds the archive',
      parseSeconds,
      10,
    );
}

/** How to open the archive, from the options; that another process is waited for is said on standard error. */
function archiveOptions(context: CommandContext, { archive, wait }: ArchiveCliOptions) {
  return {
    archive,
    wait: wait * 1000,
    onWait: (message: string) => void context.stderr.write(`${terminalText(message)}\n`),
  };
}

/** Opens the archive of the options for reading; undefined when the user has stopped what it was read for. */
async function readUnlessStopped<Result>(
  context: CommandContext,
  options: ArchiveCliOptions,
  work: (database: Database) => Promise<Result>,
): Promise<Result | undefined> {
  const { archive, ...opened } = archiveOptions(context, options);
  try {
    return await readArchive(archive, { ...opened, signal: context.signal }, work);
  } catch (error) {
    if (!context.isInterrupted) throw error; // a query that was stopped
    return undefined;
  }
}

export { type ArchiveCliOptions, addArchiveOptions, archiveOptions, readUnlessStopped };
