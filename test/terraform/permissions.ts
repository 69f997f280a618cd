import { isAllowed } from '../../modules/policies/policy-evaluator';
import type { AppliedResource } from './applied';

const ses = { Service: 'ses.amazonaws.com' };

/** The policy documents in some applied resources. */
function documents(applied: readonly AppliedResource[], address: RegExp, attribute: string) {
  return applied
    .filter((resource) => address.test(resource.address))
    .map(({ values }) => JSON.parse(String(values[attribute])));
}

/** Whether SES can assume the role for an account's configuration set, or with an account's external id. */
function sesMayAssume(
  applied: readonly AppliedResource[],
  accountId: string,
  configurationSet: string,
): boolean {
  const context = {
    'aws:SourceAccount': accountId,
    'aws:SourceArn': `arn:aws:ses:eu-west-1:${accountId}:configuration-set/${configurationSet}`,
    'sts:ExternalId': accountId,
  };
  return isAllowed(documents(applied, /^aws_iam_role\.ses$/, 'assume_role_policy'), {
    principal: ses,
    action: 'sts:AssumeRole',
    context,
  });
}

/** Whether the role that SES assumes permits an action. */
function sesRolePermits(
  applied: readonly AppliedResource[],
  action: string,
  resource: string,
  via = 'firehose',
): boolean {
  return isAllowed(documents(applied, /^aws_iam_role_policy\.ses(_key)?$/, 'policy'), {
    ...{ action, resource },
    context: { 'kms:ViaService': `${via}.eu-west-1.amazonaws.com` },
  });
}

/** Whether the role of the stream permits an action. */
function deliveryRolePermits(
  applied: readonly AppliedResource[],
  action: string,
  resource: string,
  bucketOwner = '123456789012',
): boolean {
  return isAllowed(documents(applied, /^aws_iam_role_policy\.stream_delivery(_parquet)?$/, 'policy'), {
    ...{ action, resource },
    context: { 'aws:ResourceAccount': bucketOwner },
  });
}

/** Whether the bucket's policy denies a request of the account, although an IAM policy allows it. */
function bucketRefuses(applied: readonly AppliedResource[], secureTransport: boolean): boolean {
  const permission = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*', Principal: '*' },
  };
  return !isAllowed([permission, ...documents(applied, /^aws_s3_bucket_policy\.archive$/, 'policy')], {
    principal: { AWS: 'arn:aws:iam::123456789012:role/reader' },
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::made-bucket/events/one',
    context: { 'aws:SecureTransport': String(secureTransport) },
  });
}

export { bucketRefuses, deliveryRolePermits, sesMayAssume, sesRolePermits };
