import { found } from '../ask/answer';
import type { Clients } from '../ask/clients';
import { askRole, askRolePolicies } from '../ask/role';
import { notChecked } from '../finding';
import type { FirehoseDestination } from '../judge/event-destination';
import type { KeyUser } from '../judge/key-state';
import { judgeSesPermissions, judgeSesRole, judgeSesTrust } from '../judge/ses-role';
import { isInPlace, type Place, parseArn } from '../place';
import { type Examination, skip, strangeStream } from './examination';

/** The role that SES assumes. */
async function* examineSesRole(
  clients: Clients,
  { roleArn, streamArn }: FirehoseDestination,
  place: Place,
): Examination<KeyUser> {
  const nobody: KeyUser = { role: undefined, policies: undefined };
  if (parseArn(roleArn).accountId !== place.accountId) {
    yield* skip(['ses-role', 'ses-trust', 'ses-permissions'], 'the role is of another account');
    return nobody;
  }
  const answer = await askRole(clients, roleArn);
  yield judgeSesRole(answer, roleArn);
  const role = found(answer);
  if (role === undefined) {
    yield* skip(['ses-trust', 'ses-permissions'], 'the role is not known');
    return nobody;
  }
  yield judgeSesTrust(role, place);
  const policies = await askRolePolicies(clients, role);
  if (isInPlace(streamArn, place)) yield judgeSesPermissions(role, policies, streamArn, place);
  else yield notChecked('ses-permissions', strangeStream);
  return { role, policies };
}

export { examineSesRole };
