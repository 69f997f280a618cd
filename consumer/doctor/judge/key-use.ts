import type { GrantListEntry } from '@aws-sdk/client-kms';
import type {
  GivenPolicyDocument,
  GivenStatement,
  PolicyRequest,
} from '../../../modules/policies/policy-evaluator';
import type { Key } from '../ask/key';
import type { RolePolicies } from '../ask/role';
import { judgePolicies, type Verdict } from './verdict';

/** What a role wants of a key. */
interface KeyUse {
  readonly roleArn: string;
  readonly policies: RolePolicies;
  readonly actions: readonly string[];
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
 * Whether a role may use a key for every one of some actions: the key's policy names it, or lets the account decide
 * and the role's own policies allow it, or a grant does. The first answer that is not yes.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 */
function judgeKeyUse(key: Key, use: KeyUse): Verdict {
  const { policy } = key;
  if (policy === undefined) return { decision: 'allowed' }; // AWS's own: its policy is for all of the account
  const verdicts = use.actions.map((action) => ({ action, verdict: judgeAction(key, policy, use, action) }));
  for (const { action, verdict } of verdicts) {
    if (verdict.decision !== 'allowed') return { ...verdict, because: `${action}: ${verdict.because}` };
  }
  return { decision: 'allowed' };
}

export { judgeKeyUse, type KeyUse };
