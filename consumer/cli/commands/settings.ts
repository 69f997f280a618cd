import { Command, Option } from 'commander';
import type { Answer } from '../../doctor/answers/answer';
import { createClients } from '../../doctor/answers/clients';
import { askConfigurationSet } from '../../doctor/configuration-set';
import { matchingSettings } from '../../doctor/configuration-set-settings';
import { askEventDestinations } from '../../doctor/event-destination';
import { unanswered } from '../../doctor/findings/finding';
import { pageAddress } from '../../pages/page-address';
import { SourceError } from '../../sources/source-error';
import { terminalText } from '../../texts/terminal-text';
import { settingFormats } from '../formats/setting-formats';
import { addDoctorOptions, type DoctorCliOptions } from '../options/doctor-options';
import { addHelpEnd } from '../options/help-text';
import { parseConfigurationSet } from '../options/option-values';
import type { CommandContext } from '../process/context';

interface SettingsCliOptions extends DoctorCliOptions {
  configurationSet: string;
  format: 'hcl' | 'json';
}

/** @throws {SourceError} when AWS does not answer; the message contains the reason and the fix */
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
  { configurationSet, format, ...access }: SettingsCliOptions,
): Promise<void> {
  const clients = await createClients(access);
  const set = answered(await askConfigurationSet(clients, configurationSet), configurationSet);
  const destinations = answered(await askEventDestinations(clients, configurationSet), configurationSet);
  const { settings, notes } = matchingSettings(set, destinations);
  context.stdout.write(settingFormats[format](settings));
  for (const note of notes) context.stderr.write(`note: ${terminalText(note)}\n`);
}

/** `ses-events settings`: prints the settings with which a deployment adopts existing resources. */
function settingsCommand(context: CommandContext): Command {
  const command = new Command('settings')
    .description('Print settings that adopt a configuration set')
    .requiredOption(
      '--configuration-set <name>',
      'name of the configuration set to adopt',
      parseConfigurationSet,
    );
  addDoctorOptions(command).addOption(
    new Option(
      '-f, --format <format>',
      'hcl: arguments of the Terraform module; json: an environment of cdktf.json',
    )
      .choices(['hcl', 'json'])
      .default('hcl'),
  );
  return addHelpEnd(command, {
    notes: [
      'The settings match the configuration set and its event destination, so that a deployment keeps their ' +
        'options. This command only reads.',
      'Requires ses:GetConfigurationSet and ses:GetConfigurationSetEventDestinations.',
      `See ${pageAddress('adopting')}`,
    ],
    examples: [
      'settings --configuration-set marketing --region eu-west-1',
      'settings --configuration-set marketing --format json',
    ],
  }).action((options: SettingsCliOptions) => context.untilInterrupted(printSettings(context, options)));
}

export { settingsCommand };
