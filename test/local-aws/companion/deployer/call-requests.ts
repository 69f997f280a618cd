import { isJsonObject, type JsonObject, jsonValue } from '../../../../consumer/events/json-object';
import type { PolicyRequest } from '../../../../modules/policies/policy-evaluator';
import type { AwsRequest } from '../handler';
import { passRole } from './pass-role';
import { s3Requests } from './s3-requests';
import { schedulerRequests } from './scheduler-requests';
import { sesRequests } from './ses-requests';

/** A call of a service with named operations. */
interface NamedCall {
  operation: string;
  /** The parameters by name. Those of a form are texts, and its lists have names such as `Tags.member.1.Key`. */
  input: JsonObject;
  /** Creates an ARN of the service in the account and region of the call. */
  arn: (resource: string) => string;
  account: string;
  region: string;
}

/** Returns the permissions that a call requires. */
type Requests = (call: NamedCall) => PolicyRequest[];

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const blockOf = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});

/** Checks whether a call has tags, in the form of any service. */
const hasTags = ({ input }: NamedCall) =>
  Object.keys(input).some((name) => /^tags/i.test(name) && Object.keys(Object(input[name])).length > 0);

/** Returns the permission to tag, if a call that creates a thing has tags. */
const tagging = (call: NamedCall, action: string, resource: string): PolicyRequest[] =>
  /^(Create|PutMetricAlarm)/.test(call.operation) && hasTags(call) ? [{ action, resource }] : [];

/** The services that the stack uses, by their name in signatures. */
const services: Readonly<Record<string, Requests>> = {
  sts: () => [], // GetCallerIdentity requires no permission
  athena: (call) => {
    const { operation, input, arn } = call;
    const action = `athena:${operation}`;
    // A call by the id of a query does not name the workgroup, and the reference of IAM has no other resource.
    if (input.NamedQueryId !== undefined) return [{ action, resource: arn('workgroup/mail') }];
    const resource =
      textOf(input.ResourceARN) || arn(`workgroup/${textOf(input.WorkGroup) || textOf(input.Name)}`);
    return [{ action, resource }, ...tagging(call, 'athena:TagResource', resource)];
  },
  firehose: (call) => {
    const { operation, input, arn, region } = call;
    const resource = arn(`deliverystream/${textOf(input.DeliveryStreamName)}`);
    const key = textOf(blockOf(input.DeliveryStreamEncryptionConfigurationInput).KeyARN);
    const context = { 'kms:ViaService': `firehose.${region}.amazonaws.com` };
    return [
      { action: `firehose:${operation}`, resource },
      ...tagging(call, 'firehose:TagDeliveryStream', resource),
      ...passRole(blockOf(input.ExtendedS3DestinationConfiguration).RoleARN, 'firehose.amazonaws.com'),
      ...(key === '' ? [] : [{ action: 'kms:CreateGrant', resource: key, context }]),
    ];
  },
  glue: (call) => {
    const { operation, input, arn } = call;
    const action = `glue:${operation}`;
    if (input.ResourceArn !== undefined) return [{ action, resource: textOf(input.ResourceArn) }];
    const ofTable = /Table|PartitionIndexes/.test(operation);
    const created = textOf(blockOf(input.DatabaseInput).Name);
    const database = textOf(input.DatabaseName) || created || textOf(input.Name);
    const table = textOf(blockOf(input.TableInput).Name) || textOf(input.TableName) || textOf(input.Name);
    const resources = [
      'catalog',
      `database/${database}`,
      ...(ofTable ? [`table/${database}/${table}`] : []),
      ...(operation === 'DeleteDatabase'
        ? [`table/${database}/any`, `userDefinedFunction/${database}/any`]
        : []),
    ];
    return [
      ...resources.map((resource) => ({ action, resource: arn(resource) })),
      ...tagging(call, 'glue:TagResource', arn(`database/${database}`)),
    ];
  },
  iam: (call) => {
    const { operation, input, account } = call;
    const resource = `arn:aws:iam::${account}:role${textOf(input.Path) || '/'}${textOf(input.RoleName)}`;
    return [{ action: `iam:${operation}`, resource }, ...tagging(call, 'iam:TagRole', resource)];
  },
  kms: (call) => {
    const { operation, input, arn } = call;
    const action = `kms:${operation}`;
    const key = arn(
      `key/${
        textOf(input.KeyId ?? input.TargetKeyId)
          .split('/')
          .at(-1) || 'any'
      }`,
    );
    if (operation === 'ListAliases') return [{ action }];
    if (operation === 'CreateKey') {
      return [
        { action },
        { action: 'kms:PutKeyPolicy', resource: key },
        ...tagging(call, 'kms:TagResource', key),
      ];
    }
    const alias = input.AliasName === undefined ? [] : [{ action, resource: arn(textOf(input.AliasName)) }];
    return [{ action, resource: key }, ...alias];
  },
  logs: (call) => {
    const { operation, input, arn } = call;
    const action = `logs:${operation}`;
    const group = `log-group:${textOf(input.logGroupName)}`;
    if (operation === 'DescribeLogGroups') return [{ action }];
    if (input.resourceArn !== undefined) return [{ action, resource: textOf(input.resourceArn) }];
    const part = operation.endsWith('LogStream') ? `log-stream:${textOf(input.logStreamName)}` : '*';
    return [{ action, resource: arn(`${group}:${part}`) }, ...tagging(call, 'logs:TagResource', arn(group))];
  },
  monitoring: (call) => {
    const { operation, input, arn } = call;
    const name = textOf(input.AlarmName) || textOf(input['AlarmNames.member.1']);
    const resource = textOf(input.ResourceARN) || arn(`alarm:${name}`);
    return [
      { action: `cloudwatch:${operation}`, resource },
      ...tagging(call, 'cloudwatch:TagResource', resource),
    ];
  },
  sqs: (call) => {
    const { operation, input, arn } = call;
    const resource = arn(textOf(input.QueueName) || (textOf(input.QueueUrl).split('/').at(-1) ?? ''));
    return [{ action: `sqs:${operation}`, resource }, ...tagging(call, 'sqs:TagQueue', resource)];
  },
};

/** Names of services in ARNs, where they differ from the names in signatures. */
const arnServices: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };

/** Reads the operation and the parameters of a call in JSON or as a form. */
function namedCall({ service, region, operation, body }: AwsRequest, account: string): NamedCall {
  const arn = (resource: string) =>
    `arn:aws:${arnServices[service] ?? service}:${region}:${account}:${resource}`;
  const text = body.toString();
  if (operation !== undefined) return { operation, input: blockOf(jsonValue(text)), arn, account, region };
  const input = Object.fromEntries(new URLSearchParams(text));
  return { operation: input.Action ?? '', input, arn, account, region };
}

/**
 * Returns the permissions that a call to AWS requires, with those of other services.
 * @throws {Error} for a call of a service that the stack does not use
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
function callRequests(request: AwsRequest, account: string): PolicyRequest[] {
  if (request.service === 's3') return s3Requests(request);
  if (request.service === 'ses') return sesRequests(request, account);
  if (request.service === 'scheduler') return schedulerRequests(request, account);
  const requests = services[request.service];
  if (requests === undefined)
    throw new Error(`unknown service: ${request.service} ${request.method} ${request.path}`);
  return requests(namedCall(request, account));
}

export { callRequests };
