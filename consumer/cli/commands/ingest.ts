import { Command, InvalidArgumentError, Option } from 'commander';
import { type IngestCounts, ingest } from '../../archive/ingest/ingest';
import { type ArchiveCliOptions, addArchiveOptions, archiveOptions } from '../archive-options';
import { exitCode } from '../exit-code';
import { ingestBar } from '../ingest-bar';
import { ingestLine } from '../ingest-line';
import { interruption } from '../interruption';
import { terminalText } from '../terminal-text';

interface IngestCliOptions extends ArchiveCliOptions {
  endpoint?: string;
  region?: string;
  allowRejects?: boolean;
  batchObjects?: number;
  progress: boolean;
}

function parseCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('write a whole number, 1 or more');
  return Number(text);
}

async function ingestSources(sources: string[], options: IngestCliOptions): Promise<void> {
  const { endpoint, region, batchObjects, allowRejects = false } = options;
  const started = Date.now();
  const bar = ingestBar(options.progress);
  let counts: IngestCounts;
  try {
    counts = await ingest(sources, {
      ...archiveOptions(options),
      s3: { endpoint, region },
      batchObjects,
      signal: interruption.signal,
      onProgress: (progress) => bar.show(progress),
    });
  } finally {
    bar.stop();
  }
  for (const { object, message } of counts.failed) {
    process.stderr.write(`${terminalText(object)} could not be read: ${terminalText(message)}\n`);
  }
  process.stderr.write(`${ingestLine(counts, (Date.now() - started) / 1000)}\n`);
  if (counts.failed.length > 0) {
    process.stderr.write('run the same command again to read what failed\n');
    process.exitCode ??= exitCode.failed;
  } else if (counts.read.rejects > 0 && !allowRejects) process.exitCode ??= exitCode.rejects;
}

/** `ses-events ingest`: delivered objects into the archive, each exactly once. */
function ingestCommand(): Command {
  const command = new Command('ingest')
    .summary('take delivered objects into an archive, each exactly once')
    .description(
      'Takes what Firehose delivered into an archive, one DuckDB file. Run it again and only new or changed ' +
        'objects are read. Events that were delivered twice become one; what cannot be read is kept for ' +
        '`ses-events rejects`. It can be stopped at any time, and the next run goes on.',
    )
    .argument('<source...>', 'a file, a directory, a glob, or s3://bucket/prefix');
  return (
    addArchiveOptions(command)
      .option(
        '--endpoint <url>',
        'another server that speaks S3; buckets are addressed by path (or AWS_ENDPOINT_URL)',
      )
      .option('--region <region>', 'region of the bucket (default: AWS_REGION, or what the SDK finds)')
      .option('--allow-rejects', 'exit with 0 even when records were rejected')
      // For tests of what an interruption leaves; nobody else is better off with another number.
      .addOption(
        new Option('--batch-objects <count>', 'objects that are committed at once, at most')
          .argParser(parseCount)
          .hideHelp(),
      )
      .option('--no-progress', 'no progress bar on the terminal')
      .addHelpText(
        'after',
        '\nName the errors prefix too: what Firehose could not deliver is decoded and becomes events.\n' +
          'S3 is read with the credentials that the AWS SDK finds (AWS_PROFILE, a role); they need s3:ListBucket and s3:GetObject.\n' +
          '\nExamples:\n' +
          '  $ ses-events ingest s3://my-bucket/events/ s3://my-bucket/errors/\n' +
          '  $ ses-events ingest ./archive --archive mail.duckdb\n',
      )
      .action(ingestSources)
  );
}

export { ingestCommand };
