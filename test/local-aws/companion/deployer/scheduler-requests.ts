import { isJsonObject, type JsonObject, jsonValue } from '../../../../consumer/events/json-object';
import type { PolicyRequest } from '../../../../modules/policies/policy-evaluator';
import type { AwsRequest } from '../handler';
import { passRole } from './pass-role';

/** The first word of an operation, by method. */
const verbs: Readonly<Record<string, string>> = {
  GET: 'Get',
  POST: 'Create',
  PUT: 'Update',
  DELETE: 'Delete',
};
const tagOperations: Readonly<Record<string, string>> = {
  GET: 'ListTagsForResource',
  POST: 'TagResource',
  DELETE: 'UntagResource',
};

const blockOf = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});

/**
 * Returns the permissions that a call of EventBridge Scheduler requires.
 * @throws {Error} for an unknown call
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridgescheduler.html
 */
function schedulerRequests(
  { method, path, query, body, region }: AwsRequest,
  account: string,
): PolicyRequest[] {
  const arn = (resource: string) => `arn:aws:scheduler:${region}:${account}:${resource}`;
  const input = blockOf(jsonValue(body.toString()));
  const [, kind, ...rest] = decodeURIComponent(path).split('/');
  const name = rest.join('/');
  const [verb, tagOperation] = [verbs[method], tagOperations[method]];
  if (verb === undefined || tagOperation === undefined || name === '')
    throw new Error(`unknown call of EventBridge Scheduler: ${method} ${path}`);
  if (kind === 'tags') return [{ action: `scheduler:${tagOperation}`, resource: name }];
  if (kind === 'schedule-groups') {
    const resource = arn(`schedule-group/${name}`);
    const hasTags = Array.isArray(input.Tags) && input.Tags.length > 0;
    return [
      { action: `scheduler:${verb}ScheduleGroup`, resource },
      ...(hasTags ? [{ action: 'scheduler:TagResource', resource }] : []),
    ];
  }
  if (kind !== 'schedules') throw new Error(`unknown call of EventBridge Scheduler: ${method} ${path}`);
  const group = query.get('groupName') ?? input.GroupName;
  return [
    { action: `scheduler:${verb}Schedule`, resource: arn(`schedule/${group}/${name}`) },
    ...passRole(blockOf(input.Target).RoleArn, 'scheduler.amazonaws.com'),
  ];
}

export { schedulerRequests };
