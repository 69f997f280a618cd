import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  NoSuchEntityException,
} from '@aws-sdk/client-iam';
import {
  type GivenPolicyDocument,
  isAllowed,
  type PolicyRequest,
} from '../../../../modules/policy-evaluator';

/** IAM hands documents out percent-encoded. */
function parseDocument(encoded = ''): GivenPolicyDocument {
  return JSON.parse(decodeURIComponent(encoded)) as GivenPolicyDocument; // IAM keeps nothing else
}

/**
 * What the roles of an account may do, asked of IAM anew each time. Policies of more than one page are not read.
 * @example await new RolePermissions(iam).allow(roleArn, { action: 's3:PutObject', resource: `${bucketArn}/key` })
 */
class RolePermissions {
  constructor(private readonly iam: IAMClient) {}

  /**
   * Whether Firehose may assume the role and then do something: the trust policy, the role's own policies and those
   * attached, and its boundary, have their say. A role that there is not may do nothing.
   * @throws {PolicyEvaluationError} on a document that cannot be evaluated
   * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
   */
  async allow(roleArn: string, request: Omit<PolicyRequest, 'principal'>): Promise<boolean> {
    const [, , , , accountId = '', resource = ''] = roleArn.split(':');
    const RoleName = resource.split('/').at(-1) ?? '';
    try {
      const { Role } = await this.iam.send(new GetRoleCommand({ RoleName }));
      const trusted = isAllowed([parseDocument(Role?.AssumeRolePolicyDocument)], {
        principal: { Service: 'firehose.amazonaws.com' },
        action: 'sts:AssumeRole',
        context: { 'sts:ExternalId': accountId },
      });
      const boundary = Role?.PermissionsBoundary?.PermissionsBoundaryArn;
      const bounds = boundary === undefined ? [] : [[await this.managedPolicy(boundary)]];
      const sayings = [await this.policies(RoleName), ...bounds];
      return trusted && sayings.every((documents) => isAllowed(documents, request));
    } catch (error) {
      if (error instanceof NoSuchEntityException) return false;
      throw error;
    }
  }

  private async policies(RoleName: string): Promise<GivenPolicyDocument[]> {
    const { PolicyNames = [] } = await this.iam.send(new ListRolePoliciesCommand({ RoleName }));
    const { AttachedPolicies = [] } = await this.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    return Promise.all([
      ...PolicyNames.map(async (PolicyName) => {
        const { PolicyDocument } = await this.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
        return parseDocument(PolicyDocument);
      }),
      ...AttachedPolicies.map(({ PolicyArn = '' }) => this.managedPolicy(PolicyArn)),
    ]);
  }

  private async managedPolicy(PolicyArn: string): Promise<GivenPolicyDocument> {
    const { Policy } = await this.iam.send(new GetPolicyCommand({ PolicyArn }));
    const VersionId = Policy?.DefaultVersionId;
    const { PolicyVersion } = await this.iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    return parseDocument(PolicyVersion?.Document);
  }
}

export { RolePermissions };
