import type { Command } from 'commander';
import { parseConfigurationSet } from './option-values';

/** Options of every command that looks at a configuration set in AWS. */
interface DoctorCliOptions {
  configurationSet: string;
  region?: string;
  endpoint?: string;
}

/**
 * Adds the options that say which configuration set, and how to reach it.
 * @param what what the configuration set is to the command
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
