import type { LocalAws } from '../local-aws/local-aws';

/** A schedule as EventBridge Scheduler has it. */
interface DeployedSchedule {
  expression: string;
  /** The API operation that it calls. */
  target: string;
  /** The parameters of that operation. */
  input: Record<string, unknown>;
}

/**
 * Returns a deployed schedule. The one call of EventBridge Scheduler in the tests needs no client: the local AWS reads
 * the service and region of a signature, and does not check it.
 * @throws {Error} when the schedule does not exist
 * @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_GetSchedule.html
 */
async function deployedSchedule(
  { environment }: LocalAws,
  group: string,
  name: string,
): Promise<DeployedSchedule> {
  const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region } = environment;
  const scope = `Credential=test/20260101/${region}/scheduler/aws4_request`;
  const response = await fetch(`${endpoint}/schedules/${name}?groupName=${group}`, {
    headers: { authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=none` },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`schedule ${group}/${name}: ${response.status} ${text}`);
  const { ScheduleExpression, Target } = JSON.parse(text);
  return { expression: ScheduleExpression, target: Target.Arn, input: JSON.parse(Target.Input) };
}

export { deployedSchedule };
