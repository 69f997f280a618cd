import { Command, Option } from 'commander';
import { timeBefore } from '../../archive/erasure/age';
import { forget } from '../../archive/erasure/forget';
import type { ChangeOptions } from '../../archive/erasure/progress';
import { type PruneOptions, prune } from '../../archive/erasure/prune';
import { type ArchiveCliOptions, addArchiveOptions, archiveOptions } from '../options/archive-options';
import { readAddress } from '../options/read-address';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';
import { Progress } from '../progress/progress';
import { showForgetting } from '../progress/show-progress';
import { forgetLine, forgetTables, pruneLine, pruneTable } from '../reports/forget-report';

interface ForgetCliOptions extends ArchiveCliOptions {
  olderThan?: string;
  remove?: boolean;
  dryRun?: boolean;
  format?: 'table' | 'json';
}

function cutoff(olderThan: string): Date {
  const time = timeBefore(olderThan, new Date());
  if (time === undefined) {
    throw new UsageError(
      `--older-than ${JSON.stringify(olderThan)} is no duration: write days, weeks or ISO 8601, such as 400d, 8w or P1Y6M`,
    );
  }
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
  { tables, line }: Readonly<Record<'tables' | 'line', (report: Report) => string>>,
): Promise<void> {
  const { dryRun, format = context.stdout.isTTY ? 'table' : 'json' } = options;
  const { signal } = context;
  const progress = new Progress(context);
  const onProgress: ChangeOptions['onProgress'] = (state) => showForgetting(progress, state);
  let report: Report;
  try {
    report = await work({ ...archiveOptions(context, options), signal, onProgress, dryRun }).finally(() =>
      progress.stop(),
    );
  } catch (error) {
    if (error !== signal.reason) throw error;
    context.stderr.write('stopped: nothing was changed\n');
    return;
  }
  context.markDone();
  context.stdout.write(format === 'table' ? tables(report) : `${JSON.stringify(report, undefined, 2)}\n`);
  context.stderr.write(`${context.isInterrupted ? 'too late to stop, it is done: ' : ''}${line(report)}\n`);
}

async function forgetPerson(
  context: CommandContext,
  address: string,
  options: ForgetCliOptions,
): Promise<void> {
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

async function run(
  context: CommandContext,
  address: string | undefined,
  options: ForgetCliOptions,
): Promise<void> {
  const { olderThan, remove } = options;
  if (address !== undefined && olderThan === undefined) return forgetPerson(context, address, options);
  if (address !== undefined)
    throw new UsageError('name an address or --older-than, not both: they are two runs');
  if (olderThan === undefined)
    throw new UsageError('name whom to forget (ses-events forget ana@example.com), or --older-than 400d');
  if (remove === true) throw new UsageError('--remove belongs to an address; --older-than always deletes');
  return forgetOld(context, olderThan, options);
}

/** `ses-events forget`: removes a person, or old data, from the archive. */
function forgetCommand(context: CommandContext): Command {
  const command = new Command('forget')
    .summary('forget a person, or what is older than some time')
    .description(
      'Takes a person out of an archive: wherever the address stands, in whatever spelling, a pseudonym takes ' +
        'its place, and later ingests do the same. Or deletes what is older than some time. Then the file is ' +
        'compacted, so that nothing of it is left there. The delivered objects are not changed: those that ' +
        'hold the person are listed.',
    )
    .argument(
      '[address]',
      'the address to forget, in any letter case, or - to read it from standard input; every +tag is an address of its own',
    );
  return addArchiveOptions(command, context)
    .option('--older-than <duration>', 'delete by age instead: 400d, 8w, or ISO 8601 such as P1Y6M')
    .option('--remove', 'delete the events that are about this person alone, instead of pseudonymizing them')
    .option('--dry-run', 'change nothing, and report what would change')
    .addOption(
      new Option(
        '-f, --format <format>',
        'how to write the report (default: table on a terminal, otherwise json)',
      ).choices(['table', 'json']),
    )
    .addHelpText(
      'after',
      '\nThe bucket is the source of truth and still holds the person: rewrite or delete the objects that are\n' +
        'listed, or let a lifecycle rule expire them. See docs/retention.md.\n' +
        'Who may list the processes of this machine sees their arguments: with - the address is in none.\n' +
        '\nExamples:\n' +
        '  $ ses-events forget ana@example.com --dry-run\n' +
        '  $ ses-events forget ana@example.com --remove --archive mail.duckdb\n' +
        '  $ ses-events forget - < address.txt\n' +
        '  $ ses-events forget --older-than 400d\n',
    )
    .action((address: string | undefined, options: ForgetCliOptions) => run(context, address, options));
}

export { forgetCommand };
