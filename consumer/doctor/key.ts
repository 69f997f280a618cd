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

/** Who wants to use a key, and how. */
interface KeyUse {
  readonly roleArn: string;
  readonly policies: RolePolicies;
  readonly context: NonNullable<PolicyRequest['context']>;
}

const isAccount = (name: string) => /^\d{12}$|^arn:[^:]+:iam::\d{12}:root$/.test(name);

/** A statement about those that it names itself, without the accounts as a whole. */
function withoutAccounts(statement: GivenStatement): GivenStatement {
  const { Principal: principal, Effect: effect } = statement;
  if (effect !== 'Allow' || principal === undefined || typeof principal === 'string') return statement;
  const named = Object.entries(principal).map(([kind, names]) => [
    kind,
    [names].flat().filter((name) => kind !== 'AWS' || !isAccount(name)),
  ]);
  return { ...statement, Principal: Object.fromEntries(named) };
}

/** A key policy as far as it lets somebody use the key without a word of the account's own policies. */
function direct({ Statement }: GivenPolicyDocument): GivenPolicyDocument {
  return { Statement: [Statement].flat().map(withoutAccounts) };
}

/** Whether a grant lets a role do something with the key. */
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
    return isGranted
      ? { decision: 'allowed' }
      : { ...byKey, because: `by the key's policy, ${byKey.because}` };
  }
  const byRole = judgePolicies(policies, { action, resource: keyArn, context });
  const isNamed = judgePolicies({ documents: [direct(policy)] }, request).decision === 'allowed';
  // Whoever the key's policy names needs no policy of his own, unless that denies it.
  if (isNamed && byRole.decision === 'denied' && !byRole.isExplicit) return { decision: 'allowed' };
  return byRole.decision === 'denied'
    ? { ...byRole, because: `by the role's policies, ${byRole.because}` }
    : byRole;
}

/**
 * Whether a role may use a key for all of {@link keyActions}: the key's policy names it, or lets the account decide
 * and the role's own policies allow it, or a grant does. The first answer that is not yes.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 */
function judgeKeyUse(key: Key, use: KeyUse): Verdict {
  const { policy } = key;
  if (policy === undefined) return { decision: 'allowed' }; // AWS's own: its policy is for all of the account
  for (const action of keyActions) {
    const verdict = judgeAction(key, policy, use, action);
    if (verdict.decision !== 'allowed') return { ...verdict, because: `${action}: ${verdict.because}` };
  }
  return { decision: 'allowed' };
}

/** What a key encrypts, and what is asked of the role that has to use it. */
interface KeyCheck {
  readonly check: Check;
  readonly encrypts: 'stream' | 'bucket';
  /** Whose role it is. */
  readonly service: 'SES' | 'Firehose';
  /** The key as the stream or the bucket names it. */
  readonly name: string;
  readonly place: Place;
  /** The service that uses it for the role, without the suffix of its host: `s3.eu-west-1`. */
  readonly via: string;
  /** What the service says beside who calls. */
  readonly context?: KeyUse['context'];
  /** A policy as far as it counts. @default - as it is */
  readonly counting?: (policy: GivenPolicyDocument) => GivenPolicyDocument;
  /** The finding where they say no. */
  readonly denied: (message: string) => Finding;
}

/** Whether a key is there and works, and whether a role may use it. */
function judgeKey(key: Answer<Key>, { role, policies }: KeyUser, keyCheck: KeyCheck): Finding {
  const { check, encrypts, service, name, place, via, context, denied, counting = (all) => all } = keyCheck;
  if (key.state !== 'found') {
    return unanswered(check, `the key ${name}`, key, {
      message: `the key ${name} of the ${encrypts} is not there`,
      fix: `give the ${encrypts} another key`,
    });
  }
  const disabled = unusable(check, key.value, place);
  if (disabled !== undefined) return disabled;
  const known = policies && found(policies);
  if (role === undefined || known === undefined)
    return notChecked(check, `the policies of the role of ${service} are not known`);
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
  if (verdict.decision === 'allowed') return ok(check, `${role.name} may use the key of the ${encrypts}`);
  if (verdict.decision === 'unjudged')
    return warning(
      check,
      `cannot judge who may use ${name}: ${verdict.because}`,
      'look at the policy yourself',
    );
  return denied(`${role.name} may not use the key of the ${encrypts}: ${verdict.because}`);
}

export { askKey, judgeKey, type Key, type KeyUser, keyActions };
