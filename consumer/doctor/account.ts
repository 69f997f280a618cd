import type { GetAccountResponse } from '@aws-sdk/client-sesv2';
import { type Answer, answer, call } from './answers/answer';
import type { Clients } from './answers/clients';
import { type Finding, failure, notChecked, ok, unanswered, warning } from './findings/finding';
import { awsCommand } from './findings/shell';
import type { Place } from './places/place';

/** Requests the account's state in SES, in this region. */
function askAccount({ sesv2 }: Clients): Promise<Answer<GetAccountResponse>> {
  return answer(() => call('ses:GetAccount', sesv2.getAccount({})));
}

/** Checks whether sending is enabled for the account; paused mail does not cause events. */
function judgeSending(account: GetAccountResponse, place: Place): Finding {
  const { SendingEnabled, EnforcementStatus = 'HEALTHY', SendQuota = {} } = account;
  const { Max24HourSend: limit = 0, SentLast24Hours: sent = 0 } = SendQuota;
  const reputation = `reputation ${EnforcementStatus}`;
  if (EnforcementStatus === 'SHUTDOWN') {
    return failure(
      'account',
      `AWS has paused sending for this account in ${place.region} (${reputation})`,
      'open the case in the AWS Support Center, and follow its instructions',
    );
  }
  if (SendingEnabled === false) {
    return failure(
      'account',
      `sending is paused for this account in ${place.region}`,
      awsCommand(place, 'sesv2', 'put-account-sending-attributes', '--sending-enabled'),
    );
  }
  if (EnforcementStatus !== 'HEALTHY') {
    return warning(
      'account',
      `sending is enabled, but the account is under review (${reputation})`,
      'open the case in the AWS Support Center, and check the rates with ses-events ask health',
    );
  }
  // -1 means no limit.
  if (limit > 0 && sent >= limit) {
    return failure(
      'account',
      `the sending quota is used up: ${sent} of ${limit} messages in the last 24 hours`,
      'request a higher quota in Service Quotas, or wait',
    );
  }
  const quota =
    limit > 0 ? `${sent} of ${limit} messages sent in 24 hours` : `${sent} messages sent in 24 hours`;
  return ok('account', `sending is enabled, ${reputation}, ${quota}`);
}

/** Checks whether the account is out of the sandbox, and so can send to unverified recipients. */
function judgeSandbox({ ProductionAccessEnabled, Details }: GetAccountResponse, { region }: Place): Finding {
  if (ProductionAccessEnabled !== false) return ok('sandbox', `production access in ${region}`);
  const { Status: review } = Details?.ReviewDetails ?? {};
  const request = review === undefined ? '' : ` (production access request: ${review})`;
  return warning(
    'sandbox',
    `the account is in the sandbox in ${region}${request}: it can send only to verified identities and the mailbox simulator`,
    'request production access in the SES console, under Account dashboard',
  );
}

/**
 * Checks the account in SES: sending, reputation, sandbox.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetAccount.html
 */
function judgeAccount(account: Answer<GetAccountResponse>, place: Place): Finding[] {
  if (account.state === 'found')
    return [judgeSending(account.value, place), judgeSandbox(account.value, place)];
  const absence = { message: 'SES has no data about this account', fix: 'check the region (--region)' };
  return [
    unanswered('account', "read the account's state in SES", account, absence),
    notChecked('sandbox', "the account's state could not be read"),
  ];
}

export { askAccount, judgeAccount };
