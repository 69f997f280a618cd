import { Command, Option } from 'commander';
import type { Answer } from '../../doctor/answers/answer';
import { createClients } from '../../doctor/answers/clients';
import { askConfigurationSet } from '../../doctor/configuration-set';
import { matchingSettings } from '../../doctor/configuration-set-settings';
import { askEventDestinations } from '../../doctor/event-destination';
import { unanswered } from '../../doctor/findings/finding';
import { SourceError } from '../../sources/source-error';
import { settingFormats } from '../formats/setting-formats';
import { addDoctorOptions, type DoctorCliOptions } from '../options/doctor-options';
import { terminalText } from '../output/terminal-text';
import type { CommandContext } from '../process/context';

interface SettingsCliOptions extends DoctorCliOptions {
  format: 'hcl' | 'json';
}

/** @throws {SourceError} with the reason why AWS did not answer, and the fix */
function answered<Value>(answer: Answer<Value>, name: string): Value {
  if (answer.state === 'found') return answer.value;
  const { message, fix } = unanswered('configuration-set', `read the configuration set ${name}`, answer, {
    message: `there is no configuration set ${name} in this account and region`,
    fix: 'check --configuration-set, --region and the credentials',
  });
  throw new SourceError(`${message}: ${fix}`);
}

async function printSettings(
  context: CommandContext,
  { configurationSet, format, ...reach }: SettingsCliOptions,
): Promise<void> {
  const clients = await createClients(reach);
  const set = answered(await askConfigurationSet(clients, configurationSet), configurationSet);
  const destinations = answered(await askEventDestinations(clients, configurationSet), configurationSet);
  const { settings, notes } = matchingSettings(set, destinations);
  context.stdout.write(settingFormats[format](settings));
  for (const note of notes) context.stderr.write(`note: ${terminalText(note)}\n`);
}

/** `ses-events settings`: prints the settings with which a deployment adopts existing resources. */
function settingsCommand(context: CommandContext): Command {
  const command = new Command('settings')
    .summary('print the settings that match an existing configuration set')
    .description(
      'Looks at a configuration set and its event destinations, and prints the settings with which a deployment takes ' +
        'it over and changes nothing of it. It changes nothing.',
    );
  return addDoctorOptions(command, 'the configuration set to take over')
    .addOption(
      new Option(
        '-f, --format <format>',
        'hcl: arguments of the Terraform module; json: an environment of cdktf.json',
      )
        .choices(['hcl', 'json'])
        .default('hcl'),
    )
    .addHelpText(
      'after',
      '\nNeeds ses:GetConfigurationSet and ses:GetConfigurationSetEventDestinations. docs/adopting.md shows what to do ' +
        'with the settings.\n' +
        '\nExamples:\n' +
        '  $ ses-events settings --configuration-set marketing --region eu-west-1\n' +
        '  $ ses-events settings --configuration-set marketing --format json\n',
    )
    .action((options: SettingsCliOptions) => context.untilInterrupted(printSettings(context, options)));
}

export { settingsCommand };
