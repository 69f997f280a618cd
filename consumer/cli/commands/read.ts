import { Command, Option } from 'commander';
import { pageAddress } from '../../pages/page-address';
import { type ListFormatName, listFormats } from '../formats/registry';
import { eventFilter } from '../options/event-filter-options';
import { addHelpEnd, addOptionGroup } from '../options/help-text';
import { usualFormat } from '../options/list-options';
import { addSourceOptions, type SourceCliOptions } from '../options/source-options';
import { tableWidth } from '../output/table-width';
import type { CommandContext } from '../process/context';
import { exitCode, UsageError } from '../process/exit-code';
import type { Reading, ReadingOptions } from '../reading/read-in-order';
import { streamEvents } from '../reading/stream-events';
import { summarize } from '../reading/summarize';
import { summaryTables } from '../reading/summary-table';
import { closingLine, rejectsAdvice } from '../reports/closing-line';
import { emptySources } from '../reports/empty-sources';

interface ReadCliOptions extends SourceCliOptions {
  format?: ListFormatName;
  rejects?: string;
  strict?: boolean;
}

/** Rates cannot be computed from these counts, because an event can be delivered twice, and can be about several emails. */
const eventsAsDelivered =
  'Counts include duplicates. For rates, run ses-events ingest, then ses-events ask health';

/** Reads the sources and writes a summary of them. */
async function writeSummary(
  context: CommandContext,
  sources: readonly string[],
  options: ReadingOptions,
): Promise<Reading> {
  const { summary, ...reading } = await summarize(context, sources, options);
  const look = { note: eventsAsDelivered, width: tableWidth(context) };
  context.stdout.write(summaryTables(summary, reading.counts.skipped, look));
  return reading;
}

async function read(context: CommandContext, sources: string[], options: ReadCliOptions): Promise<void> {
  const { format = usualFormat(context), strict = false, progress, endpoint, region } = options;
  if (sources.includes('-') && context.stdin.isTTY) {
    throw new UsageError(
      'standard input is a terminal: use a pipe, or a file, a folder or s3://bucket/prefix',
    );
  }
  const started = Date.now();
  const reading = {
    filter: eventFilter(options),
    s3: { endpoint, region },
    strict,
    progress,
    rejectsFile: options.rejects,
  };
  const { counts, skippedObjects } =
    format === 'table'
      ? await writeSummary(context, sources, reading)
      : await streamEvents(context, sources, format, reading);
  if (counts.rejects > 0 && options.allowRejects !== true) context.exitCode ??= exitCode.rejects;
  const line = closingLine(counts, skippedObjects, (Date.now() - started) / 1000);
  context.stderr.write(`${line}${rejectsAdvice(context)}\n`);
  if (options.failEmpty === true && counts.objects === 0 && !context.isInterrupted)
    throw emptySources({ verb: 'read', names: sources, skippedObjects });
}

/** Adds the options for the output of the command. */
function addReadOutputOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '-f, --format <format>',
        'output format; table is a summary, csv has only some fields (default: table on a terminal, otherwise ndjson)',
      ).choices(listFormats),
    )
    .option('--rejects <file>', 'write rejected records to this file as NDJSON, and replace its content');
}

/** `ses-events read`: writes events as NDJSON to a pipe, or a summary to a terminal. */
function readCommand(context: CommandContext): Command {
  const command = new Command('read')
    .description('Print delivered events, or a summary of them')
    .argument('<source...>', 'file, folder, glob, s3://bucket/prefix, or - for standard input')
    .option('--strict', 'stop at the first rejected record, with exit code 1');
  addOptionGroup(addSourceOptions(command), 'output', addReadOutputOptions);
  return addHelpEnd(command, {
    notes: [
      'Events and rejected records contain personal data. The last line counts every record.',
      'Every compression and framing of Firehose is supported.',
      'With --kind, lines of other kinds are not examined. With --since, earlier partitions are skipped.',
      'S3 requires s3:ListBucket and s3:GetObject, with the credentials of the AWS SDK, such as AWS_PROFILE.',
      `See ${pageAddress('rejects')}`,
    ],
    examples: [
      'read s3://my-bucket/events/ --since 2026-03-01 --kind Bounce > bounces.ndjson',
      'read ./delivered --format table',
      'read - < object.gz',
    ],
  }).action((sources: string[], options: ReadCliOptions) => read(context, sources, options));
}

export { readCommand };
