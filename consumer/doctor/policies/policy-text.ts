import { z } from 'zod';
import type { GivenPolicyDocument } from '../../../modules/policies/policy-evaluator';
import { call } from '../answers/answer';

const oneOrMore = z.union([z.string(), z.array(z.string())]);
const principal = z.union([z.string(), z.record(z.string(), oneOrMore)]);
const condition = z.record(z.string(), z.record(z.string(), z.union([oneOrMore, z.boolean(), z.number()])));

/** No more than what the evaluator reads: it refuses the elements that it does not know by itself. */
const statement = z.looseObject({
  Sid: z.string().optional(),
  Effect: z.string(),
  Principal: principal.optional(),
  Action: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  Condition: condition.optional(),
});
const document = z.looseObject({ Statement: z.union([statement, z.array(statement)]) });

function isPolicyDocument(value: unknown): value is GivenPolicyDocument {
  return document.safeParse(value).success;
}

/**
 * A policy document from AWS's answer: IAM has it percent-encoded, the others plain.
 * @throws {Error} when it is none
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
 */
function parsePolicy(text: string): GivenPolicyDocument {
  const value: unknown = JSON.parse(text.trimStart().startsWith('{') ? text : decodeURIComponent(text));
  if (!isPolicyDocument(value)) throw new Error('the policy document has a form that is not read here');
  return value;
}

/** `parsePolicy`, as a part of a question. */
function policyOf(action: string, text = ''): Promise<GivenPolicyDocument> {
  return call(action, (async () => parsePolicy(text))());
}

export { parsePolicy, policyOf };
