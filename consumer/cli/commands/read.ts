import { Command, Option } from 'commander';
import { type ListFormatName, listFormats } from '../formats/registry';
import { eventFilter } from '../options/event-filter-options';
import { usualFormat } from '../options/list-options';
import { addSourceOptions, type SourceCliOptions } from '../options/source-options';
import type { CommandContext } from '../process/context';
import { exitCode, UsageError } from '../process/exit-code';
import type { Reading, ReadingOptions } from '../reading/read-in-order';
import { streamEvents } from '../reading/stream-events';
import { summarize } from '../reading/summarize';
import { summaryTables } from '../reading/summary-table';
import { closingLine } from '../reports/closing-line';
import { emptySources } from '../reports/empty-sources';

interface ReadCliOptions extends SourceCliOptions {
  format?: ListFormatName;
  rejects?: string;
  strict?: boolean;
}

/** Rates cannot be computed from these counts: an event may be delivered twice, and can concern several emails. */
const eventsAsDelivered =
  'Events as delivered: one that was delivered twice counts twice. For rates: ses-events ingest, then ses-events ask health';

/** Reads the sources and writes a summary of them. */
async function writeSummary(
  context: CommandContext,
  sources: readonly string[],
  options: ReadingOptions,
): Promise<Reading> {
  const { summary, ...reading } = await summarize(context, sources, options);
  context.stdout.write(summaryTables(summary, reading.counts.skipped, eventsAsDelivered));
  return reading;
}

async function read(context: CommandContext, sources: string[], options: ReadCliOptions): Promise<void> {
  const { format = usualFormat(context), strict = false, progress, endpoint, region } = options;
  if (sources.includes('-') && context.stdin.isTTY) {
    throw new UsageError(
      'standard input is a terminal: pipe something into it, or name a file, a directory or s3://bucket/prefix',
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
  const { counts, leftOut } =
    format === 'table'
      ? await writeSummary(context, sources, reading)
      : await streamEvents(context, sources, format, reading);
  context.stderr.write(`${closingLine(counts, leftOut, (Date.now() - started) / 1000)}\n`);
  if (options.failEmpty === true && counts.objects === 0 && !context.isInterrupted)
    throw emptySources({ verb: 'read', names: sources, leftOut });
  if (counts.rejects > 0 && options.allowRejects !== true) context.exitCode ??= exitCode.rejects;
}

/** `ses-events read`: writes events as NDJSON to a pipe, or a summary to a terminal. */
function readCommand(context: CommandContext): Command {
  const command = new Command('read')
    .summary('read delivered objects: events in a pipe, a summary on a terminal')
    .description(
      'Reads what Firehose delivered, whatever its compression and framing, and writes the events with ' +
        'their provenance. Nothing is hidden: the last line accounts for every record.',
    )
    .argument('<source...>', 'a file, a directory, a glob, s3://bucket/prefix, or - for standard input');
  return addSourceOptions(command)
    .addOption(
      new Option(
        '-f, --format <format>',
        'how to write: table sums up, the others write the events, csv only a few of their fields (default: table on a terminal, otherwise ndjson)',
      ).choices(listFormats),
    )
    .option(
      '--rejects <file>',
      'write rejected records to this file, one line of JSON each; it is emptied first, and holds personal data',
    )
    .option('--strict', 'stop at the first rejected record, with exit code 1')
    .addHelpText(
      'after',
      '\nS3 is read with the credentials that the AWS SDK finds (AWS_PROFILE, a role); they need s3:ListBucket and s3:GetObject.\n' +
        '\nExamples:\n' +
        '  $ ses-events read s3://my-bucket/events/ --since 2026-03-01 --kind Bounce > bounces.ndjson\n' +
        '  $ ses-events read ./archive --format table\n' +
        '  $ zcat object.gz | ses-events read -\n',
    )
    .action((sources: string[], options: ReadCliOptions) => read(context, sources, options));
}

export { readCommand };
