import { matchesArn, matchesPattern, PolicyEvaluationError, rejectVariables } from './pattern';
import type { OneOrMore } from './policy-documents';

/** Known facts about a request: condition key, in any case, → value or values. */
type RequestContext = Readonly<Record<string, string | boolean | readonly string[]>>;

/** Operator → condition key → values. AWS treats numbers and truth values as texts. */
type PolicyCondition = Readonly<Record<string, Readonly<Record<string, OneOrMore | boolean | number>>>>;

type Comparison = (wanted: string, found: string) => boolean;

const sameText: Comparison = (wanted, found) => wanted === found;
const sameIgnoringCase: Comparison = (wanted, found) => wanted.toLowerCase() === found.toLowerCase();

/** How each operator compares one value of the policy with one of the request. */
const comparisons: Readonly<Record<string, readonly [compare: Comparison, negated: boolean]>> = {
  StringEquals: [sameText, false],
  StringNotEquals: [sameText, true],
  StringEqualsIgnoreCase: [sameIgnoringCase, false],
  StringNotEqualsIgnoreCase: [sameIgnoringCase, true],
  StringLike: [matchesPattern, false],
  StringNotLike: [matchesPattern, true],
  ArnEquals: [matchesArn, false], // wildcards included: AWS treats it as ArnLike
  ArnNotEquals: [matchesArn, true],
  ArnLike: [matchesArn, false],
  ArnNotLike: [matchesArn, true],
  Bool: [sameIgnoringCase, false],
};

function texts(values: OneOrMore | boolean | number): string[] {
  return [values].flat().map(String);
}

function contextValues(context: RequestContext, key: string): string[] {
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return found === undefined ? [] : texts(found[1]);
}

/** Whether one key meets one operator. The values of the policy are alternatives. */
function holds(operator: string, key: string, wanted: readonly string[], found: readonly string[]): boolean {
  if (operator === 'Null') return wanted.some((value) => sameIgnoringCase(value, String(found.length === 0)));
  const [, set, name = '', ifExists] =
    /^(?:(ForAnyValue|ForAllValues):)?(.+?)(IfExists)?$/.exec(operator) ?? [];
  const [compare, negated] = comparisons[name] ?? [];
  if (compare === undefined) {
    throw new PolicyEvaluationError(
      `the condition operator "${operator}" of ${key} is not supported. Supported are ` +
        `${[...Object.keys(comparisons), 'Null'].join(', ')}, with ForAnyValue:, ForAllValues: and IfExists`,
    );
  }
  const matches = (value: string) => wanted.some((one) => compare(one, value)) !== negated;
  const values = set === undefined ? found : found.filter((value) => value !== ''); // AWS treats an empty value as absent
  if (set === 'ForAllValues') return values.every(matches);
  if (values.length === 0) return ifExists !== undefined || (negated === true && set === undefined);
  if (set === undefined && values.length > 1) {
    throw new PolicyEvaluationError(
      `${key} has ${values.length} values in the request, but "${operator}" compares one: ` +
        'use ForAnyValue: or ForAllValues:',
    );
  }
  return values.some(matches);
}

/**
 * Whether a request meets a statement's conditions: every key of every operator. A key that the request does
 * not have fails an operator, except for the negated ones, `ForAllValues:` and `…IfExists`.
 *
 * @example meetsConditions({ Bool: { 'aws:SecureTransport': 'false' } }, { 'aws:SecureTransport': true }) // false
 * @throws {PolicyEvaluationError} on operators other than those on text, ARNs, truth values and absence, on
 * policy variables, and where an operator for one value gets several
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function meetsConditions(condition: PolicyCondition, context: RequestContext): boolean {
  const results = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) =>
      holds(operator, key, texts(values).map(rejectVariables), contextValues(context, key)),
    ),
  );
  return results.every(Boolean); // evaluate all first, so that an unsupported condition is always reported
}

export { meetsConditions, type PolicyCondition, type RequestContext };
