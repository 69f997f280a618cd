import type { Command } from 'commander';
import { insertBefore, replaceOption } from '../process/correction';
import { UsageError } from '../process/exit-code';
import { parseInterval } from './option-values';

/** Options of an ingest that follows a queue or sources. */
interface FollowCliOptions {
  queue?: string;
  follow?: boolean;
  /** Seconds. */
  every?: number;
}

/** Adds the options of an ingest that follows a queue or sources. */
function addFollowOptions(command: Command): Command {
  return command
    .option(
      '--queue <url>',
      'ingest the objects listed in the S3 notifications of this SQS queue, instead of sources',
    )
    .option('--follow', 'continue until Ctrl-C: wait for messages, or list the sources repeatedly')
    .option(
      '--every <seconds>',
      'seconds between listings of the sources; requires --follow (default: 60)',
      parseInterval,
    );
}

/** @throws {UsageError} when the sources and the options of an ingest cannot be combined */
function checkFollowOptions(sources: readonly string[], options: FollowCliOptions): void {
  const { queue, follow: follows = false, every } = options;
  if (sources.includes('-'))
    throw new UsageError(
      'standard input cannot be ingested, because the archive identifies objects by name and version: ' +
        'save it to a file, and ingest the file',
    );
  if (queue !== undefined && sources.length > 0)
    throw new UsageError(
      `--queue cannot be combined with the source ${sources[0]}: the messages in the queue determine the objects`,
    );
  if (queue !== undefined && !(/^https?:/.test(queue) && URL.canParse(queue)))
    throw new UsageError(
      `--queue ${queue} is not the URL of a queue (example: https://sqs.eu-west-1.amazonaws.com/111122223333/NAME)`,
    );
  if (every !== undefined && queue !== undefined)
    throw new UsageError('--every cannot be combined with --queue', replaceOption('--every'));
  if (every !== undefined && !follows)
    throw new UsageError('--every requires --follow', insertBefore('--every', '--follow'));
}

export { addFollowOptions, checkFollowOptions, type FollowCliOptions };
