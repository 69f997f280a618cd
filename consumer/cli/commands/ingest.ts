import { Command, InvalidArgumentError, Option } from 'commander';
import { follow } from '../../archive/ingest/follow';
import { type IngestProgress, ingest } from '../../archive/ingest/ingest';
import type { IngestCounts, QueueCounts } from '../../archive/ingest/ingest-counts';
import { ingestQueue } from '../../archive/ingest/ingest-queue';
import { pageAddress } from '../../pages/page-address';
import { terminalText } from '../../texts/terminal-text';
import { type ArchiveCliOptions, addArchiveOptions, archiveOptions } from '../options/archive-options';
import { addFollowOptions, checkFollowOptions, type FollowCliOptions } from '../options/follow-options';
import { addHelpEnd, addOptionGroup } from '../options/help-text';
import { allowRejectsOption, failEmptyOption, maskLinksOption, regionText } from '../options/source-options';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';
import { Progress } from '../progress/progress';
import { showIngest } from '../progress/show-progress';
import { ingestLine, queueLine, rejectsAdvice } from '../reports/closing-line';
import { emptySources } from '../reports/empty-sources';
import { ingestExitCode, reportBatch, reportIngest } from '../reports/ingest-report';

interface IngestCliOptions extends ArchiveCliOptions, FollowCliOptions {
  endpoint?: string;
  region?: string;
  allowRejects?: boolean;
  failEmpty?: boolean;
  maskLinks?: boolean;
  batchObjects?: number;
  progress: boolean;
}

function parseBatch(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new InvalidArgumentError('Expected a whole number from 1 to 999999999.');
  return Number(text);
}

/** Returns the options of every kind of ingest. */
function ingestOptions(context: CommandContext, options: IngestCliOptions, progress: Progress) {
  const { endpoint, region, batchObjects, maskLinks } = options;
  const { onWait, ...opened } = archiveOptions(context, options);
  return {
    ...opened,
    s3: { endpoint, region },
    batchObjects,
    maskLinks,
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
  context.exitCode ??= ingestExitCode(counts, options.allowRejects === true);
  const line = ingestLine(counts, (Date.now() - started) / 1000, { isNamed });
  reportIngest(context, counts, line + rejectsAdvice(context));
  if (counts.failed.length > 0)
    context.stderr.write('run the same command again to read the failed objects\n');
  checkEmpty(context, sources, counts, options);
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
  const { read, unchangedObjects, failed, unstorableObjects, knownObjects, skippedObjects } = counts;
  const ignored = counts.ignored.length;
  const isEmpty = read.objects + unchangedObjects + failed.length + unstorableObjects.length === 0;
  if (!isEmpty || context.isInterrupted || (knownObjects > 0 && !failEmpty)) return;
  const emptyArchive = knownObjects === 0 ? archive : undefined;
  throw emptySources({ verb: 'ingest', names, skippedObjects, ignored, emptyArchive });
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
  context.exitCode ??= ingestExitCode(counts, options.allowRejects === true);
  reportIngest(context, counts, queueLine(counts, (Date.now() - started) / 1000) + rejectsAdvice(context));
}

async function runIngest(
  context: CommandContext,
  sources: string[],
  options: IngestCliOptions,
): Promise<void> {
  const { queue, follow: follows = false } = options;
  if (queue === undefined && sources.length === 0)
    throw new UsageError(
      'a source is required: a file, a folder, a glob, s3://bucket/prefix, or --queue URL',
    );
  checkFollowOptions(sources, options);
  if (options.failEmpty === true && (queue !== undefined || follows))
    throw new UsageError(
      `--fail-empty cannot be combined with ${queue === undefined ? '--follow' : '--queue'}`,
    );
  if (queue !== undefined) await ingestFromQueue(context, queue, options);
  else if (follows) await followSources(context, sources, options);
  else await ingestSources(context, sources, options);
}

/** `ses-events ingest`: adds delivered objects to the archive, each exactly once. */
function ingestCommand(context: CommandContext): Command {
  const command = new Command('ingest')
    .description('Add delivered events to the archive')
    .argument('[source...]', 'file, folder, glob, or s3://bucket/prefix');
  addArchiveOptions(command, context)
    .option('--region <region>', regionText("the bucket; a queue's region is taken from its URL"))
    .option(
      '--endpoint <url>',
      'endpoint of a server compatible with S3 and SQS, path-style (env: AWS_ENDPOINT_URL)',
    )
    .option(...allowRejectsOption)
    .option(...failEmptyOption)
    .option(...maskLinksOption)
    // Only tests of interruptions use it; the default suits all other uses.
    .addOption(
      new Option('--batch-objects <count>', 'maximum number of objects per commit')
        .argParser(parseBatch)
        .hideHelp(),
    )
    .option('--no-progress', 'hide the progress bar');
  addOptionGroup(command, 'follow', addFollowOptions);
  return addHelpEnd(command, {
    notes: [
      'The archive is one DuckDB file. Each run reads new and changed objects only. You can interrupt a run at any time: ' +
        'the next run continues.',
      '- An event is stored once, with all its occurrences.\n' +
        '- Rejected records are stored: see ses-events rejects.\n' +
        '- Also give the errors prefix, to ingest records that Firehose could not deliver.\n' +
        '- A queue message is deleted after its objects are committed.',
      'Requires s3:ListBucket and s3:GetObject, and for a queue sqs:ReceiveMessage, sqs:DeleteMessage and ' +
        'sqs:ChangeMessageVisibility. Credentials are those of the AWS SDK, such as AWS_PROFILE.',
      `See ${pageAddress('archiving')} and ${pageAddress('following')}`,
    ],
    examples: [
      'ingest s3://my-bucket/events/ s3://my-bucket/errors/',
      'ingest ./delivered --archive mail.duckdb',
      'ingest --queue https://sqs.eu-west-1.amazonaws.com/123456789012/email-events-objects --follow',
    ],
  }).action((sources: string[], options: IngestCliOptions) => runIngest(context, sources, options));
}

export { ingestCommand };
