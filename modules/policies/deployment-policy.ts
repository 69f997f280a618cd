import { type ActionGrant, deploymentActions, type Target, targetArns } from './deployment-actions';
import { dnsSuffixOf, type PolicyDocument, type PolicyStatement, policyOf } from './policy-documents';

/** The account, region and partition of a deployment. */
interface DeploymentEnvironment {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** A resource of a Terraform plan. Attributes that Terraform knows only after the apply are absent. */
interface PlannedResource {
  /** The type in Terraform, such as `aws_s3_bucket`. */
  readonly type: string;
  /** The address of its module; empty for the root module. */
  readonly module: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly environment: DeploymentEnvironment;
}

/** Permission of some actions on one ARN. */
interface Permission {
  readonly actions: readonly string[];
  readonly arn: string;
  readonly condition?: PolicyStatement['Condition'];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Returns the first block of a type. Terraform has blocks as lists. */
function block(values: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const [first]: unknown[] = Array.isArray(values[name]) ? values[name] : [];
  return typeof first === 'object' && first !== null ? { ...first } : {};
}

/** Returns the name of a thing from an attribute. That of a queue is after a URL, and that of a role after its path. */
function nameIn(
  type: string,
  values: Readonly<Record<string, unknown>>,
  attribute: string,
): string | undefined {
  const value = text(values[attribute]);
  if (type === 'aws_iam_role' && value !== undefined) return `${text(values.path)?.slice(1) ?? ''}${value}`;
  if (type === 'aws_kms_alias') return value?.replace('alias/', '');
  return attribute === 'queue_url' ? value?.split('/').at(-1) : value;
}

/** Returns the names of the things that a resource is or is a part of; `*` if Terraform does not know them yet. */
function namesOf(resource: PlannedResource, all: readonly PlannedResource[]): string[] {
  const { type, module, values } = resource;
  const { name, owner } = deploymentActions[type] ?? { name: 'name' };
  const known = nameIn(type, values, name);
  if (known !== undefined && type !== 'aws_iam_role_policy') return [known];
  const owners = all.filter((each) => each.type === owner && each.module === module);
  const names = owners.flatMap((each) => namesOf(each, all)); // a role with its path
  const matching = names.filter((each) => known === undefined || each.split('/').at(-1) === known);
  return matching.length > 0 ? matching : [known ?? '*'];
}

function arnsOf(target: Target, name: string, environment: DeploymentEnvironment): string[] {
  const { partition, region, accountId: account } = environment;
  const parts: Record<string, string> = { partition, region, account, name };
  return targetArns[target].map((arn) =>
    arn.replaceAll(/\{(\w+)\}/g, (_, part: string) => parts[part] ?? ''),
  );
}

function applies({ when }: ActionGrant, { values }: PlannedResource): boolean {
  if (when === undefined) return true;
  // The state has an empty text for an attribute without a value.
  if (when !== 'tags') return ![undefined, null, false, ''].some((none) => values[when] === none);
  // `tags_all` has the provider's default tags too.
  return [values.tags, values.tags_all].some(
    (tags) => typeof tags === 'object' && tags !== null && Object.keys(tags).length > 0,
  );
}

/** Returns the services that a trust policy names; none if the plan does not know the policy. */
function trustedServices(policy: unknown): string[] {
  let document: Partial<PolicyDocument> | null;
  try {
    document = JSON.parse(text(policy) ?? '{}');
  } catch {
    return []; // Terraform does not accept such a policy
  }
  return [document?.Statement ?? []]
    .flat()
    .flatMap(({ Principal: principal }) =>
      typeof principal === 'object' ? [principal.Service ?? []].flat() : [],
    );
}

/**
 * Returns the permissions to pass roles: each created role to the services that it trusts, and existing roles to the
 * service that a stream or an event destination gives them to.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
function passedRoles({ type, values, environment }: PlannedResource): Permission[] {
  const pass = (arn: string | undefined, service: string): Permission[] =>
    arn === undefined
      ? []
      : [
          {
            actions: ['iam:PassRole'],
            arn,
            condition: { StringEquals: { 'iam:PassedToService': service } },
          },
        ];
  switch (type) {
    case 'aws_iam_role':
      return trustedServices(values.assume_role_policy).flatMap((service) =>
        arnsOf('role', nameIn(type, values, 'name') ?? '*', environment).flatMap((arn) => pass(arn, service)),
      );
    case 'aws_kinesis_firehose_delivery_stream':
      return pass(text(block(values, 'extended_s3_configuration').role_arn), 'firehose.amazonaws.com');
    case 'aws_sesv2_configuration_set_event_destination': {
      const destination = block(values, 'event_destination');
      return pass(text(block(destination, 'kinesis_firehose_destination').iam_role_arn), 'ses.amazonaws.com');
    }
    default:
      return [];
  }
}

/**
 * Returns the permission to let Firehose use a customer-managed key of a stream.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/encryption.html
 */
function streamKey({ type, values, environment }: PlannedResource): Permission[] {
  if (type !== 'aws_kinesis_firehose_delivery_stream') return [];
  const { key_type: keyType, key_arn: keyArn } = block(values, 'server_side_encryption');
  if (keyType !== 'CUSTOMER_MANAGED_CMK') return [];
  const { partition, region } = environment;
  const service = `firehose.${region}.${dnsSuffixOf(partition)}`;
  const [anyKey = ''] = arnsOf('key', '*', environment);
  return [
    {
      actions: ['kms:CreateGrant'],
      arn: text(keyArn) ?? anyKey,
      condition: { StringEquals: { 'kms:ViaService': service } },
    },
  ];
}

/** Actions that give permissions to a role, and that IAM can allow only for roles with a permissions boundary. */
const bounded = ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:PutRolePermissionsBoundary'];

/** Returns the permissions boundary of a role, or of the roles that a policy can belong to. */
function boundaryOf(
  { type, module, values }: PlannedResource,
  all: readonly PlannedResource[],
): string | undefined {
  if (type === 'aws_iam_role') return text(values.permissions_boundary);
  if (type !== 'aws_iam_role_policy') return undefined;
  const roles = all.filter((each) => each.type === 'aws_iam_role' && each.module === module);
  const boundaries = new Set(roles.map((each) => text(each.values.permissions_boundary)));
  return boundaries.size === 1 ? [...boundaries][0] : undefined;
}

/**
 * Limits permissions to roles with a boundary, so that the identity cannot create a role without it or remove it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
 */
function withinBoundary(
  permissions: readonly Permission[],
  boundary: string | undefined,
): readonly Permission[] {
  if (boundary === undefined) return permissions;
  const condition = { StringEquals: { 'iam:PermissionsBoundary': boundary } };
  return permissions.flatMap(({ actions, arn }) => [
    { actions: actions.filter((action) => bounded.includes(action)), arn, condition },
    {
      actions: actions.filter(
        (action) => !bounded.includes(action) && action !== 'iam:DeleteRolePermissionsBoundary',
      ),
      arn,
    },
  ]);
}

function permissionsOf(resource: PlannedResource, all: readonly PlannedResource[]): Permission[] {
  const { grants = [] } = deploymentActions[resource.type] ?? {};
  const granted = grants
    .filter((grant) => applies(grant, resource))
    .flatMap(({ on, actions, changes = [] }) =>
      namesOf(resource, all)
        .flatMap((name) => arnsOf(on, name, resource.environment))
        .map((arn) => ({ actions: [...actions, ...changes], arn })),
    );
  return [
    ...withinBoundary(granted, boundaryOf(resource, all)),
    ...passedRoles(resource),
    ...streamKey(resource),
  ];
}

/** Groups items by a key, in the order of their first occurrence. */
function grouped<T>(items: Iterable<T>, keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

const distinct = (values: readonly string[]) => [...new Set(values)].sort();

/** Combines permissions into few statements. Each statement has the actions of one service. */
function statementsOf(permissions: readonly Permission[]): PolicyStatement[] {
  const single = permissions.flatMap(({ actions, ...rest }) =>
    actions.map((action) => ({ action, ...rest })),
  );
  const serviceOf = (action: string) => action.split(':')[0];
  const perArn = grouped(single, ({ action, arn, condition }) =>
    JSON.stringify([serviceOf(action), arn, condition]),
  ).map((same) => ({
    actions: distinct(same.map(({ action }) => action)),
    arn: same[0]?.arn ?? '*',
    condition: same[0]?.condition,
  }));
  return grouped(perArn, ({ actions, condition }) => JSON.stringify([actions, condition]))
    .map((same): PolicyStatement => {
      const [{ actions, condition } = { actions: [], condition: undefined }] = same;
      return {
        Effect: 'Allow',
        Action: actions,
        Resource: distinct(same.map(({ arn }) => arn)),
        ...(condition && { Condition: condition }),
      };
    })
    .sort((a, b) => (String(a.Action) < String(b.Action) ? -1 : 1));
}

/**
 * Creates the least policy with which Terraform can apply, change and destroy resources. Names that are unknown in the
 * plan, such as the id of a key before it exists, are `*`.
 *
 * @example deploymentPolicy(resources) // statements, each with the actions of one service on named resources
 * @returns the policy; resources of types that the constructs do not create contribute nothing
 */
function deploymentPolicy(resources: readonly PlannedResource[]): PolicyDocument {
  return policyOf(...statementsOf(resources.flatMap((resource) => permissionsOf(resource, resources))));
}

export { type DeploymentEnvironment, deploymentPolicy, type PlannedResource };
