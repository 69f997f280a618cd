import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import type { GivenPolicyDocument } from '../../../modules/policies/policy-evaluator';

/** The policy documents of a role. */
interface RolePolicies {
  trust: GivenPolicyDocument;
  permissions: readonly GivenPolicyDocument[];
  /** The permissions boundary. */
  boundary: GivenPolicyDocument | undefined;
}

/** Decodes a document, which IAM returns percent-encoded. */
function parseDocument(encoded = ''): GivenPolicyDocument {
  return JSON.parse(decodeURIComponent(encoded));
}

async function managedPolicy(iam: IAMClient, PolicyArn: string): Promise<GivenPolicyDocument> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const VersionId = Policy?.DefaultVersionId;
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
  return parseDocument(PolicyVersion?.Document);
}

/**
 * Returns the trust policy of a role, and its inline and attached permissions.
 * @throws {NoSuchEntityException} when the role does not exist
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html
 */
async function readRolePolicies(iam: IAMClient, roleArn: string): Promise<RolePolicies> {
  const RoleName = roleArn.split('/').at(-1) ?? '';
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  const inline = PolicyNames.map(async (PolicyName) => {
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    return parseDocument(PolicyDocument);
  });
  const attached = AttachedPolicies.map(({ PolicyArn = '' }) => managedPolicy(iam, PolicyArn));
  const boundary = Role?.PermissionsBoundary?.PermissionsBoundaryArn;
  return {
    trust: parseDocument(Role?.AssumeRolePolicyDocument),
    permissions: await Promise.all([...inline, ...attached]),
    boundary: boundary === undefined ? undefined : await managedPolicy(iam, boundary),
  };
}

export { type RolePolicies, readRolePolicies };
