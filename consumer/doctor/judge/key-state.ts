import type { Answer } from '../ask/answer';
import type { Key } from '../ask/key';
import type { Role, RolePolicies } from '../ask/role';
import { type Check, type Finding, failure } from '../finding';
import type { Place } from '../place';
import { awsCommand } from '../shell';

/** A role that has to use a key, as far as it could be looked up. */
interface KeyUser {
  readonly role: Role | undefined;
  readonly policies: Answer<RolePolicies> | undefined;
}

/** What putting an object or a record into something encrypted takes. */
const keyActions = ['kms:GenerateDataKey', 'kms:Decrypt'] as const;

/** What a disabled key, or one that is to be deleted, is in for; undefined when it works. */
function unusable(check: Check, { metadata }: Key, place: Place): Finding | undefined {
  const { KeyState: state = 'Enabled', Arn = metadata.KeyId ?? '' } = metadata;
  if (state === 'Enabled') return undefined;
  const operation = state === 'PendingDeletion' ? 'cancel-key-deletion' : 'enable-key';
  return failure(check, `the key ${Arn} is ${state}`, awsCommand(place, 'kms', operation, '--key-id', Arn));
}

export { type KeyUser, keyActions, unusable };
