import type { Answer } from '../answers/answer';
import type { Key } from '../ask/key';
import { type Check, type Finding, failure } from '../findings/finding';
import { awsCommand } from '../findings/shell';
import type { Place } from '../places/place';
import type { Role, RolePolicies } from '../role';

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
