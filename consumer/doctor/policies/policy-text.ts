import { z } from 'zod';
import type { GivenPolicyDocument } from '../../../modules/policies/policy-evaluator';
import { call } from '../answers/answer';

const oneOrMore = z.union([z.string(), z.array(z.string())]);
const principal = z.union([z.string(), z.record(z.string(), oneOrMore)]);
const condition = z.record(z.string(), z.record(z.string(), z.union([oneOrMore, z.boolean(), z.number()])));

/** Only the elements that the evaluator reads; it rejects unknown elements itself. */
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
 * Parses a policy document from AWS's answer. IAM percent-encodes it, other services do not.
 * @throws {Error} when it is not a policy document
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
 */
function parsePolicy(text: string): GivenPolicyDocument {
  const value: unknown = JSON.parse(text.trimStart().startsWith('{') ? text : decodeURIComponent(text));
  if (!isPolicyDocument(value)) throw new Error('the form of the policy document is not supported');
  return value;
}

/** `parsePolicy` as a request of a question. */
function policyOf(action: string, text = ''): Promise<GivenPolicyDocument> {
  return call(action, (async () => parsePolicy(text))());
}

export { parsePolicy, policyOf };
