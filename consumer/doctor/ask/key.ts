import type { GrantListEntry, KeyMetadata } from '@aws-sdk/client-kms';
import type { GivenPolicyDocument } from '../../../modules/policies/policy-evaluator';
import { type Answer, answer, call } from './answer';
import type { Clients } from './clients';
import { policyOf } from './policy-text';

/** A key, and who may use it. */
interface Key {
  readonly metadata: KeyMetadata;
  /** The key's own policy; of a key that AWS manages nobody can change it, and it is not asked for. */
  readonly policy?: GivenPolicyDocument | undefined;
  readonly grants: readonly GrantListEntry[];
}

/**
 * A key by id, ARN or alias, with its policy and its grants.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/control-access.html
 */
function askKey({ kms }: Clients, name: string): Promise<Answer<Key>> {
  return answer(async () => {
    const { KeyMetadata } = await call('kms:DescribeKey', kms.describeKey({ KeyId: name }));
    const metadata = KeyMetadata ?? { KeyId: name };
    if (metadata.KeyManager === 'AWS') return { metadata, grants: [] };
    const KeyId = metadata.Arn ?? name;
    const { Policy } = await call('kms:GetKeyPolicy', kms.getKeyPolicy({ KeyId, PolicyName: 'default' }));
    const policy = await policyOf('kms:GetKeyPolicy', Policy);
    const grants: GrantListEntry[] = [];
    let Marker: string | undefined;
    do {
      const page = await call('kms:ListGrants', kms.listGrants({ KeyId, Marker }));
      grants.push(...(page.Grants ?? []));
      Marker = page.Truncated === true ? page.NextMarker : undefined;
    } while (Marker !== undefined);
    return { metadata, policy, grants };
  });
}

export { askKey, type Key };
