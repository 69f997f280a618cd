import type {
  EventDestination,
  GetAccountResponse,
  GetConfigurationSetResponse,
} from '@aws-sdk/client-sesv2';
import { type Answer, answer, call } from '../answers/answer';
import type { Clients } from '../answers/clients';

/** The account's own state in SES, in this region. */
function askAccount({ sesv2 }: Clients): Promise<Answer<GetAccountResponse>> {
  return answer(() => call('ses:GetAccount', sesv2.getAccount({})));
}

/** A configuration set. */
function askConfigurationSet({ sesv2 }: Clients, name: string): Promise<Answer<GetConfigurationSetResponse>> {
  return answer(() =>
    call('ses:GetConfigurationSet', sesv2.getConfigurationSet({ ConfigurationSetName: name })),
  );
}

/** The event destinations of a configuration set, of every kind. */
function askEventDestinations(
  { sesv2 }: Clients,
  name: string,
): Promise<Answer<readonly EventDestination[]>> {
  return answer(async () => {
    const request = sesv2.getConfigurationSetEventDestinations({ ConfigurationSetName: name });
    const { EventDestinations = [] } = await call('ses:GetConfigurationSetEventDestinations', request);
    return EventDestinations;
  });
}

export { askAccount, askConfigurationSet, askEventDestinations };
