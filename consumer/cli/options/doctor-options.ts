import type { Command } from 'commander';
import { regionText } from './source-options';

/** Options of every command that examines a configuration set in AWS. */
interface DoctorCliOptions {
  region?: string;
  endpoint?: string;
}

/** Adds the options for the access to a configuration set in AWS. */
function addDoctorOptions(command: Command): Command {
  return command
    .option('--region <region>', regionText('the configuration set'))
    .option('--endpoint <url>', 'endpoint of an AWS-compatible server (env: AWS_ENDPOINT_URL)');
}

export { addDoctorOptions, type DoctorCliOptions };
