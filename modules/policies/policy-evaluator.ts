import { meetsConditions, type PolicyCondition, type RequestContext } from './conditions';
import { matchesPattern, PolicyEvaluationError, rejectVariables } from './pattern';
import type { OneOrMore } from './policy-documents';

/** A statement in any form that AWS stores: one value or several. It only has elements that are evaluated here. */
interface GivenStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: string | Readonly<Record<string, OneOrMore>>;
  readonly Action?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly Condition?: PolicyCondition;
}

/** A policy document in any form that AWS stores, including a `PolicyDocument`. */
interface GivenPolicyDocument {
  readonly Version?: string;
  readonly Statement: GivenStatement | readonly GivenStatement[];
}

/** The caller: an AWS service, or an account, user or role by its id or ARN. */
type RequestPrincipal = { readonly Service: string } | { readonly AWS: string };

/** An API request, as IAM sees it when it evaluates policies. */
interface PolicyRequest {
  /** @default - an anonymous caller: only a Principal of `*` matches */
  readonly principal?: RequestPrincipal | undefined;
  readonly action: string;
  /** @default - the action has no resource: only a Resource of `*` matches */
  readonly resource?: string | undefined;
  /** @default - no condition key has a value */
  readonly context?: RequestContext | undefined;
}

/** The decision, and the statements that caused it; none for an implicit deny. */
interface Evaluation {
  readonly decision: 'allowed' | 'explicit-deny' | 'implicit-deny';
  readonly statements: readonly GivenStatement[];
}

const evaluated = ['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition'];

function rejectUnknown(statement: GivenStatement): void {
  const { Sid: sid = '', Effect: effect, Action: action } = statement;
  const unknown = Object.keys(statement).find((element) => !evaluated.includes(element));
  if (unknown !== undefined) {
    throw new PolicyEvaluationError(
      `${unknown} of the statement "${sid}" is not supported. Supported are ${evaluated.join(', ')}`,
    );
  }
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw new PolicyEvaluationError(
      `the Effect "${effect}" of the statement "${sid}" is neither Allow nor Deny`,
    );
  }
  if (action === undefined) throw new PolicyEvaluationError(`the statement "${sid}" has no Action`);
}

/** Returns the account of an id or ARN, and its partition if known. */
function accountOf(principal: string): { partition: string | undefined; accountId: string } {
  const [, partition, , , accountId = principal] = principal.split(':');
  return { partition, accountId };
}

function coversAwsPrincipal(name: string, caller: string): boolean {
  if (caller.includes(':assumed-role/')) {
    throw new PolicyEvaluationError(
      `the principal "${caller}" is a role session: use the role, arn:…:iam::…:role/…`,
    );
  }
  if (name === caller) return true;
  if (!/^(\d{12}|arn:[^:]+:iam::\d{12}:root)$/.test(name)) return false; // not an account
  const [account, other] = [accountOf(name), accountOf(caller)];
  const samePartition = (account.partition ?? other.partition) === (other.partition ?? account.partition);
  return account.accountId === other.accountId && samePartition;
}

function coversPrincipal(kind: string, name: string, caller: RequestPrincipal | undefined): boolean {
  if (kind === 'Federated') return false; // requests here never have one
  if (kind !== 'AWS' && kind !== 'Service') {
    throw new PolicyEvaluationError(
      `principals of the type ${kind} are not supported. Supported are AWS and Service`,
    );
  }
  if (kind === 'AWS' && name === '*') return true;
  if (/[*?]/.test(name)) {
    throw new PolicyEvaluationError(`the principal "${name}" has a wildcard: only "*" is supported`);
  }
  if (caller === undefined) return false;
  if ('Service' in caller) return kind === 'Service' && name === caller.Service;
  return kind === 'AWS' && coversAwsPrincipal(name, caller.AWS);
}

function coversCaller(principal: GivenStatement['Principal'], caller: RequestPrincipal | undefined): boolean {
  if (principal === undefined || principal === '*') return true; // undefined: applies to the principals that the policy is attached to
  if (typeof principal === 'string') {
    throw new PolicyEvaluationError(
      `the principal "${principal}" is not supported: the only supported string is "*"`,
    );
  }
  return Object.entries(principal).some(([kind, names]) =>
    [names].flat().some((name) => coversPrincipal(kind, name, caller)),
  );
}

function applies(statement: GivenStatement, request: PolicyRequest): boolean {
  rejectUnknown(statement);
  const { action, resource = '*', context = {} } = request;
  const { Action: actions = [], Resource: resources, Condition: condition = {} } = statement;
  return (
    coversCaller(statement.Principal, request.principal) &&
    [actions].flat().some((pattern) => matchesPattern(pattern.toLowerCase(), action.toLowerCase())) &&
    (resources === undefined ||
      [resources].flat().some((pattern) => matchesPattern(rejectVariables(pattern), resource))) &&
    meetsConditions(condition, context)
  );
}

/**
 * Evaluates policy documents for a request, by IAM's rules. A statement that denies overrides all that
 * allow. Without a statement that allows, the decision is an implicit deny.
 *
 * The documents are evaluated together, as AWS does within one account: those attached to the caller, which
 * do not name a principal, and those of the resource. Evaluate trust policies and key policies separately,
 * because they decide without other documents. An account as a principal covers everyone in it; AWS then also
 * evaluates the account's policies. Permissions boundaries and an organization's policies are further
 * documents, each of which must allow the request.
 *
 * A statement for other principals, actions or resources is skipped before its conditions are evaluated.
 *
 * @example
 * evaluate([sesTrustPolicy({ mode: 'external-id', accountId: '111122223333' })], {
 *   principal: { Service: 'ses.amazonaws.com' },
 *   action: 'sts:AssumeRole',
 *   context: { 'sts:ExternalId': '111122223333' },
 * }).decision // 'allowed'
 * @throws {PolicyEvaluationError} on NotAction, NotResource, NotPrincipal, policy variables, operators on
 * numbers, dates and addresses, and other elements that are not evaluated here
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
function evaluate(documents: readonly GivenPolicyDocument[], request: PolicyRequest): Evaluation {
  const applying = documents
    .flatMap(({ Statement }) => Statement)
    .filter((statement) => applies(statement, request));
  const denying = applying.filter(({ Effect }) => Effect === 'Deny');
  if (denying.length > 0) return { decision: 'explicit-deny', statements: denying };
  return { decision: applying.length > 0 ? 'allowed' : 'implicit-deny', statements: applying };
}

/**
 * Whether policy documents allow a request; `evaluate` returns the reason.
 * @example isAllowed([document], { action: 'firehose:PutRecordBatch', resource: streamArn })
 * @throws {PolicyEvaluationError} as `evaluate` does
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
function isAllowed(documents: readonly GivenPolicyDocument[], request: PolicyRequest): boolean {
  return evaluate(documents, request).decision === 'allowed';
}

export {
  type Evaluation,
  evaluate,
  type GivenPolicyDocument,
  type GivenStatement,
  isAllowed,
  PolicyEvaluationError,
  type PolicyRequest,
};
