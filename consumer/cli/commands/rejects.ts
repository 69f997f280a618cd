import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { countDuplicates, listDuplicates } from '../../archive/rejects/duplicates';
import { dropObjects, listIgnored } from '../../archive/rejects/ignored-objects';
import { countRejects, listRejects } from '../../archive/rejects/list';
import { type ReplayCounts, replayRejects } from '../../archive/rejects/replay';
import type { Database } from '../../archive/store/database';
import type { Limit } from '../../queries/questions/parameters';
import type { RejectReason } from '../../records/outcome';
import { writeLines } from '../formats/line-format';
import { type ListFormatName, textFormats } from '../formats/registry';
import {
  duplicateList,
  ignoredList,
  type ListForm,
  listTable,
  rejectList,
  rejectReasons,
} from '../formats/reject-formats';
import {
  type ArchiveCliOptions,
  addArchiveOptions,
  archiveOptions,
  readUnlessStopped,
} from '../options/archive-options';
import { formatOption, limitOption, usualFormat } from '../options/list-options';
import { formatCount, formatNumber } from '../output/number-text';
import { Output } from '../output/output';
import type { CommandContext } from '../process/context';
import { exitCode } from '../process/exit-code';
import { Progress } from '../progress/progress';
import { showCount } from '../progress/show-progress';

interface RejectsCliOptions extends ArchiveCliOptions {
  duplicates?: boolean;
  replay?: boolean;
  ignored?: boolean;
  dropObject?: string[];
  reason?: RejectReason;
  object?: string;
  format?: ListFormatName;
  limit?: Limit;
  allowRejects?: boolean;
  progress: boolean;
}

/** Rows of a table without `--limit`. */
const tableLimit = 100;

/** Returns the name of an object in the archive: the full path of a file, or the URL for S3 and a queue. */
function objectName(name: string): string {
  return /^[a-z0-9]+:\/\//.test(name) ? name : resolve(name);
}

/** Returns the object that limits a list, or undefined. */
function onlyObject({ object }: RejectsCliOptions): string | undefined {
  return object === undefined ? undefined : objectName(object);
}

/** Writes a list to standard output, and returns the number of items written. */
async function writeList<Item>(
  context: CommandContext,
  form: ListForm<Item>,
  items: (limit: number | undefined) => AsyncIterable<Item>,
  options: RejectsCliOptions,
): Promise<number> {
  const { format = usualFormat(context) } = options;
  const { limit = format === 'table' ? tableLimit : 'all' } = options;
  const listed = items(limit === 'all' ? undefined : limit);
  if (format !== 'table')
    return writeLines(
      context,
      listed,
      textFormats[format].lines(form),
      new Output(context.stdout),
      context.stdout.isTTY === true,
    );
  const shown: Item[] = [];
  for await (const item of listed) shown.push(item);
  context.stdout.write(listTable(form, shown));
  return shown.length;
}

function writeSummary(context: CommandContext, shown: number, total: number, summary: string): void {
  context.stderr.write(`${summary}${shown < total ? `; the first ${formatCount(shown)} are shown` : ''}\n`);
}

async function showRejects(
  context: CommandContext,
  database: Database,
  options: RejectsCliOptions,
): Promise<void> {
  const filter = { reason: options.reason, object: onlyObject(options) };
  const items = (limit?: number) => listRejects(database, { ...filter, limit });
  const shown = await writeList(context, rejectList, items, options);
  const counts = await countRejects(database, filter);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const reasons = counts.map(([reason, count]) => `${formatCount(count)} ${reason}`).join(', ');
  writeSummary(context, shown, total, `${formatNumber(total, 'reject')}${total === 0 ? '' : `: ${reasons}`}`);
}

async function showDuplicates(
  context: CommandContext,
  database: Database,
  options: RejectsCliOptions,
): Promise<void> {
  const object = onlyObject(options);
  const items = (limit?: number) => listDuplicates(database, { object, limit });
  const shown = await writeList(context, duplicateList, items, options);
  const { duplicates, events } = await countDuplicates(database, { object });
  const summary = `${formatNumber(duplicates, 'duplicate')} of ${formatNumber(events, 'event')}`;
  writeSummary(context, shown, duplicates, summary);
}

async function showIgnored(
  context: CommandContext,
  database: Database,
  options: RejectsCliOptions,
): Promise<void> {
  const items = (limit?: number) => listIgnored(database, { limit });
  const shown = await writeList(context, ignoredList, items, options);
  const total = await database.count('objects WHERE ignored IS NOT NULL');
  writeSummary(context, shown, total, formatNumber(total, 'ignored object'));
}

