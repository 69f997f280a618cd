import type { IAM } from '@aws-sdk/client-iam';
import type { GivenPolicyDocument } from '../../modules/policies/policy-evaluator';
import { type Answer, answer, call } from './answers/answer';
import type { Clients } from './answers/clients';
import { nameOf } from './places/place';
import { policyOf } from './policies/policy-text';

/** A role with its trust policy. */
interface Role {
  readonly name: string;
  readonly arn: string;
  readonly trust: GivenPolicyDocument;
  /** The ARN of the permissions boundary. */
  readonly boundaryArn?: string | undefined;
}

/** The permissions of a role. */
interface RolePolicies {
  readonly documents: readonly GivenPolicyDocument[];
  /** The permissions boundary. @default - none */
  readonly boundary?: GivenPolicyDocument | undefined;
}

/** Requests a role by its ARN, with its trust policy. */
function askRole({ iam }: Clients, arn: string): Promise<Answer<Role>> {
  return answer(async () => {
    const { Role: role } = await call('iam:GetRole', iam.getRole({ RoleName: nameOf(arn) }));
    return {
      name: nameOf(arn),
      arn,
      trust: await policyOf('iam:GetRole', role?.AssumeRolePolicyDocument),
      boundaryArn: role?.PermissionsBoundary?.PermissionsBoundaryArn,
    };
  });
}

async function managedPolicy(iam: IAM, PolicyArn: string): Promise<GivenPolicyDocument> {
  const { Policy } = await call('iam:GetPolicy', iam.getPolicy({ PolicyArn }));
  const { DefaultVersionId: VersionId } = Policy ?? {};
  const request = iam.getPolicyVersion({ PolicyArn, VersionId });
  const { PolicyVersion } = await call('iam:GetPolicyVersion', request);
  return policyOf('iam:GetPolicyVersion', PolicyVersion?.Document);
}

async function inlinePolicies(iam: IAM, RoleName: string): Promise<GivenPolicyDocument[]> {
  const documents: GivenPolicyDocument[] = [];
  let Marker: string | undefined;
  do {
    const page = await call('iam:ListRolePolicies', iam.listRolePolicies({ RoleName, Marker }));
    for (const PolicyName of page.PolicyNames ?? []) {
      const request = iam.getRolePolicy({ RoleName, PolicyName });
      const { PolicyDocument } = await call('iam:GetRolePolicy', request);
      documents.push(await policyOf('iam:GetRolePolicy', PolicyDocument));
    }
    Marker = page.Marker;
  } while (Marker !== undefined);
  return documents;
}

async function attachedPolicies(iam: IAM, RoleName: string): Promise<GivenPolicyDocument[]> {
  const documents: GivenPolicyDocument[] = [];
  let Marker: string | undefined;
  do {
    const request = iam.listAttachedRolePolicies({ RoleName, Marker });
    const page = await call('iam:ListAttachedRolePolicies', request);
    for (const { PolicyArn = '' } of page.AttachedPolicies ?? [])
      documents.push(await managedPolicy(iam, PolicyArn));
    Marker = page.Marker;
  } while (Marker !== undefined);
  return documents;
}

/** Requests every policy of a role: inline, attached, and the permissions boundary. */
function askRolePolicies({ iam }: Clients, { name, boundaryArn }: Role): Promise<Answer<RolePolicies>> {
  return answer(async () => ({
    documents: [...(await inlinePolicies(iam, name)), ...(await attachedPolicies(iam, name))],
    boundary: boundaryArn === undefined ? undefined : await managedPolicy(iam, boundaryArn),
  }));
}

export { askRole, askRolePolicies, type Role, type RolePolicies };
