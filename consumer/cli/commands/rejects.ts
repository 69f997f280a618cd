import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { countDuplicates, listDuplicates } from '../../archive/rejects/duplicates';
import { dropObjects, listIgnored } from '../../archive/rejects/ignored-objects';
import { checkObject } from '../../archive/rejects/known-object';
import { countRejects, listRejects } from '../../archive/rejects/list';
import { type ReplayCounts, replayRejects } from '../../archive/rejects/replay';
import type { Database } from '../../archive/store/database';
import { pageAddress } from '../../pages/page-address';
import type { Limit } from '../../queries/questions/parameters';
import type { RejectReason } from '../../records/outcome';
import { formatCount, formatNumber } from '../../texts/number-text';
import { writeLines } from '../formats/line-format';
import { type ListForm, listTable } from '../formats/list-table';
import { type ListFormatName, textFormats } from '../formats/registry';
import { duplicateList, ignoredList, rejectList, rejectReasons } from '../formats/reject-formats';
import {
  type ArchiveCliOptions,
  addArchiveOptions,
  archiveOptions,
  readUnlessStopped,
} from '../options/archive-options';
import { addHelpEnd, addOptionGroup } from '../options/help-text';
import { formatOption, limitOption, usualFormat } from '../options/list-options';
import { Output } from '../output/output';
import { tableWidth } from '../output/table-width';
import type { CommandContext } from '../process/context';
import { exitCode } from '../process/exit-code';
import { Progress } from '../progress/progress';
import { showCount } from '../progress/show-progress';
import { rejectsAdvice } from '../reports/closing-line';

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
  maskLinks?: boolean;
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
  context.stdout.write(listTable(form, shown, tableWidth(context)));
  return shown.length;
}

function writeSummary(context: CommandContext, shown: number, total: number, summary: string): void {
  const part = shown === 0 ? 'none' : `the first ${formatCount(shown)}`;
  context.stderr.write(`${summary}${shown < total ? `; showing ${part}` : ''}\n`);
}

async function showRejects(
  context: CommandContext,
  database: Database,
  options: RejectsCliOptions,
): Promise<void> {
  const filter = { reason: options.reason, object: onlyObject(options) };
  if (filter.object !== undefined) await checkObject(database, options.archive, filter.object);
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
  if (object !== undefined) await checkObject(database, options.archive, object);
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
      `${formatNumber(events, 'event')}; to ingest an object again, use it as a source\n`,
  );
}

/**
 * Formats the result of a replay, and the fix for rejects whose record is stored only in part.
 * @param advice the end of the first line
 */
function replayLines(counts: ReplayCounts, advice: string): string {
  const { rejects, recovered, events, newEvents, skipped, stillRejected, partial } = counts;
  const parts = [
    formatNumber(newEvents, 'new event'),
    formatNumber(events - newEvents, 'duplicate'),
    `${formatCount(skipped)} skipped`,
  ].join(', ');
  const summary = `replayed ${formatNumber(rejects, 'reject')}: ${formatCount(recovered)} recovered (${parts}), ${formatCount(stillRejected)} still rejected${advice}\n`;
  if (partial === 0) return summary;
  return `${summary}${formatCount(partial)} of them are stored only in part: run ses-events ingest on their source to read the objects again\n`;
}

async function replay(context: CommandContext, options: RejectsCliOptions): Promise<void> {
  const { reason, allowRejects = false, maskLinks } = options;
  const object = onlyObject(options);
  if (object !== undefined)
    await readUnlessStopped(context, options, (database) => checkObject(database, options.archive, object));
  const filter = { reason, object };
  const progress = new Progress(context, options.progress);
  let counts: ReplayCounts;
  try {
    counts = await replayRejects({
      ...archiveOptions(context, options),
      ...filter,
      maskLinks,
      onProgress: (parsed) => showCount(progress, parsed, 'rejects parsed'),
      signal: context.signal,
    });
  } catch (error) {
    if (!context.isInterrupted) throw error;
    progress.stop();
    context.stderr.write('stopped: the archive was not changed\n');
    return;
  } finally {
    progress.stop();
  }
  if (counts.stillRejected > 0 && !allowRejects) context.exitCode ??= exitCode.rejects;
  context.stderr.write(replayLines(counts, rejectsAdvice(context)));
}

async function rejects(context: CommandContext, options: RejectsCliOptions): Promise<void> {
  if (options.replay === true) return replay(context, options);
  if (options.dropObject !== undefined) return drop(context, options.dropObject, options);
  const list = options.ignored === true ? showIgnored : showRejects;
  const show = options.duplicates === true ? showDuplicates : list;
  await readUnlessStopped(context, options, (database) => show(context, database, options));
}

/** Adds the options that select another operation. */
function addOperations(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--duplicates',
        'list the duplicates instead, each with the occurrence that counts as the event',
      ).conflicts(['replay', 'reason']),
    )
    .addOption(
      new Option('--ignored', 'list the ignored objects instead').conflicts([
        'duplicates',
        'replay',
        'reason',
        'object',
      ]),
    )
    .addOption(
      new Option('--replay', 'parse the rejects again, and store the events in one transaction').conflicts([
        'format',
        'limit',
      ]),
    )
    .addOption(
      new Option(
        '--drop-object <name...>',
        'remove objects with their rejects and events, and ignore them in later ingests',
      ).conflicts(['duplicates', 'replay', 'ignored', 'reason', 'object', 'format', 'limit']),
    );
}

/** `ses-events rejects`: lists records that the archive could not read, and parses them again. */
function rejectsCommand(context: CommandContext): Command {
  const command = new Command('rejects').description('List rejected records, or parse them again');
  addOperations(addArchiveOptions(command, context))
    .option('--allow-rejects', 'with --replay, exit with code 0 even if records remain rejected')
    .option('--mask-links', 'with --replay, as in ses-events ingest')
    .option('--no-progress', 'hide the progress line of --replay');
  addOptionGroup(command, 'filter', (filter) =>
    filter
      .addOption(new Option('--reason <reason>', 'only rejects with this reason').choices(rejectReasons))
      .option('--object <name>', 'only records of this object: a file, or s3://bucket/key')
      .addOption(limitOption('maximum number of rows', `${tableLimit} in a table, otherwise all`)),
  );
  addOptionGroup(command, 'output', (output) => output.addOption(formatOption()));
  return addHelpEnd(command, {
    notes: [
      'Each reject has its place, its reason and its record. Records contain personal data.',
      'Run --replay after an upgrade. It does not add events that are already in the archive. --replay cannot parse ' +
        'a very large record, because only its first bytes are stored. The next ingest then reads its object again.',
      `See ${pageAddress('rejects')}`,
    ],
    examples: [
      'rejects --reason invalid-event',
      'rejects --format ndjson > rejects.ndjson',
      'rejects --replay',
      'rejects --drop-object notes.csv',
    ],
  }).action((options: RejectsCliOptions) => rejects(context, options));
}

export { rejectsCommand };