async function drop(
  context: CommandContext,
  names: readonly string[],
  options: RejectsCliOptions,
): Promise<void> {
  const objects = names.map((name) => objectName(name));
  const counts = await dropObjects({ ...archiveOptions(context, options), objects });
  const { rejects, events } = counts;
  context.stderr.write(
    `dropped ${formatNumber(counts.objects, 'object')} with ${formatNumber(rejects, 'reject')} and ` +
      `${formatNumber(events, 'event')}; name an object by itself to ingest it again\n`,
  );
}

/** Formats the result of a replay, and the fix for rejects whose record is stored only in part. */
function replayLines(counts: ReplayCounts): string {
  const { rejects, recovered: moved, events, newEvents, skipped, stillRejected: stay, partial } = counts;
  const became = [
    formatNumber(newEvents, 'new event'),
    formatNumber(events - newEvents, 'duplicate'),
    `${formatCount(skipped)} left out`,
  ].join(' + ');
  const summary = `${formatNumber(rejects, 'reject')} replayed: ${formatCount(moved)} moved (${became}), ${formatCount(stay)} stay\n`;
  if (partial === 0) return summary;
  return `${summary}${formatCount(partial)} of them are kept only in part: run ses-events ingest on their source, it reads their objects again\n`;
}

async function replay(context: CommandContext, options: RejectsCliOptions): Promise<void> {
  const { reason, allowRejects = false } = options;
  const filter = { reason, object: onlyObject(options) };
  const progress = new Progress(context, options.progress);
  let counts: ReplayCounts;
  try {
    counts = await replayRejects({
      ...archiveOptions(context, options),
      ...filter,
      onProgress: (parsed) => showCount(progress, parsed, 'rejects parsed'),
      signal: context.signal,
    });
  } catch (error) {
    if (!context.isInterrupted) throw error;
    progress.stop();
    context.stderr.write('stopped: the archive is as it was\n');
    return;
  } finally {
    progress.stop();
  }
  context.stderr.write(replayLines(counts));
  if (counts.stillRejected > 0 && !allowRejects) context.exitCode ??= exitCode.rejects;
}

async function rejects(context: CommandContext, options: RejectsCliOptions): Promise<void> {
  if (options.replay === true) return replay(context, options);
  if (options.dropObject !== undefined) return drop(context, options.dropObject, options);
  const list = options.ignored === true ? showIgnored : showRejects;
  const show = options.duplicates === true ? showDuplicates : list;
  await readUnlessStopped(context, options, (database) => show(context, database, options));
}

/** `ses-events rejects`: lists records that the archive could not read, and parses them again. */
function rejectsCommand(context: CommandContext): Command {
  const command = new Command('rejects')
    .summary('show what the archive could not read, and read it again')
    .description(
      'Lists the records that could not be read, with the place, the reason and, as JSON, the record itself: ' +
        'it holds personal data. After an upgrade, --replay parses them again.',
    );
  return addArchiveOptions(command, context)
    .addOption(
      new Option(
        '--duplicates',
        'list dropped duplicates instead, each with the copy that was kept',
      ).conflicts(['replay', 'reason']),
    )
    .addOption(
      new Option(
        '--replay',
        'parse the rejects again: what can be read now becomes events, all in one transaction',
      ).conflicts(['format', 'limit']),
    )
    .addOption(
      new Option('--ignored', 'list the objects that ingests ignore').conflicts([
        'duplicates',
        'replay',
        'reason',
        'object',
      ]),
    )
    .addOption(
      new Option(
        '--drop-object <name...>',
        'take objects with their rejects and events out of the archive, and ignore them from now on',
      ).conflicts(['duplicates', 'replay', 'ignored', 'reason', 'object', 'format', 'limit']),
    )
    .addOption(
      new Option('--reason <reason>', 'only what was rejected for this reason').choices(rejectReasons),
    )
    .option('--object <name>', 'only what is in this object: a file, or s3://bucket/key')
    .addOption(formatOption())
    .addOption(limitOption('at most so many', `${tableLimit} in a table, otherwise all`))
    .option('--allow-rejects', 'after --replay, exit with 0 even when rejects stay')
    .option('--no-progress', 'with --replay: no progress on the terminal')
    .addHelpText(
      'after',
      '\nA replay keeps the place of each record; an event that the archive has already is not added again.\n' +
        'Of a very large record only the first bytes are kept: the next ses-events ingest after a replay reads its object again.\n' +
        '\nExamples:\n' +
        '  $ ses-events rejects --reason invalid-event\n' +
        '  $ ses-events rejects --format ndjson > rejects.ndjson\n' +
        '  $ ses-events rejects --replay\n' +
        '  $ ses-events rejects --drop-object notes.csv\n',
    )
    .action((options: RejectsCliOptions) => rejects(context, options));
}

export { rejectsCommand };
