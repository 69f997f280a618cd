import { Command, InvalidArgumentError, Option } from 'commander';
import { follow } from '../../archive/ingest/follow';
import { type IngestProgress, ingest } from '../../archive/ingest/ingest';
import type { IngestCounts, QueueCounts } from '../../archive/ingest/ingest-counts';
import { ingestQueue } from '../../archive/ingest/ingest-queue';
import { type ArchiveCliOptions, addArchiveOptions, archiveOptions } from '../options/archive-options';
import { parseSeconds } from '../options/option-values';
import { failEmptyOption } from '../options/source-options';
import { terminalText } from '../output/terminal-text';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';
import { Progress } from '../progress/progress';
import { showIngest } from '../progress/show-progress';
import { ingestLine, queueLine } from '../reports/closing-line';
import { emptySources } from '../reports/empty-sources';
import { ingestExitCode, reportBatch, reportIngest } from '../reports/ingest-report';

interface IngestCliOptions extends ArchiveCliOptions {
  queue?: string;
  follow?: boolean;
  /** Seconds. */
  every?: number;
  endpoint?: string;
  region?: string;
  allowRejects?: boolean;
  failEmpty?: boolean;
  batchObjects?: number;
  progress: boolean;
}

function parseBatch(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('write a whole number, 1 or more');
  return Number(text);
}

function parseInterval(text: string): number {
  const seconds = parseSeconds(text);
  if (seconds < 1) throw new InvalidArgumentError('write a number of seconds, 1 or more');
  return seconds;
}

/** Options that every kind of ingest takes. */
function ingestOptions(context: CommandContext, options: IngestCliOptions, progress: Progress) {
  const { endpoint, region, batchObjects } = options;
  const { onWait, ...opened } = archiveOptions(context, options);
  return {
    ...opened,
    s3: { endpoint, region },
    batchObjects,
    signal: context.signal,
    onWait: (message: string) => {
      progress.stop();
      onWait(message);
    },
    onNotice: (message: string) => {
      progress.stop();
      context.stderr.write(`${terminalText(message)}\n`);
    },
    onProgress: (state: IngestProgress) => showIngest(progress, state),
  };
}

/** Ingests with a progress display on the terminal. */
async function withProgress<Result>(
  context: CommandContext,
  options: IngestCliOptions,
  work: (common: ReturnType<typeof ingestOptions>, progress: Progress) => Promise<Result>,
): Promise<Result> {
  const progress = new Progress(context, options.progress);
  try {
    return await work(ingestOptions(context, options, progress), progress);
  } finally {
    progress.stop();
  }
}

async function ingestSources(
  context: CommandContext,
  sources: string[],
  options: IngestCliOptions,
): Promise<void> {
  const started = Date.now();
  const counts = await withProgress(context, options, (common) => ingest(sources, common));
  // An interrupted listing may not have reached the first object.
  const isNamed = !context.isInterrupted;
  reportIngest(context, counts, ingestLine(counts, (Date.now() - started) / 1000, { isNamed }));
  if (counts.failed.length > 0) context.stderr.write('run the same command again to read what failed\n');
  checkEmpty(context, sources, counts, options);
  context.exitCode ??= ingestExitCode(counts, options.allowRejects === true);
}

/**
 * @throws {SourceError} when no source contains an object, and the archive is empty too or `--fail-empty` is
 * given
 */
function checkEmpty(
  context: CommandContext,
  names: string[],
  counts: IngestCounts,
  { archive, failEmpty = false }: IngestCliOptions,
): void {
  const { read, unchangedObjects, failed, setAside, knownObjects, leftOut } = counts;
  const ignored = counts.ignored.length;
  const isEmpty = read.objects + unchangedObjects + failed.length + setAside.length === 0;
  if (!isEmpty || context.isInterrupted || (knownObjects > 0 && !failEmpty)) return;
  const emptyArchive = knownObjects === 0 ? archive : undefined;
  throw emptySources({ verb: 'ingest', names, leftOut, ignored, emptyArchive });
}

async function followSources(
  context: CommandContext,
  sources: string[],
  options: IngestCliOptions,
): Promise<void> {
  const { every } = options;
  await withProgress(context, options, (common, progress) => {
    const onBatch = (counts: IngestCounts, seconds: number) => {
      progress.stop();
      reportBatch(context, counts, ingestLine(counts, seconds));
    };
    return follow(sources, { ...common, every, onBatch });
  });
}

