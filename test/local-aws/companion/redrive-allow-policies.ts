import { z } from 'zod';
import type { AwsAnswer, AwsRequest, Handler } from './handler';

const name = 'RedriveAllowPolicy';
const attributes = z.record(z.string(), z.string()).default({});
const change = z.looseObject({ QueueUrl: z.string(), Attributes: attributes });
const question = z.looseObject({ QueueUrl: z.string(), AttributeNames: z.array(z.string()).default([]) });
const answer = z.looseObject({ Attributes: attributes });

/**
 * Stores the queue attribute RedriveAllowPolicy, which moto accepts but does not return. The provider waits until it
 * reads the value among all attributes, then reads it separately. An empty value removes it. A request that only sets
 * this attribute does not reach moto, because moto removes the Policy of a queue when another attribute is set.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
 */
class RedriveAllowPolicies {
  private readonly policies = new Map<string, string>();

  /** @param upstream address of moto */
  constructor(private readonly upstream: string) {}

  readonly handle: Handler = async (request) => {
    if (request.service !== 'sqs') return undefined;
    if (request.operation === 'SetQueueAttributes') {
      const { QueueUrl, Attributes } = change.parse(JSON.parse(request.body.toString()));
      const { [name]: policy } = Attributes;
      if (policy === '') this.policies.delete(QueueUrl);
      else if (policy !== undefined) this.policies.set(QueueUrl, policy);
      return Object.keys(Attributes).join() === name ? json(200, {}) : undefined;
    }
    if (request.operation !== 'GetQueueAttributes') return undefined;
    const { QueueUrl, AttributeNames } = question.parse(JSON.parse(request.body.toString()));
    const policy = this.policies.get(QueueUrl);
    if (policy === undefined) return undefined;
    if (AttributeNames.join() === name) return json(200, { Attributes: { [name]: policy } });
    return AttributeNames.includes('All') ? this.withPolicy(request, policy) : undefined;
  };

  /** Returns the response of moto with the policy. */
  private async withPolicy({ path, headers, body }: AwsRequest, policy: string): Promise<AwsAnswer> {
    const { host: _, connection: __, 'content-length': ___, ...kept } = headers; // of the way here
    const response = await fetch(`${this.upstream}${path}`, { method: 'POST', headers: kept, body });
    const answered: unknown = await response.json();
    if (!response.ok) return json(response.status, answered);
    const { Attributes, ...rest } = answer.parse(answered);
    return json(200, { ...rest, Attributes: { ...Attributes, [name]: policy } });
  }
}

function json(status: number, body: unknown): AwsAnswer {
  return {
    status,
    headers: { 'Content-Type': 'application/x-amz-json-1.0' },
    body: JSON.stringify(body),
  };
}

export { RedriveAllowPolicies };
