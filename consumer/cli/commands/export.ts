import { Command, Option } from 'commander';
import { type ExportFilter, eventRows } from '../../archive/export/event-rows';
import { eventCells, eventJson, recordLine } from '../../archive/export/event-text';
import { exportParquet } from '../../archive/export/parquet';
import { columns } from '../../archive/store/columns';
import type { Database, ResultRow } from '../../archive/store/database';
import { rememberOutput } from '../../archive/store/outputs';
import { type LineFormat, type Shape, writeLines } from '../formats/line-format';
import { type TextFormatName, textFormats } from '../formats/registry';
import { checkAnswerOptions } from '../options/answer-options';
import { type ArchiveCliOptions, addArchiveOptions, readUnlessStopped } from '../options/archive-options';
import {
  addEventFilterOptions,
  type EventFilterCliOptions,
  eventFilter,
} from '../options/event-filter-options';
import { formatNumber } from '../output/number-text';
import { type OutputOptions, placeText, writeOutput } from '../output/output-file';
import { writeOutputFolder } from '../output/output-folder';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';
import { Progress } from '../progress/progress';
import { showCount } from '../progress/show-progress';

interface ExportCliOptions extends ArchiveCliOptions, EventFilterCliOptions, OutputOptions {
  format: 'parquet' | 'csv' | 'ndjson';
  raw?: boolean;
  progress: boolean;
}

const shape: Shape<ResultRow> = {
  json: eventJson,
  columns: columns.map(({ name }) => name),
  cells: eventCells,
};

/** @throws {UsageError} when the options cannot be combined */
function checkOptions(options: ExportCliOptions): void {
  const { format, raw, output } = options;
  if (raw === true && format !== 'ndjson')
    throw new UsageError(`--raw writes records, which are no ${format}: use --format ndjson`);
  if (output === undefined && format === 'parquet')
    throw new UsageError('parquet is a folder of files: name one with --output');
  checkAnswerOptions(options);
}

/** The export to write, and the progress display. */
interface ExportWork {
  filter: ExportFilter;
  options: ExportCliOptions;
  onProgress: (events: number) => void;
}

function linesOf(format: TextFormatName, raw = false): LineFormat<ResultRow> {
  const lines = textFormats[format].lines(shape);
  return raw ? { ...lines, line: recordLine } : lines;
}

/**
 * Writes events in a text format.
 *
 * @returns the number of events; undefined when the user interrupted it and there is no file
 */
async function writeText(
  context: CommandContext,
  database: Database,
  { filter, options, onProgress }: ExportWork,
  format: LineFormat<ResultRow>,
) {
  const rows = eventRows(database, filter);
  let written = 0;
  const lines: LineFormat<ResultRow> = {
    ...format,
    line(row) {
      onProgress(written++);
      return format.line(row);
    },
  };
  return writeOutput(context, options, (output, isTerminal) =>
    writeLines(context, rows, lines, output, isTerminal),
  );
}

async function writeParquet(
  context: CommandContext,
  database: Database,
  { filter, options, onProgress }: ExportWork,
) {
  const { output = '', overwrite = false } = options;
  const { signal } = context;
  return writeOutputFolder(output, { overwrite }, (folder) =>
    exportParquet(database, { ...filter, folder, onProgress, signal }),
  );
}

/** Formats the line that reports the result. */
function closing(context: CommandContext, events: number | undefined, options: ExportCliOptions): string {
  const isFile = options.output !== undefined;
  if (events === undefined || (context.isInterrupted && !isFile))
    return isFile ? 'stopped: nothing was written' : 'stopped';
  return `${formatNumber(events, 'event')}${placeText(options)}`;
}

async function exportEvents(context: CommandContext, options: ExportCliOptions): Promise<void> {
  checkOptions(options);
  const { format, raw } = options;
  const filter = eventFilter(options);
  // Events on the terminal already show the progress.
  const isSeen = options.output === undefined && context.stdout.isTTY === true;
  const progress = new Progress(context, options.progress && !isSeen);
  const onProgress = (written: number) => showCount(progress, written, 'events written');
  const work = { filter, options, onProgress };
  const events = await readUnlessStopped(context, options, (database) =>
    format === 'parquet'
      ? writeParquet(context, database, work)
      : writeText(context, database, work, linesOf(format, raw)),
  ).finally(() => progress.stop());
  const written = options.output ?? context.stdout.fd;
  if (raw === true && events !== undefined && written !== undefined) rememberOutput(options.archive, written);
  context.stderr.write(`${closing(context, events, options)}\n`);
}

/** `ses-events export`: writes the archive's events for other programs. */
function exportCommand(context: CommandContext): Command {
  const command = new Command('export')
    .summary("write the archive's events as Parquet, CSV or NDJSON")
    .description(
      'Writes the events with all columns (docs/columns.md), in the order of time and id: the same archive gives ' +
        'the same output. It holds personal data.',
    );
  addArchiveOptions(command, context).addOption(
    new Option(
      '-f, --format <format>',
      'parquet: a folder with a partition for each day; csv; ndjson: one object a line',
    )
      .choices(['parquet', 'csv', 'ndjson'])
      .makeOptionMandatory(),
  );
  return addEventFilterOptions(command)
    .option('--raw', 'with ndjson: the records as SES wrote them instead of columns')
    .option('-o, --output <path>', 'a file, or the folder for parquet (default: standard output)')
    .option('--overwrite', 'replace the file, or an earlier export in the folder')
    .option('--no-progress', 'no progress on the terminal')
    .addHelpText(
      'after',
      '\nA file or folder has its name only once it is whole.\n' +
        'csv: lists and objects are JSON, bytes base64; a cell that a spreadsheet would run as a formula gets an apostrophe.\n' +
        'ndjson --raw: byte by byte what the archive kept as bytes, but a line break between two tokens becomes a space; ' +
        'the other records say the same as they did, spaces and the order of keys apart.\n' +
        '\nExamples:\n' +
        '  $ ses-events export --format parquet --output events\n' +
        '  $ ses-events export --format csv --kind Bounce --since 2026-03-01 > bounces.csv\n' +
        '  $ ses-events export --format ndjson --raw --output records.ndjson\n',
    )
    .action((options: ExportCliOptions) => exportEvents(context, options));
}

export { exportCommand };
