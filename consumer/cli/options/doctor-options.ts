import type { Command } from 'commander';
import { parseConfigurationSet } from './option-values';

/** Options of every command that examines a configuration set in AWS. */
interface DoctorCliOptions {
  configurationSet: string;
  region?: string;
  endpoint?: string;
}

/**
 * Adds the options for a configuration set, and for the access to it in AWS.
 * @param what description of the configuration set in the help
 */
function addDoctorOptions(command: Command, what: string): Command {
  return command
    .requiredOption('--configuration-set <name>', what, parseConfigurationSet)
    .option(
      '--region <region>',
      'region of the configuration set (default: AWS_REGION, or what the SDK finds)',
    )
    .option('--endpoint <url>', 'another server that speaks the protocols of AWS (or AWS_ENDPOINT_URL)');
}

export { addDoctorOptions, type DoctorCliOptions };
