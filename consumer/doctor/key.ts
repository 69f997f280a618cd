import type { GrantListEntry, KeyMetadata } from '@aws-sdk/client-kms';
import { dnsSuffixOf } from '../../modules/policies/policy-documents';
import type {
  GivenPolicyDocument,
  GivenStatement,
  PolicyRequest,
} from '../../modules/policies/policy-evaluator';
import { type Answer, answer, call, found } from './answers/answer';
import type { Clients } from './answers/clients';
import { type Check, type Finding, failure, notChecked, ok, unanswered, warning } from './findings/finding';
import { awsCommand } from './findings/shell';
import type { Place } from './places/place';
import { policyOf } from './policies/policy-text';
import { judgePolicies, type Verdict } from './policies/verdict';
import type { Role, RolePolicies } from './role';

/** A key with its policy and its grants. */
interface Key {
  readonly metadata: KeyMetadata;
  /** The key policy. It is not requested for a key that AWS manages, because it cannot be changed. */
  readonly policy?: GivenPolicyDocument | undefined;
  readonly grants: readonly GrantListEntry[];
}

/**
 * Requests a key by id, ARN or alias, with its policy and its grants.
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

/** A role that uses a key, as far as it could be requested. */
interface KeyUser {
  readonly role: Role | undefined;
  readonly policies: Answer<RolePolicies> | undefined;
}

/** Actions that writing an encrypted object or record requires. */
const keyActions = ['kms:GenerateDataKey', 'kms:Decrypt'] as const;

/** Creates the finding for a key that is disabled or pending deletion; undefined when the key is enabled. */
function unusable(check: Check, { metadata }: Key, place: Place): Finding | undefined {
  const { KeyState: state = 'Enabled', Arn = metadata.KeyId ?? '' } = metadata;
  if (state === 'Enabled') return undefined;
  const operation = state === 'PendingDeletion' ? 'cancel-key-deletion' : 'enable-key';
  return failure(check, `the key ${Arn} is ${state}`, awsCommand(place, 'kms', operation, '--key-id', Arn));
}

/** The user of a key, and the context of its use. */
interface KeyUse {
  readonly roleArn: string;
  readonly policies: RolePolicies;
  readonly context: NonNullable<PolicyRequest['context']>;
}

const isAccount = (name: string) => /^\d{12}$|^arn:[^:]+:iam::\d{12}:root$/.test(name);

/** Removes accounts from the principals of a statement, and keeps roles and services. */
function withoutAccounts(statement: GivenStatement): GivenStatement {
  const { Principal: principal, Effect: effect } = statement;
  if (effect !== 'Allow' || principal === undefined || typeof principal === 'string') return statement;
  const named = Object.entries(principal).map(([kind, names]) => [
    kind,
    [names].flat().filter((name) => kind !== 'AWS' || !isAccount(name)),
  ]);
  return { ...statement, Principal: Object.fromEntries(named) };
}

/** Returns the part of a key policy that permits use without the account's own policies. */
function direct({ Statement }: GivenPolicyDocument): GivenPolicyDocument {
  return { Statement: [Statement].flat().map(withoutAccounts) };
}

/** Whether a grant permits a role to use the key for an action. */
const grants = ({ GranteePrincipal, Operations = [] }: GrantListEntry, roleArn: string, action: string) =>
  GranteePrincipal === roleArn && Operations.some((operation) => `kms:${operation}` === action);

function judgeAction(key: Key, policy: GivenPolicyDocument, use: KeyUse, action: string): Verdict {
  const { roleArn, policies, context } = use;
  const keyArn = key.metadata.Arn ?? '';
  const request = { principal: { AWS: roleArn }, action, resource: keyArn, context };
  const byKey = judgePolicies({ documents: [policy] }, request);
  if (byKey.decision === 'unjudged') return byKey;
  if (byKey.decision === 'denied') {
    const isGranted = !byKey.isExplicit && key.grants.some((grant) => grants(grant, roleArn, action));
    return isGranted ? { decision: 'allowed' } : { ...byKey, because: `${byKey.because} (key policy)` };
  }
  const byRole = judgePolicies(policies, { action, resource: keyArn, context });
  const isNamed = judgePolicies({ documents: [direct(policy)] }, request).decision === 'allowed';
  // A principal that the key policy names needs no policy of its account, unless that policy denies the use.
  if (isNamed && byRole.decision === 'denied' && !byRole.isExplicit) return { decision: 'allowed' };
  return byRole.decision === 'denied' ? { ...byRole, because: `${byRole.because} (role policies)` } : byRole;
}

/**
 * Checks whether a role can use a key for all of {@link keyActions}. The key policy permits it if it names
 * the role, or if it delegates to the account and the role's policies permit it. A grant permits it too.
 * Returns the first answer that is not "allowed".
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 */
function judgeKeyUse(key: Key, use: KeyUse): Verdict {
  const { policy } = key;
  if (policy === undefined) return { decision: 'allowed' }; // a key of AWS: its policy allows everyone in the account
  for (const action of keyActions) {
    const verdict = judgeAction(key, policy, use, action);
    if (verdict.decision !== 'allowed') return verdict;
  }
  return { decision: 'allowed' };
}

/** The purpose of a key, and the check of the role that uses it. */
interface KeyCheck {
  readonly check: Check;
  readonly encrypts: 'stream' | 'bucket';
  /** The service that assumes the role. */
  readonly service: 'SES' | 'Firehose';
  /** The key as the stream or the bucket names it. */
  readonly name: string;
  readonly place: Place;
  /** The service that uses it for the role, without the suffix of its host: `s3.eu-west-1`. */
  readonly via: string;
  /** Further context that the service sends with the request. */
  readonly context?: KeyUse['context'];
  /** Selects the part of a policy that the check evaluates. @default - all of it */
  readonly counting?: (policy: GivenPolicyDocument) => GivenPolicyDocument;
  /** Creates the finding when the use is denied. */
  readonly denied: (message: string) => Finding;
}

/** Checks whether a key exists and is enabled, and whether a role can use it. */
function judgeKey(key: Answer<Key>, { role, policies }: KeyUser, keyCheck: KeyCheck): Finding {
  const { check, encrypts, service, name, place, via, context, denied, counting = (all) => all } = keyCheck;
  if (key.state !== 'found') {
    return unanswered(check, `read the key ${name}`, key, {
      message: `the key ${name} of the ${encrypts} does not exist`,
      fix: `configure another key for the ${encrypts}`,
    });
  }
  const disabled = unusable(check, key.value, place);
  if (disabled !== undefined) return disabled;
  const known = policies && found(policies);
  if (role === undefined || known === undefined)
    return notChecked(check, `the policies of the role of ${service} could not be read`);
  const { policy, ...usable } = key.value;
  const verdict = judgeKeyUse(
    { ...usable, policy: policy && counting(policy) },
    {
      roleArn: role.arn,
      policies: { ...known, documents: known.documents.map(counting) },
      context: {
        'kms:ViaService': `${via}.${dnsSuffixOf(place.partition)}`,
        'kms:CallerAccount': place.accountId,
        'aws:PrincipalArn': role.arn,
        ...context,
      },
    },
  );
  if (verdict.decision === 'allowed') return ok(check, `${role.name} can use the key of the ${encrypts}`);
  if (verdict.decision === 'unjudged')
    return warning(
      check,
      `cannot evaluate the policies for the key ${name}: ${verdict.because}`,
      'review the policies manually',
    );
  return denied(`${role.name} cannot use the key of the ${encrypts}: ${verdict.because}`);
}

export { askKey, judgeKey, type Key, type KeyUser, keyActions, unusable };
