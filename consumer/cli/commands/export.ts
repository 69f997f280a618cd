import { Command, Option } from 'commander';
import { eventRows } from '../../archive/export/event-rows';
import { eventCells, eventJson, recordLine } from '../../archive/export/event-text';
import type { ExportFilter } from '../../archive/export/filter';
import { exportParquet } from '../../archive/export/parquet';
import { readArchive } from '../../archive/file/read-archive';
import { columns } from '../../archive/store/columns';
import type { Database, ResultRow } from '../../archive/store/database';
import { rememberOutput } from '../../archive/store/outputs';
import { type LineFormat, writeLines } from '../formats/line-format';
import { type TextFormatName, textFormats } from '../formats/registry';
import type { Shape } from '../formats/text-format';
import { type ArchiveCliOptions, addArchiveOptions, archiveOptions } from '../options/archive-options';
import {
  addEventFilterOptions,
  type EventFilterCliOptions,
  eventFilter,
} from '../options/event-filter-options';
import { formatNumber } from '../output/number-text';
import { Output } from '../output/output';
import { writeOutputFile } from '../output/output-file';
import { writeOutputFolder } from '../output/output-folder';
import { terminalText } from '../output/terminal-text';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';
import { Progress } from '../progress/progress';
import { showCount } from '../progress/show-progress';

interface ExportCliOptions extends ArchiveCliOptions, EventFilterCliOptions {
  format: 'parquet' | 'csv' | 'ndjson';
  raw?: boolean;
  output?: string;
  overwrite?: boolean;
  progress: boolean;
}

const shape: Shape<ResultRow> = {
  json: eventJson,
  columns: columns.map(({ name }) => name),
  cells: eventCells,
};

function checkOptions({ format, raw, output, overwrite }: ExportCliOptions): void {
  if (raw === true && format !== 'ndjson')
    throw new UsageError(`--raw writes records, which are no ${format}: use --format ndjson`);
  if (output === undefined && format === 'parquet')
    throw new UsageError('parquet is a folder of files: name one with --output');
  if (output === undefined && overwrite === true)
    throw new UsageError('--overwrite is for what --output names: add --output');
}

/** What is to be written, and where its progress is shown. */
interface ExportWork {
  filter: ExportFilter;
  options: ExportCliOptions;
  onProgress: (events: number) => void;
}

function linesOf(format: TextFormatName, raw = false): LineFormat<ResultRow> {
  const lines = textFormats[format].lines(shape);
  return raw ? { ...lines, line: recordLine } : lines;
}

/** Gives how many events were written; undefined when there is no file because the user has stopped it. */
async function writeText(
  context: CommandContext,
  database: Database,
  { filter, options, onProgress }: ExportWork,
  format: LineFormat<ResultRow>,
) {
  const { output, overwrite = false } = options;
  const rows = eventRows(database, filter);
  let written = 0;
  const lines: LineFormat<ResultRow> = {
    ...format,
    line(row) {
      onProgress(written++);
      return format.line(row);
    },
  };
  if (output === undefined)
    return writeLines(context, rows, lines, new Output(context.stdout), context.stdout.isTTY === true);
  return writeOutputFile(context, output, { overwrite }, (file) =>
    writeLines(context, rows, lines, file, false),
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

/** The line that says what came of it. */
function closing(context: CommandContext, events: number | undefined, { output }: ExportCliOptions): string {
  if (output === undefined)
    return context.isInterrupted || events === undefined ? 'stopped' : formatNumber(events, 'event');
  if (events === undefined) return 'stopped: nothing was written';
  return `${formatNumber(events, 'event')} in ${terminalText(output)}`;
}

async function exportEvents(context: CommandContext, options: ExportCliOptions): Promise<void> {
  checkOptions(options);
  const { format, raw } = options;
  const filter = eventFilter(options);
  const { archive, wait, onWait } = archiveOptions(context, options);
  const { signal } = context;
  // What is written on the terminal shows its progress by itself.
  const isSeen = options.output === undefined && context.stdout.isTTY === true;
  const progress = new Progress(context, options.progress && !isSeen);
  const onProgress = (written: number) => showCount(progress, written, 'events written');
  const work = { filter, options, onProgress };
  let events: number | undefined;
  try {
    events = await readArchive(archive, { wait, onWait, signal }, (database) =>
      format === 'parquet'
        ? writeParquet(context, database, work)
        : writeText(context, database, work, linesOf(format, raw)),
    );
  } catch (error) {
    if (!context.isInterrupted) throw error; // a query that was stopped
  } finally {
    progress.stop();
  }
  const written = options.output ?? context.stdout.fd;
  if (raw === true && events !== undefined && written !== undefined) rememberOutput(archive, written);
  context.stderr.write(`${closing(context, events, options)}\n`);
}

/** `ses-events export`: the archive's events for other programs. */
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
