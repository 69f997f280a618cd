import { found } from '../answers/answer';
import type { Clients } from '../answers/clients';
import type { FirehoseDestination } from '../event-destination';
import { notChecked } from '../findings/finding';
import type { KeyUser } from '../judge/key-state';
import { isInPlace, type Place, parseArn } from '../places/place';
import { askRole, askRolePolicies } from '../role';
import { judgeSesPermissions, judgeSesRole, judgeSesTrust } from '../ses-role';
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
