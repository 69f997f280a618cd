import type { PolicyRequest } from '../../../../modules/policies/policy-evaluator';

/**
 * Returns the permission to pass a role to a service; none without a role.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
function passRole(role: unknown, service: string): PolicyRequest[] {
  if (typeof role !== 'string') return [];
  return [{ action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': service } }];
}

export { passRole };
