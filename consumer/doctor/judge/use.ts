import type { Answer } from '../answers/answer';
import { type Finding, ok, warning } from '../findings/finding';
import { awsCommand } from '../findings/shell';
import { unanswered } from '../findings/unanswered';
import type { DefaultSets } from '../identities';
import type { Place } from '../places/place';
import { few } from '../policies/verdict';

/**
 * Whether mail is sent with the configuration set: only such mail makes events.
 * @param isArriving whether events have arrived lately, so that somebody sends with it
 * @see https://docs.aws.amazon.com/ses/latest/dg/using-configuration-sets-in-email.html
 */
function judgeUse(
  identities: Answer<readonly string[]>,
  sets: Answer<DefaultSets> | undefined,
  { place, isArriving }: { place: Place; isArriving: boolean },
): Finding {
  const check = 'use';
  const { configurationSet } = place;
  const absence = { message: 'the identities are gone', fix: 'try again' };
  if (identities.state !== 'found') return unanswered(check, 'the identities', identities, absence);
  const [identity] = identities.value;
  if (identity === undefined) {
    return warning(
      check,
      `no identity is verified in ${place.region}: nothing can be sent here, unless with one of another account`,
      'verify a domain or an address in the console of SES',
    );
  }
  if (sets === undefined || sets.state !== 'found') {
    const answer = sets ?? ({ state: 'failed', reason: 'they were not asked for' } as const);
    return unanswered(check, 'the default configuration sets of identities', answer, absence);
  }
  const own = sets.value.lookedAt.filter((one) => sets.value.sets[one] === configurationSet);
  if (own.length > 0) return ok(check, `${configurationSet} is the default of ${few(own)}`);
  if (isArriving) return ok(check, `mail is sent with ${configurationSet}, by naming it`);
  const { length } = sets.value.lookedAt;
  const looked = length === identities.value.length ? 'no identity' : `none of ${length} identities`;
  const words = ['sesv2', 'put-email-identity-configuration-set-attributes', '--email-identity', identity];
  return warning(
    check,
    `${looked} has ${configurationSet} as its default: only mail that names it makes events`,
    `name it in each request or in X-SES-CONFIGURATION-SET, or: ${awsCommand(place, ...words, '--configuration-set-name', configurationSet)}`,
  );
}

export { judgeUse };
