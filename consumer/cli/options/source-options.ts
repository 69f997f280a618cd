import type { Command } from 'commander';
import { addEventFilterOptions, type EventFilterCliOptions } from './event-filter-options';

/** Options of every command that reads delivered objects. */
interface SourceCliOptions extends EventFilterCliOptions {
  endpoint?: string;
  region?: string;
  allowRejects?: boolean;
  failEmpty?: boolean;
  progress: boolean;
}

/** For scheduled commands, where nobody would notice a wrong name. */
const failEmptyOption = [
  '--fail-empty',
  'exit with 1 when the sources hold no object, as where a name is wrong',
] as const;

/** Adds the options of every command that reads delivered objects. */
function addSourceOptions(command: Command): Command {
  return addEventFilterOptions(command, {
    kind: '; other lines are not examined and cannot be rejected',
    since: '; partitions wholly before it are not read',
  })
    .option(
      '--endpoint <url>',
      'another server that speaks S3; buckets are addressed by path (or AWS_ENDPOINT_URL)',
    )
    .option('--region <region>', 'region of the bucket (default: AWS_REGION, or what the SDK finds)')
    .option('--allow-rejects', 'exit with 0 even when records were rejected')
    .option(...failEmptyOption)
    .option('--no-progress', 'no progress bar on the terminal');
}

export { addSourceOptions, failEmptyOption, type SourceCliOptions };
