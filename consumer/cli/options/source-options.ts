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

/** For scheduled commands, where a wrong name would not be noticed. */
const failEmptyOption = ['--fail-empty', 'exit with code 1 if the sources contain no objects'] as const;

const allowRejectsOption = ['--allow-rejects', 'exit with code 0 even if records are rejected'] as const;

const maskLinksOption = [
  '--mask-links',
  'store clicked links without query and fragment, and rejects without their bytes',
] as const;

/** Formats the description of `--region`. */
function regionText(of: string): string {
  return `region of ${of} (default: AWS_REGION, or the AWS configuration file)`;
}

/** Adds the options of every command that reads delivered objects. */
function addSourceOptions(command: Command): Command {
  command
    .option('--region <region>', regionText('the bucket'))
    .option('--endpoint <url>', 'endpoint of an S3-compatible server, path-style (env: AWS_ENDPOINT_URL)')
    .option(...allowRejectsOption)
    .option(...failEmptyOption)
    .option('--no-progress', 'hide the progress bar');
  return addEventFilterOptions(command);
}

export {
  addSourceOptions,
  allowRejectsOption,
  failEmptyOption,
  maskLinksOption,
  regionText,
  type SourceCliOptions,
};