async function ingestFromQueue(
  context: CommandContext,
  url: string,
  options: IngestCliOptions,
): Promise<void> {
  const started = Date.now();
  const follows = options.follow === true;
  const counts = await withProgress(context, options, (common, progress) => {
    const onBatch = (batch: QueueCounts, seconds: number) => {
      progress.stop();
      if (follows) reportBatch(context, batch, queueLine(batch, seconds));
    };
    return ingestQueue(url, { ...common, queueEndpoint: options.endpoint, follow: follows, onBatch });
  });
  if (follows) return; // each batch was already reported
  reportIngest(context, counts, queueLine(counts, (Date.now() - started) / 1000));
  context.exitCode ??= ingestExitCode(counts, options.allowRejects === true);
}

async function runIngest(
  context: CommandContext,
  sources: string[],
  options: IngestCliOptions,
): Promise<void> {
  const { queue, follow: follows = false, every } = options;
  if (queue === undefined && sources.length === 0)
    throw new UsageError(
      'nothing to ingest: name a file, a directory, a glob, s3://bucket/prefix, or --queue URL',
    );
  if (sources.includes('-'))
    throw new UsageError(
      'standard input cannot be ingested: the archive knows by name and version what it has, and a stream has neither; ' +
        'save it to a file and name that',
    );
  if (queue !== undefined && sources.length > 0)
    throw new UsageError(
      `either --queue or a source: with --queue, the queue says what to read, not ${sources[0]}`,
    );
  if (queue !== undefined && !(/^https?:/.test(queue) && URL.canParse(queue)))
    throw new UsageError(
      `--queue ${queue} is no URL of a queue: write https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`,
    );
  if (every !== undefined && (queue !== undefined || !follows))
    throw new UsageError(
      '--every says how often --follow lists the sources: it goes with a source and --follow',
    );
  if (options.failEmpty === true && (queue !== undefined || follows))
    throw new UsageError('--fail-empty is for one listing of sources: leave it out, or --queue and --follow');
  if (queue !== undefined) await ingestFromQueue(context, queue, options);
  else if (follows) await followSources(context, sources, options);
  else await ingestSources(context, sources, options);
}

/** `ses-events ingest`: adds delivered objects to the archive, each exactly once. */
function ingestCommand(context: CommandContext): Command {
  const command = new Command('ingest')
    .summary('take delivered objects into an archive, each exactly once')
    .description(
      'Takes what Firehose delivered into an archive, one DuckDB file. Run it again and only new or changed ' +
        'objects are read. Events that were delivered twice become one; what cannot be read is kept for ' +
        '`ses-events rejects`. It can be stopped at any time, and the next run goes on.',
    )
    .argument('[source...]', 'a file, a directory, a glob, or s3://bucket/prefix');
  return (
    addArchiveOptions(command, context)
      .option(
        '--queue <url>',
        'instead of a source: an SQS queue that S3 tells of new objects; a message is deleted once the archive has its objects',
      )
      .option(
        '--follow',
        'go on until Ctrl-C: wait for more messages, or list the sources again; the archive is free for others in between',
      )
      .option(
        '--every <seconds>',
        'with a source and --follow: how long to wait between listings (default: 60)',
        parseInterval,
      )
      .option(
        '--endpoint <url>',
        'another server that speaks S3 and SQS; buckets are addressed by path (or AWS_ENDPOINT_URL)',
      )
      .option('--region <region>', 'region of the bucket (default: AWS_REGION, or what the SDK finds)')
      .option('--allow-rejects', 'exit with 0 even when records were rejected')
      .option(...failEmptyOption)
      // Only useful in tests of interruptions; the default suits all other uses.
      .addOption(
        new Option('--batch-objects <count>', 'objects that are committed at once, at most')
          .argParser(parseBatch)
          .hideHelp(),
      )
      .option('--no-progress', 'no progress bar on the terminal')
      .addHelpText(
        'after',
        '\nName the errors prefix too: what Firehose could not deliver is decoded and becomes events.\n' +
          'S3 is read with the credentials that the AWS SDK finds (AWS_PROFILE, a role); they need s3:ListBucket and s3:GetObject.\n' +
          'A queue needs sqs:ReceiveMessage, sqs:DeleteMessage and sqs:ChangeMessageVisibility too.\n' +
          '\nExamples:\n' +
          '  $ ses-events ingest s3://my-bucket/events/ s3://my-bucket/errors/\n' +
          '  $ ses-events ingest ./archive --archive mail.duckdb\n' +
          '  $ ses-events ingest --queue https://sqs.eu-west-1.amazonaws.com/123456789012/email-events-objects --follow\n',
      )
      .action((sources: string[], options: IngestCliOptions) => runIngest(context, sources, options))
  );
}

export { ingestCommand };
