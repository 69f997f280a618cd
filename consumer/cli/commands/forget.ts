import { Command, Option } from 'commander';
import { maxDays, timeBefore } from '../../archive/erasure/age';
import { forget } from '../../archive/erasure/forget';
import type { ChangeOptions } from '../../archive/erasure/progress';
import { type PruneOptions, prune } from '../../archive/erasure/prune';
import { pageAddress } from '../../pages/page-address';
import { formatCount } from '../../texts/number-text';
import { addArchiveOptions, archiveOptions } from '../options/archive-options';
import {
  addCatalogOptions,
  addPriceOption,
  checkEngineOptions,
  type EngineCliOptions,
  engineOption,
} from '../options/engine-options';
import { addHelpEnd, addOptionGroup } from '../options/help-text';
import { addObjectOptions, checkObjectOptions, usesArchive } from '../options/object-options';
import { checkAddress, readAddress } from '../options/read-address';
import { tableWidth } from '../output/table-width';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';
import { Progress } from '../progress/progress';
import { showForgetting } from '../progress/show-progress';
import { forgetLine, forgetTables, pruneLine, pruneTable } from '../reports/forget-report';
import { checkAthenaOptions, type ForgetAthenaCliOptions, forgetOnAthena } from './forget-athena';
import { forgetInObjects } from './forget-objects';

interface ForgetCliOptions extends ForgetAthenaCliOptions {
  engine: EngineCliOptions['engine'];
}

/** @throws {UsageError} for an option of Athena without it. Those of the place are for objects too. */
function checkAthena(options: ForgetCliOptions): void {
  const { region: _, endpoint: __, ...athenaOnly } = options;
  checkEngineOptions(athenaOnly, { again: '--again' });
}

function cutoff(olderThan: string): Date {
  const now = new Date();
  const time = timeBefore(olderThan, now);
  if (time === undefined) {
    throw new UsageError(
      `--older-than ${JSON.stringify(olderThan)} is not a valid duration: expected days, weeks or ISO 8601, such as 400d, 8w or P1Y6M`,
    );
  }
  if (time === 'too long')
    throw new UsageError(
      `--older-than ${JSON.stringify(olderThan)} is too long: the maximum is ${formatCount(maxDays(now))} days`,
    );
  return time;
}

/**
 * Runs a change of the archive, and reports it in tables and in one line. Ctrl-C can stop it until the
 * archive changes.
 */
async function change<Report>(
  context: CommandContext,
  options: ForgetCliOptions,
  work: (how: PruneOptions) => Promise<Report>,
  { tables, line }: { tables(report: Report, width?: number): string; line(report: Report): string },
): Promise<void> {
  const { dryRun, format = context.stdout.isTTY ? 'table' : 'json' } = options;
  const { signal } = context;
  const progress = new Progress(context, options.progress);
  const onProgress: ChangeOptions['onProgress'] = (state) => showForgetting(progress, state);
  let report: Report;
  try {
    report = await work({ ...archiveOptions(context, options), signal, onProgress, dryRun }).finally(() =>
      progress.stop(),
    );
  } catch (error) {
    if (error !== signal.reason) throw error;
    context.stderr.write('stopped: the archive was not changed\n');
    return;
  }
  context.markDone();
  context.stdout.write(
    format === 'table' ? tables(report, tableWidth(context)) : `${JSON.stringify(report, undefined, 2)}\n`,
  );
  context.stderr.write(
    `${context.isInterrupted ? 'completed before the interruption: ' : ''}${line(report)}\n`,
  );
}

async function forgetPerson(
  context: CommandContext,
  address: string,
  options: ForgetCliOptions,
  command: Command,
): Promise<void> {
  if (address !== '-') checkAddress(address, JSON.stringify(address));
  const { objects } = options;
  if (objects !== undefined) {
    const person = address === '-' ? await readAddress(context) : address;
    await forgetInObjects(context, person, { ...options, objects }, usesArchive(context, command, options));
    return;
  }
  const work = async (how: PruneOptions) =>
    forget(address === '-' ? await readAddress(context) : address, { ...how, remove: options.remove });
  await change(context, options, work, { tables: forgetTables, line: forgetLine });
}

