import type { IdentityNotificationAttributes } from '@aws-sdk/client-ses';
import { type Answer, answer, call } from './answers/answer';
import type { Clients } from './answers/clients';
import { type Finding, ok, unanswered, warning } from './findings/finding';
import { awsCommand } from './findings/shell';
import { few } from './findings/wording';
import type { Place } from './places/place';

/** Notifications by identity. */
type Notifications = Readonly<Record<string, IdentityNotificationAttributes>>;

/** The identities whose default configuration set was requested. */
interface DefaultSets {
  readonly examined: readonly string[];
  /** Identity → its default configuration set, where it has one. */
  readonly sets: Readonly<Record<string, string>>;
}

/** Maximum number of identities in one request of version 1. */
const notificationBatch = 100;

/**
 * Maximum number of identities whose default configuration set is requested, because SES answers about one
 * request per second.
 */
const maxDefaultSets = 10;

/** Requests the identities of the account in this region that can send mail. */
function askIdentities({ sesv2 }: Clients): Promise<Answer<readonly string[]>> {
  return answer(async () => {
    const verified: string[] = [];
    let NextToken: string | undefined;
    do {
      const request = sesv2.listEmailIdentities({ PageSize: 1000, NextToken });
      const page = await call('ses:ListEmailIdentities', request);
      for (const { IdentityName, SendingEnabled } of page.EmailIdentities ?? [])
        if (SendingEnabled === true && IdentityName !== undefined) verified.push(IdentityName);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return verified;
  });
}

/**
 * Requests the topics to which identities publish bounces, complaints and deliveries.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference/API_GetIdentityNotificationAttributes.html
 */
function askNotifications({ ses }: Clients, identities: readonly string[]): Promise<Answer<Notifications>> {
  return answer(async () => {
    const notifications: Record<string, IdentityNotificationAttributes> = {};
    for (let from = 0; from < identities.length; from += notificationBatch) {
      const Identities = identities.slice(from, from + notificationBatch);
      const request = ses.getIdentityNotificationAttributes({ Identities });
      const { NotificationAttributes } = await call('ses:GetIdentityNotificationAttributes', request);
      Object.assign(notifications, NotificationAttributes);
    }
    return notifications;
  });
}

/** Requests the default configuration sets of the first identities, which apply when a request names none. */
function askDefaultSets({ sesv2 }: Clients, identities: readonly string[]): Promise<Answer<DefaultSets>> {
  return answer(async () => {
    const examined = identities.slice(0, maxDefaultSets);
    const sets: Record<string, string> = {};
    for (const EmailIdentity of examined) {
      const request = sesv2.getEmailIdentity({ EmailIdentity });
      const { ConfigurationSetName } = await call('ses:GetEmailIdentity', request);
      if (ConfigurationSetName !== undefined) sets[EmailIdentity] = ConfigurationSetName;
    }
    return { examined, sets };
  });
}

/**
 * Checks whether mail is sent with the configuration set, because other mail does not cause events.
 * @param isArriving whether events arrived lately, which proves its use
 * @see https://docs.aws.amazon.com/ses/latest/dg/using-configuration-sets-in-email.html
 */
function judgeUse(
  identities: Answer<readonly string[]>,
  sets: Answer<DefaultSets> | undefined,
  { place, isArriving }: { place: Place; isArriving: boolean },
): Finding {
  const check = 'use';
  const { configurationSet } = place;
  const absence = { message: 'the identities no longer exist', fix: 'try again' };
  if (identities.state !== 'found') return unanswered(check, 'list the identities', identities, absence);
  const [identity] = identities.value;
  if (identity === undefined) {
    return warning(
      check,
      `no identity is verified in ${place.region}: you can send only with an identity of another account`,
      'verify a domain or an address in the SES console',
    );
  }
  if (sets === undefined || sets.state !== 'found') {
    const answer = sets ?? ({ state: 'failed', reason: 'not requested' } as const);
    return unanswered(check, 'read the default configuration sets of identities', answer, absence);
  }
  const own = sets.value.examined.filter((one) => sets.value.sets[one] === configurationSet);
  if (own.length > 0) return ok(check, `${configurationSet} is the default configuration set of ${few(own)}`);
  if (isArriving) return ok(check, `${configurationSet} is in use: events have arrived in the last 24 hours`);
  const { length } = sets.value.examined;
  const those = length === identities.value.length ? 'any identity' : `the ${length} identities examined`;
  const words = ['sesv2', 'put-email-identity-configuration-set-attributes', '--email-identity', identity];
  return warning(
    check,
    `${configurationSet} is not the default configuration set of ${those}: only messages that name it cause events`,
    `name it in each request or in the header X-SES-CONFIGURATION-SET, or run: ${awsCommand(place, ...words, '--configuration-set-name', configurationSet)}`,
  );
}

export { askDefaultSets, askIdentities, askNotifications, judgeUse, type Notifications };
