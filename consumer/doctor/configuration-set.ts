import type { GetConfigurationSetResponse } from '@aws-sdk/client-sesv2';
import { type Answer, answer, call } from './answers/answer';
import type { Clients } from './answers/clients';
import { type Finding, failure, ok, unanswered } from './findings/finding';
import { awsCommand } from './findings/shell';
import type { Place } from './places/place';

/** Requests a configuration set. */
function askConfigurationSet({ sesv2 }: Clients, name: string): Promise<Answer<GetConfigurationSetResponse>> {
  return answer(() =>
    call('ses:GetConfigurationSet', sesv2.getConfigurationSet({ ConfigurationSetName: name })),
  );
}

/** Checks whether the configuration set exists and its sending is enabled. */
function judgeConfigurationSet(set: Answer<GetConfigurationSetResponse>, place: Place): Finding {
  const { configurationSet: name, region } = place;
  const operation = (...words: string[]) =>
    awsCommand(place, 'sesv2', ...words, '--configuration-set-name', name);
  if (set.state !== 'found') {
    return unanswered('configuration-set', `read the configuration set ${name}`, set, {
      message: `the configuration set ${name} does not exist in ${region}`,
      fix: `check the name and the region, deploy the set, or run: ${operation('create-configuration-set')}`,
    });
  }
  if (set.value.SendingOptions?.SendingEnabled === false) {
    return failure(
      'configuration-set',
      `sending is paused for the configuration set ${name}`,
      operation('put-configuration-set-sending-options', '--sending-enabled'),
    );
  }
  return ok('configuration-set', `${name} exists and sending is enabled`);
}

export { askConfigurationSet, judgeConfigurationSet };
