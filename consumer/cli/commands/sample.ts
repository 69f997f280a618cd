import { constants } from 'node:fs';
import { access, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { pageAddress } from '../../pages/page-address';
import { maxDays, type SampleCounts, sampleObjects } from '../../sample';
import { formatBytes, formatNumber } from '../../texts/number-text';
import { terminalText } from '../../texts/terminal-text';
import { addHelpEnd, addReplacedOption } from '../options/help-text';
import { integerIn, parseCount } from '../options/option-values';
import type { CommandContext } from '../process/context';
import { renameAll } from '../process/correction';
import { OutputError, UsageError } from '../process/exit-code';

interface SampleCliOptions {
  events: number;
  days?: number;
  seed: number;
  output: string;
  overwrite?: boolean;
}

/**
 * Creates a folder with its missing parents; does nothing when it exists. Node's own recursive mkdir never
 * ends where no folder can be created, as in /proc.
 *
 * @throws an error of node:fs when it cannot be created
 */
async function makeFolder(path: string): Promise<void> {
  const code = await mkdir(path).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST' && error.code !== 'ENOENT') throw error;
      return error.code;
    },
  );
  if (code !== 'ENOENT') return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path);
}

/**
 * Creates the folder before the sample is generated. It rejects a folder with files, because the mixture would
 * not be reproducible from a seed.
 */
async function prepareFolder(folder: string, overwrite: boolean): Promise<void> {
  try {
    await makeFolder(folder);
    const names = await readdir(folder);
    await access(folder, constants.W_OK | constants.X_OK);
    if (names.length === 0 || overwrite) return;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // thrown by node:fs
    throw new UsageError(`cannot write to the folder ${folder}: ${code}; use another folder`);
  }
  throw new UsageError(`${folder} is not empty: use another folder, or add --overwrite to write into it`);
}

async function writeObject(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await makeFolder(dirname(path));
    await writeFile(path, bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // thrown by node:fs
    throw new OutputError(`cannot write ${path}: ${code}; free disk space, or use another folder`);
  }
}

/** Returns the records in addition to the events, because `ingest` counts them too. */
function additionLine({ extras, duplicates, broken, skipped }: SampleCounts): string {
  const additions = [
    extras > 0 &&
      `${formatNumber(extras, 'other event')} (an unknown kind, a legacy notification and a Pinpoint open)`,
    duplicates > 0 && formatNumber(duplicates, 'duplicate'),
    broken > 0 && formatNumber(broken, 'broken record'),
    skipped > 0 && `${formatNumber(skipped, 'record')} without an email event`,
  ].filter((addition) => addition !== false);
  return additions.length === 0 ? '' : `also: ${additions.join(', ')}\n`;
}

async function sample(context: CommandContext, options: SampleCliOptions): Promise<void> {
  const { events, days, seed, output, overwrite = false } = options;
  await prepareFolder(output, overwrite);
  const written = { objects: 0, bytes: 0, events: 0, extras: 0, duplicates: 0, broken: 0, skipped: 0 };
  for (const { key, ...object } of sampleObjects({ events, seed, ...(days !== undefined && { days }) })) {
    await writeObject(join(output, key), object.bytes);
    written.objects++;
    written.bytes += object.bytes.length;
    written.events += object.events;
    written.extras += object.extras;
    written.duplicates += object.duplicates;
    written.broken += object.broken;
    written.skipped += object.skipped;
    if (context.isInterrupted) break;
  }
  const prefix = context.isInterrupted ? 'stopped: some of ' : '';
  const also = context.isInterrupted ? '' : additionLine(written);
  context.stderr.write(
    `${prefix}${formatNumber(events, 'event')} in ${formatNumber(written.objects, 'object')}, ${formatBytes(written.bytes)}, in ${terminalText(output)}\n${also}`,
  );
}

/** Adds the earlier names of options, to report the new ones. */
function addReplacedOptions(command: Command): void {
  const renamed = [
    ['--out', '--out <directory>', '--output'],
    ['--force', '--force', '--overwrite'],
  ] as const;
  for (const [earlier, flags, name] of renamed) {
    addReplacedOption(command, flags, {
      message: `${earlier} was renamed to ${name}`,
      correct: renameAll(renamed.map(([from, , to]) => [from, to])),
    });
  }
}

/** `ses-events sample`: generates a folder of sample objects, as Firehose delivers them. */
function sampleCommand(context: CommandContext): Command {
  const command = new Command('sample')
    .description('Generate sample objects, as Firehose delivers them')
    .requiredOption('-o, --output <folder>', 'write to this folder; it is created if missing')
    .option('--overwrite', 'write into a folder that is not empty, and replace existing files')
    .option('-n, --events <count>', 'number of distinct events', parseCount, 20_000)
    .option(
      '--days <count>',
      `send the messages on this number of days, up to ${maxDays} (default: a day for each 200 events, 3 to 28)`,
      integerIn(1, maxDays),
    )
    .option(
      '--seed <number>',
      'seed of the generator; the same seed always produces the same objects',
      parseCount,
      1,
    );
  addReplacedOptions(command);
  return addHelpEnd(command, {
    notes: [
      'The objects have the format that Firehose delivers. They contain messages with events of all ten kinds, late ' +
        'and repeated opens, duplicates, several recipients, broken records and unusual framings.',
      'Weekdays have more mail than weekends. One campaign goes wrong, one provider throttles, and one list has old ' +
        `addresses. See ${pageAddress('sample', 'find-the-problems-in-the-sample')}.`,
    ],
    examples: ['sample --output ./sample', 'sample --events 100000 --days 90 --seed 7 --output ./sample'],
  }).action((options: SampleCliOptions) => sample(context, options));
}

export { sampleCommand };
