import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { defaultManifest } from '../../archive/objects/forget-objects-options';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';
import type { ArchiveCliOptions } from './archive-options';
import { regionText } from './source-options';
import { parseTime } from './time-option';

/** Options of a command that changes delivered objects. */
interface ObjectCliOptions extends ArchiveCliOptions {
  objects?: string[];
  manifest?: string;
  since?: Date;
  allObjects?: boolean;
  region?: string;
  endpoint?: string;
  progress: boolean;
}

/** The options that require `--objects`. */
const dependent = ['manifest', 'since', 'allObjects', 'region', 'endpoint'] as const;

/** Those of them that Athena also has. */
const ofAthena: ReadonlySet<string> = new Set(['region', 'endpoint']);

/** Adds the options of a command that changes delivered objects. */
function addObjectOptions(command: Command): Command {
  return command
    .option(
      '--objects <place>',
      'also erase from delivered objects: s3://bucket/prefix, a folder, a file or a glob; repeat the option for each place',
      (place: string, before: string[] = []) => [...before, place],
    )
    .option(
      '--manifest <file>',
      `file that lists each change, for an auditor and for the next run (default: "${defaultManifest}")`,
    )
    .option(
      '--since <time>',
      'skip objects that were delivered before this time: 2026-03-01, or a duration before now, such as 7d',
      parseTime,
    )
    .option('--all-objects', 'also read the objects that the archive has completely without the person')
    .option('--region <region>', regionText('the bucket and the workgroup'))
    .option(
      '--endpoint <url>',
      'endpoint of a server that is compatible with S3 (path-style) and Athena (env: AWS_ENDPOINT_URL)',
    )
    .option('--no-progress', 'hide the progress bar');
}

/**
 * @param isAthena whether the command uses Athena, which has some of these options too
 * @throws {UsageError} for an option that requires `--objects` without it
 */
function checkObjectOptions(options: ObjectCliOptions, isAthena: boolean): void {
  if (options.objects !== undefined) return;
  const name = dependent.find(
    (option) => options[option] !== undefined && !(isAthena && ofAthena.has(option)),
  );
  if (name === undefined) return;
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UsageError(`--${flag} requires --objects, such as --objects s3://my-bucket/events/`);
}

/** Whether an archive was chosen, or the default one exists. Without an archive, only objects are changed. */
function usesArchive(
  { env }: CommandContext,
  command: Command,
  { archive }: Pick<ObjectCliOptions, 'archive'>,
): boolean {
  const isChosen = command.getOptionValueSource('archive') === 'cli' || env.SES_EVENTS_ARCHIVE !== undefined;
  return isChosen || existsSync(archive);
}

export { addObjectOptions, checkObjectOptions, type ObjectCliOptions, usesArchive };
