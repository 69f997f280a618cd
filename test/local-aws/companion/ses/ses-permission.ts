import { DescribeDeliveryStreamCommand } from '@aws-sdk/client-firehose';
import { GetKeyPolicyCommand } from '@aws-sdk/client-kms';
import {
  type GivenPolicyDocument,
  isAllowed,
  type PolicyRequest,
} from '../../../../modules/policies/policy-evaluator';
import { type RolePolicies, readRolePolicies } from '../role-policies';
import type { AwsClients } from './aws-clients';
import { accountId } from './ses-region';

/** A configuration set, with the role and the stream of its destination. */
interface StreamAccess {
  roleArn: string;
  streamArn: string;
  configurationSetArn: string;
}

/** Checks whether SES can assume a role, with the context keys that SES sends. */
function mayAssume({ trust }: RolePolicies, configurationSetArn: string): boolean {
  return isAllowed([trust], {
    principal: { Service: 'ses.amazonaws.com' },
    action: 'sts:AssumeRole',
    context: {
      'aws:SourceAccount': accountId,
      'aws:SourceArn': configurationSetArn,
      'sts:ExternalId': accountId,
    },
  });
}

function permits({ permissions, boundary }: RolePolicies, request: PolicyRequest): boolean {
  const documents: (readonly GivenPolicyDocument[])[] = [permissions];
  if (boundary !== undefined) documents.push([boundary]);
  return documents.every((each) => isAllowed(each, request));
}

/** Returns the customer-managed key of a stream, if there is one. */
async function streamKey({ firehose }: AwsClients, streamArn: string): Promise<string | undefined> {
  const DeliveryStreamName = streamArn.split('/').at(-1);
  const { DeliveryStreamDescription } = await firehose.send(
    new DescribeDeliveryStreamCommand({ DeliveryStreamName }),
  );
  const { KeyType, KeyARN } = DeliveryStreamDescription?.DeliveryStreamEncryptionConfiguration ?? {};
  return KeyType === 'CUSTOMER_MANAGED_CMK' ? KeyARN : undefined;
}

/**
 * Returns the reason why SES cannot assume the role. Undefined if it can.
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-add-event-destination-firehose.html
 */
async function whyNotAssume(
  { iam }: AwsClients,
  access: Pick<StreamAccess, 'roleArn' | 'configurationSetArn'>,
): Promise<string | undefined> {
  const { roleArn, configurationSetArn } = access;
  try {
    const policies = await readRolePolicies(iam, roleArn);
    return mayAssume(policies, configurationSetArn) ? undefined : `sts:AssumeRole on ${roleArn}`;
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchEntityException') return `no role ${roleArn}`;
    throw error;
  }
}

/**
 * Returns the first denied action of putting records into a stream. Undefined if all are allowed. With a customer-managed
 * key, the policies of the role and of the key must also allow the use of the key.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-add-event-destination-firehose.html
 * @see https://docs.aws.amazon.com/firehose/latest/dev/encryption.html
 */
async function whyNotPut(clients: AwsClients, access: StreamAccess): Promise<string | undefined> {
  const { roleArn, streamArn } = access;
  const refused = await whyNotAssume(clients, access);
  if (refused !== undefined) return refused;
  const policies = await readRolePolicies(clients.iam, roleArn);
  const put = 'firehose:PutRecordBatch';
  if (!permits(policies, { action: put, resource: streamArn })) return `${put} on ${streamArn}`;
  const keyArn = await streamKey(clients, streamArn);
  if (keyArn === undefined) return undefined;
  const { Policy = '' } = await clients.kms.send(
    new GetKeyPolicyCommand({ KeyId: keyArn, PolicyName: 'default' }),
  );
  const keyPolicy: GivenPolicyDocument = JSON.parse(Policy);
  // Firehose uses the key on behalf of the role.
  const context = { 'kms:ViaService': `firehose.${streamArn.split(':')[3]}.amazonaws.com` };
  const action = ['kms:GenerateDataKey', 'kms:Decrypt'].find((each) => {
    const use = { action: each, resource: keyArn, context };
    return !permits(policies, use) || !isAllowed([keyPolicy], { ...use, principal: { AWS: roleArn } });
  });
  return action === undefined ? undefined : `${action} on ${keyArn}`;
}

export { whyNotAssume, whyNotPut };
