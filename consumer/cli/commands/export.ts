import { Command, Option } from 'commander';
import type { ExportFilter } from '../../archive/export/event-filter';
import { eventLines } from '../../archive/export/event-lines';
import { eventRows } from '../../archive/export/event-rows';
import { eventValues } from '../../archive/export/event-text';
import { exportParquet } from '../../archive/export/parquet';
import { columns } from '../../archive/store/columns';
import type { Database } from '../../archive/store/database';
import { rememberOutput } from '../../archive/store/outputs';
import { pageAddress } from '../../pages/page-address';
import { formatNumber } from '../../texts/number-text';
import { type LineFormat, type Shape, writeBatches } from '../formats/line-format';
import { textFormats } from '../formats/registry';
import { writeXlsx } from '../formats/xlsx/write-xlsx';
import { checkAnswerOptions } from '../options/answer-options';
import { type ArchiveCliOptions, addArchiveOptions, readUnlessStopped } from '../options/archive-options';
import {
  addEventFilterOptions,
  type EventFilterCliOptions,
  eventFilter,
} from '../options/event-filter-options';
import { addHelpEnd, addOptionGroup } from '../options/help-text';
import { type OutputOptions, placeText, writeOutput } from '../output/output-file';
import { writeOutputFolder } from '../output/output-folder';
import type { CommandContext } from '../process/context';
import { type Correction, inOrder, insertBefore, replaceOption } from '../process/correction';
import { UsageError } from '../process/exit-code';
import { Progress } from '../progress/progress';
import { showCount } from '../progress/show-progress';

interface ExportCliOptions extends ArchiveCliOptions, EventFilterCliOptions, OutputOptions {
  format: 'parquet' | 'csv' | 'ndjson' | 'xlsx';
  raw?: boolean;
  progress: boolean;
}

/** The engine has formatted the lines. */
const lines: Shape<Uint8Array> = {
  json: (line) => line,
  columns: columns.map(({ name }) => name),
  cells: () => [],
};

/** Removes `--format` or `-f` with its value. */
const replaceFormat: Correction = (args) => replaceOption('--format')(args) ?? replaceOption('-f')(args);

/** @throws {UsageError} when the options cannot be combined */
function checkOptions(options: ExportCliOptions): void {
  const { format, raw, output } = options;
  if (raw === true && format !== 'ndjson')
    throw new UsageError(
      `--raw requires --format ndjson, not ${format}`,
      inOrder(replaceFormat, insertBefore('--raw', '--format', 'ndjson')),
    );
  if (output === undefined && format === 'parquet')
    throw new UsageError('--format parquet requires --output FOLDER');
  checkAnswerOptions(options);
}

/** The export to write, and the progress display. */
interface ExportWork {
  filter: ExportFilter;
  options: ExportCliOptions;
  onProgress: (events: number) => void;
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
  format: 'csv' | 'ndjson',
) {
  let written = 0;
  const counted: LineFormat<Uint8Array> = {
    ...textFormats[format].lines(lines),
    line(bytes) {
      onProgress(written++);
      return bytes;
    },
  };
  const form = options.raw === true ? 'record' : format;
  return writeOutput(context, options, (output, isTerminal) =>
    writeBatches(context, eventLines(database, form, filter), counted, output, isTerminal),
  );
}

/** Writes events as a workbook; returns as {@link writeText}. */
async function writeWorkbook(
  context: CommandContext,
  database: Database,
  { filter, options, onProgress }: ExportWork,
) {
  async function* values() {
    let written = 0;
    for await (const row of eventRows(database, filter)) {
      onProgress(written++);
      yield eventValues(row);
    }
  }
  return writeOutput(context, options, (output) =>
    writeXlsx(
      context,
      { name: 'events', columns: columns.map(({ name }) => ({ name })), rows: values() },
      output,
    ),
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
    return isFile ? 'stopped: no file was written' : 'stopped';
  return `${formatNumber(events, 'event')}${placeText(options)}`;
}

async function exportEvents(context: CommandContext, options: ExportCliOptions): Promise<void> {
  checkOptions(options);
  const { format, raw } = options;
  const filter = eventFilter(options);
  // Events on the terminal already show the progress.
  const isVisible = options.output === undefined && context.stdout.isTTY === true;
  const progress = new Progress(context, options.progress && !isVisible);
  const onProgress = (written: number) => showCount(progress, written, 'events written');
  const work = { filter, options, onProgress };
  const events = await readUnlessStopped(context, options, (database) => {
    if (format === 'parquet') return writeParquet(context, database, work);
    if (format === 'xlsx') return writeWorkbook(context, database, work);
    return writeText(context, database, work, format);
  }).finally(() => progress.stop());
  const written = options.output ?? context.stdout.fd;
  if (raw === true && events !== undefined && written !== undefined) rememberOutput(options.archive, written);
  context.stderr.write(`${closing(context, events, options)}\n`);
}

/** Adds the options for the output of an export. */
function addExportOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '-f, --format <format>',
        'parquet: a folder with a partition per day; ndjson: one JSON object per line; xlsx: a workbook for Excel',
      )
        .choices(['parquet', 'csv', 'ndjson', 'xlsx'])
        .makeOptionMandatory(),
    )
    .option('--raw', 'write the records of SES instead of columns; requires --format ndjson')
    .option('-o, --output <path>', 'write to this file, or folder for parquet (default: standard output)')
    .option('--overwrite', 'replace an existing file, or the export in the folder');
}

/** `ses-events export`: writes the archive's events for other programs. */
function exportCommand(context: CommandContext): Command {
  const command = new Command('export').description('Export events as Parquet, CSV, NDJSON or xlsx');
  addArchiveOptions(command, context).option('--no-progress', 'hide the progress line');
  addOptionGroup(addEventFilterOptions(command), 'output', addExportOptions);
  return addHelpEnd(command, {
    notes: [
      'Exports contain personal data. Events have all columns, and are sorted by time and id, so the same archive ' +
        'always produces the same output. Output is written atomically.',
      '- csv: lists and objects are JSON, and bytes are base64. Cells that a spreadsheet would run as a formula ' +
        'begin with an apostrophe.\n' +
        '- xlsx: the columns of csv. Times are dates in UTC, and text is never run as a formula.\n' +
        '- ndjson --raw: records that the archive stores as bytes are unchanged, except that line breaks between ' +
        'tokens become spaces. Other records keep their values, but not their spaces and order of keys.',
      `See ${pageAddress('exporting')} and ${pageAddress('columns')}`,
    ],
    examples: [
      'export --format parquet --output events',
      'export --format csv --kind Bounce --since 2026-03-01 > bounces.csv',
      'export --format ndjson --raw --output records.ndjson',
    ],
  }).action((options: ExportCliOptions) => exportEvents(context, options));
}

export { exportCommand };
