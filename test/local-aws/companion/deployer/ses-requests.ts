import { isJsonObject, type JsonObject, jsonValue } from '../../../../consumer/events/json-object';
import type { PolicyRequest } from '../../../../modules/policies/policy-evaluator';
import type { AwsRequest } from '../handler';
import { passRole } from './pass-role';

/** Operations on a configuration set by method, and on its event destinations. */
const ofSet: Readonly<Record<string, string>> = {
  GET: 'ses:GetConfigurationSet',
  DELETE: 'ses:DeleteConfigurationSet',
};
const ofDestinations: Readonly<Record<string, string>> = {
  GET: 'ses:GetConfigurationSetEventDestinations',
  POST: 'ses:CreateConfigurationSetEventDestination',
  PUT: 'ses:UpdateConfigurationSetEventDestination',
  DELETE: 'ses:DeleteConfigurationSetEventDestination',
};

const blockOf = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});

/**
 * Returns the permissions that a call of the SES API v2 requires.
 * @throws {Error} for an unknown call
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsimpleemailservicev2.html
 */
function sesRequests({ method, path, query, body, region }: AwsRequest, account: string): PolicyRequest[] {
  const arnOf = (set: unknown) => `arn:aws:ses:${region}:${account}:configuration-set/${set}`;
  const input = blockOf(jsonValue(body.toString()));
  const [, , , kind, set = '', part] = decodeURIComponent(path).split('/');
  if (kind === 'tags')
    return [{ action: 'ses:ListTagsForResource', resource: query.get('ResourceArn') ?? '*' }];
  if (kind !== 'configuration-sets') throw new Error(`unknown call of SES: ${method} ${path}`);
  if (set === '') {
    const resource = arnOf(input.ConfigurationSetName);
    const hasTags = Array.isArray(input.Tags) && input.Tags.length > 0;
    return [
      { action: 'ses:CreateConfigurationSet', resource },
      ...(hasTags ? [{ action: 'ses:TagResource', resource }] : []),
    ];
  }
  const action = part === undefined ? ofSet[method] : ofDestinations[method];
  if (action === undefined) throw new Error(`unknown call of SES: ${method} ${path}`);
  const stream = blockOf(blockOf(input.EventDestination).KinesisFirehoseDestination);
  return [{ action, resource: arnOf(set) }, ...passRole(stream.IamRoleArn, 'ses.amazonaws.com')];
}

export { sesRequests };
