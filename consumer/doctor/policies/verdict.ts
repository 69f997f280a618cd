import {
  evaluate,
  type GivenPolicyDocument,
  type GivenStatement,
  isAllowed,
  PolicyEvaluationError,
  type PolicyRequest,
} from '../../../modules/policies/policy-evaluator';
import { few } from '../findings/wording';

/** The decision of policies about a request, with the reason unless it is "allowed". */
type Verdict =
  | { readonly decision: 'allowed' }
  | {
      readonly decision: 'denied';
      /** Whether a statement denies it, rather than none allowing it. */
      readonly isExplicit: boolean;
      readonly because: string;
    }
  /** A policy contains an element that is not evaluated here. */
  | { readonly decision: 'unjudged'; readonly because: string };

/** The documents that together allow something, and the permissions boundary. */
interface Policies {
  readonly documents: readonly GivenPolicyDocument[];
  readonly boundary?: GivenPolicyDocument | undefined;
}

const statementsOf = (documents: readonly GivenPolicyDocument[]) =>
  documents.flatMap(({ Statement }) => Statement);

/** Reduces a statement to some elements. */
function reduced(statement: GivenStatement, ...elements: (keyof GivenStatement)[]): GivenStatement {
  const kept = Object.fromEntries(elements.map((element) => [element, statement[element]]));
  return { Effect: 'Allow', Action: statement.Action ?? '', ...kept };
}

/** Returns the principals that a statement names, without their kind. */
function principalsOf({ Principal: principal = {} }: GivenStatement): string[] {
  return typeof principal === 'string' ? [principal] : Object.values(principal).flat();
}

/** Returns the conditions of a statement that a request does not meet, one by one. */
function unmet(statement: GivenStatement, request: PolicyRequest): string[] {
  return Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys)
      .filter(([key, values]) => {
        const alone = { ...reduced(statement), Condition: { [operator]: { [key]: values } } };
        return !isAllowed([{ Statement: alone }], { ...request, resource: undefined });
      })
      .map(([key, values]) => `${key} ${[values].flat().map(String).join(' or ')}`),
  );
}

/** Explains why no statement allows a request: the first element that none of them meets. */
function whyNot(documents: readonly GivenPolicyDocument[], request: PolicyRequest): string {
  const { action } = request;
  const allowing = statementsOf(documents).filter(({ Effect }) => Effect === 'Allow');
  const meeting = (...elements: (keyof GivenStatement)[]) =>
    allowing.filter((statement) =>
      isAllowed([{ Statement: reduced(statement, ...elements) }], { resource: '-', ...request }),
    );
  const byAction = meeting();
  if (byAction.length === 0) return `no statement allows ${action}`;
  const byPrincipal = meeting('Principal');
  if (byPrincipal.length === 0) {
    const principals = few(byAction.flatMap(principalsOf));
    return principals === ''
      ? `no principal is allowed ${action}`
      : `${action} is allowed only for ${principals}`;
  }
  const byResource = meeting('Principal', 'Resource');
  if (byResource.length === 0)
    return `${action} is allowed only on ${few(byPrincipal.flatMap(({ Resource = '*' }) => Resource))}`;
  return `${action} is allowed only with ${few(byResource.flatMap((statement) => unmet(statement, request)))}`;
}

/**
 * Evaluates policies for a request, with the reason for a denial.
 * @example judgePolicies({ documents: [trust] }, { principal: { Service: 'ses.amazonaws.com' }, action: 'sts:AssumeRole' })
 */
function judgePolicies({ documents, boundary }: Policies, request: PolicyRequest): Verdict {
  const denied = { decision: 'denied' } as const;
  try {
    const { decision, statements } = evaluate(documents, request);
    if (decision === 'explicit-deny') {
      const sids = statements.map(({ Sid }) => (Sid === undefined || Sid === '' ? 'without a Sid' : Sid));
      return { ...denied, isExplicit: true, because: `the statement ${few(sids)} denies ${request.action}` };
    }
    if (decision === 'implicit-deny')
      return { ...denied, isExplicit: false, because: whyNot(documents, request) };
    if (boundary !== undefined && !isAllowed([boundary], request))
      return {
        ...denied,
        isExplicit: true,
        because: `the permissions boundary of the role does not allow ${request.action}`,
      };
    return { decision: 'allowed' };
  } catch (error) {
    if (error instanceof PolicyEvaluationError) return { decision: 'unjudged', because: error.message };
    throw error;
  }
}

export { judgePolicies, type Verdict };
