import { type Command, Option } from 'commander';
import { readArchive } from '../../archive/file/read-archive';
import type { Database } from '../../archive/store/database';
import { terminalText } from '../../texts/terminal-text';
import type { CommandContext } from '../process/context';
import { parseSeconds } from './option-values';

/** Options of every command that opens an archive. */
interface ArchiveCliOptions {
  archive: string;
  /** Seconds. */
  wait: number;
}

/** Default file of the archive. */
const defaultArchive = 'ses-events.duckdb';

/** Adds the options of every command that opens an archive. */
function addArchiveOptions(command: Command, { env }: CommandContext): Command {
  return command
    .addOption(
      new Option('-a, --archive <file>', 'archive file')
        // commander itself only reads the variables of the process.
        .default(env.SES_EVENTS_ARCHIVE ?? defaultArchive, `"${defaultArchive}", env: SES_EVENTS_ARCHIVE`),
    )
    .option(
      '--wait <seconds>',
      'maximum seconds to wait for another process to release the archive',
      parseSeconds,
      10,
    );
}

/** Returns the options for opening the archive. Waiting for another process is reported on standard error. */
function archiveOptions(context: CommandContext, { archive, wait }: ArchiveCliOptions) {
  return {
    archive,
    wait: wait * 1000,
    onWait: (message: string) => void context.stderr.write(`${terminalText(message)}\n`),
  };
}

/** Opens the archive of the options for reading; returns undefined when the user interrupts. */
async function readUnlessStopped<Result>(
  context: CommandContext,
  options: ArchiveCliOptions,
  work: (database: Database) => Promise<Result>,
): Promise<Result | undefined> {
  const { archive, ...opened } = archiveOptions(context, options);
  try {
    return await readArchive(archive, { ...opened, signal: context.signal }, work);
  } catch (error) {
    if (!context.isInterrupted) throw error; // an interruption is not an error
    return undefined;
  }
}

export { type ArchiveCliOptions, addArchiveOptions, archiveOptions, readUnlessStopped };
