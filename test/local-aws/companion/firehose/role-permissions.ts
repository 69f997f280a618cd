import { type IAMClient, NoSuchEntityException } from '@aws-sdk/client-iam';
import { isAllowed, type PolicyRequest } from '../../../../modules/policies/policy-evaluator';
import { readRolePolicies } from '../role-policies';

/**
 * Permissions of the roles of an account, requested from IAM each time.
 * @example await new RolePermissions(iam).allow(roleArn, { action: 's3:PutObject', resource: `${bucketArn}/key` })
 */
class RolePermissions {
  constructor(private readonly iam: IAMClient) {}

  /**
   * Returns whether Firehose can assume the role and perform an action. Evaluates the trust policy, the inline and
   * attached policies and the permissions boundary. A role that does not exist has no permissions.
   * @throws {PolicyEvaluationError} when a document cannot be evaluated
   * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
   */
  async allow(roleArn: string, request: Omit<PolicyRequest, 'principal'>): Promise<boolean> {
    const [, , , , accountId = ''] = roleArn.split(':');
    try {
      const { trust, permissions, boundary } = await readRolePolicies(this.iam, roleArn);
      const isTrusted = isAllowed([trust], {
        principal: { Service: 'firehose.amazonaws.com' },
        action: 'sts:AssumeRole',
        context: { 'sts:ExternalId': accountId },
      });
      const isWithinBounds = boundary === undefined || isAllowed([boundary], request);
      return isTrusted && isWithinBounds && isAllowed(permissions, request);
    } catch (error) {
      if (error instanceof NoSuchEntityException) return false;
      throw error;
    }
  }
}

export { RolePermissions };