async function forgetOld(
  context: CommandContext,
  olderThan: string,
  options: ForgetCliOptions,
): Promise<void> {
  const before = cutoff(olderThan);
  const work = (how: PruneOptions) => prune(before, how);
  await change(context, options, work, { tables: pruneTable, line: pruneLine });
}

async function runForget(
  context: CommandContext,
  address: string | undefined,
  options: ForgetCliOptions,
  command: Command,
): Promise<void> {
  const { olderThan, remove, objects, engine } = options;
  checkAthena(options);
  checkObjectOptions(options, engine === 'athena');
  if (engine === 'athena') {
    checkAthenaOptions(command, address, options);
    if (address !== undefined && address !== '-') checkAddress(address, JSON.stringify(address));
    return forgetOnAthena(context, address === '-' ? await readAddress(context) : address, options);
  }
  if (address !== undefined && olderThan === undefined)
    return forgetPerson(context, address, options, command);
  if (address !== undefined)
    throw new UsageError('an address cannot be combined with --older-than: run the command twice');
  if (olderThan === undefined)
    throw new UsageError(
      'an address or --older-than is required, such as ana@example.com or --older-than 400d',
    );
  if (objects !== undefined)
    throw new UsageError('--objects requires an address; a lifecycle rule of the bucket deletes old objects');
  if (remove === true) throw new UsageError('--remove requires an address; --older-than always deletes');
  return forgetOld(context, olderThan, options);
}

/** `ses-events forget`: erases a person, or old events, from the archive. */
function forgetCommand(context: CommandContext): Command {
  const command = new Command('forget')
    .description('Erase a person or old events')
    .argument('[address]', 'address to erase, in any letter case, or - to read it from standard input');
  addArchiveOptions(command, context)
    .option('--older-than <duration>', 'delete events by age: 400d, 8w, or ISO 8601 such as P1Y6M')
    .option('--remove', 'delete events that are about this person alone; pseudonymize the others')
    .option('--dry-run', 'report the changes, and change nothing')
    .addOption(
      new Option(
        '-f, --format <format>',
        'format of the report (default: table on a terminal, otherwise json)',
      ).choices(['table', 'json']),
    );
  addOptionGroup(command, 'objects', addObjectOptions);
  command.addOption(engineOption('duckdb erases from an archive file, athena from the Iceberg archive'));
  addOptionGroup(command, 'athena', (athena) =>
    addPriceOption(
      addCatalogOptions(athena).option('--again', 'complete all erasures in events that were merged later'),
    ),
  );
  return addHelpEnd(command, {
    notes: [
      'A pseudonym replaces the address in the archive, in all usual spellings. Later ingests replace it too. An ' +
        'address with a +tag is a different address. The file is then compacted, so that no erased data remains in it.',
      'Without --objects, the bucket is not changed: the report lists the objects that still contain the person. ' +
        `See ${pageAddress('retention')}`,
      'With --objects, each object that contains the person is rewritten, if it is still the version that was read, and ' +
        'older versions that contain the person are deleted. Records of others keep every byte. The archive is erased next; ' +
        'without an archive, only the objects are. You can interrupt a run, or kill it: the same command completes it.',
      'An object that cannot be erased is reported, and remains as it is. The others are erased, and the exit code is 1. ' +
        `See ${pageAddress('erasing-objects')}`,
      'With --engine athena, the person is erased from the Iceberg archive instead of a file, and with --objects from the ' +
        'objects first. Later merges replace the address where it is written as usual; --again does the rest. ' +
        `See ${pageAddress('erasing-on-athena')}`,
      'Other users of this computer can see the arguments of processes. With -, the address is not an argument.',
    ],
    examples: [
      'forget ana@example.com --dry-run',
      'forget ana@example.com --remove --archive mail.duckdb',
      'forget ana@example.com --objects s3://my-bucket/events/ --objects s3://my-bucket/errors/ --dry-run',
      'forget --older-than 400d',
      'forget ana@example.com --engine athena --terraform-outputs outputs.json --objects s3://my-bucket/events/',
    ],
  }).action((address: string | undefined, options: ForgetCliOptions) =>
    runForget(context, address, options, command),
  );
}

export { forgetCommand };
