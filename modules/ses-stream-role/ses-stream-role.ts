import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Fn, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { AwsEnvironment } from '../cdktf/aws-environment';
import { and, choose, defined, equals, textsAround } from '../cdktf/condition';
import { type OptionalResource, optionalResources } from '../cdktf/optional-resource';
import {
  configurationSetArn,
  sesKeyPermissionsPolicy,
  sesPermissionsPolicy,
  sesTrustPolicy,
} from '../policies/policy-documents';
import { ConfigurationError } from '../settings/configuration-error';
import { combine, configure } from '../settings/configure';
import { type CustomerKeyProps, customerKey } from '../settings/customer-key';
import { namingSettings } from '../settings/shared-settings';
import type { StreamProps } from '../settings/stream-props.generated';
import { sesStreamRoleSettings } from './ses-stream-role-settings';
import { trustLimitCheck, trustLimitIssues } from './trust-limit';

const settings = combine(namingSettings, sesStreamRoleSettings);

/** Settings of the role for SES, its stream, and its configuration sets. */
interface SesStreamRoleProps extends Pick<StreamProps, keyof typeof settings.fields>, CustomerKeyProps {
  /** The stream that SES puts records into. */
  readonly streamArn: string;
  /**
   * Names of the configuration sets for which SES can assume the role; the trust mode `source-arn` requires
   * them.
   */
  readonly configurationSetNames: readonly string[];
}

/**
 * The role that SES assumes to put events into the stream, with its trust policy and permissions.
 *
 * An event destination must depend on the permissions, not only on the role, because SES tests them on
 * creation.
 *
 * @example new SesStreamRole(this, 'ses', { streamArn, configurationSetNames: ['shop'] })
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-add-event-destination-firehose.html
 */
class SesStreamRole extends Construct {
  readonly roleArn: string;
  /** The role's resource, where it is created. */
  readonly role: OptionalResource<IamRole>;
  /** The permissions; an event destination must depend on them. */
  readonly dependables: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: SesStreamRoleProps) {
    super(scope, id);
    const config = configure(this.node.path, settings, props);
    const { accountId, region, partition, dnsSuffix } = AwsEnvironment.of(this, config);
    const { createSesRole, permissionsBoundaryArn: permissionsBoundary, tags } = config;
    const { streamArn } = props;
    const { isCustomerManaged, keyArn } = customerKey(this.node.path, props);
    const { configurationSetNames: names } = props;
    const trust = {
      createSesRole,
      trustMode: config.trustMode,
      names,
      trustPolicyLimit: config.trustPolicyLimit,
    };
    const issues = trustLimitIssues({ ...trust, partition, region });
    if (issues.length > 0) throw new ConfigurationError(this.node.path, issues);
    const configurationSetArns = textsAround(
      configurationSetArn({ partition, region, accountId, name: '' }),
      names,
    );
    const postcondition = trustLimitCheck(trust);

    const resource = optionalResources(this, createSesRole);
    this.role = resource(
      (count) =>
        new IamRole(this, 'role', {
          ...count,
          // Roles have no region: without it in the name, streams of the same name in two regions would
          // collide.
          name: `${config.name}-ses-${region}`,
          description: `Allows SES to put events into the stream of ${config.name}`,
          assumeRolePolicy: choose(
            equals(config.trustMode, 'external-id'),
            Fn.jsonencode(sesTrustPolicy({ mode: 'external-id', accountId })),
            Fn.jsonencode(sesTrustPolicy({ mode: 'source-arn', accountId, configurationSetArns })),
          ),
          path: config.rolePath,
          ...defined({ permissionsBoundary }),
          tags,
          lifecycle: {
            ignoreChanges: ['name'],
            ...(postcondition !== undefined && { postcondition: [postcondition] }),
          },
        }),
    );
    const role = () => this.role.existingAttribute('id');
    const permissions = resource(
      (count) =>
        new IamRolePolicy(this, 'permissions', {
          ...count,
          role: role(),
          name: 'put-events',
          policy: Fn.jsonencode(sesPermissionsPolicy({ streamArn })),
        }),
    );
    const keyPermissions = optionalResources(this, and(createSesRole, isCustomerManaged))(
      (count) =>
        new IamRolePolicy(this, 'key-permissions', {
          ...count,
          role: role(),
          name: 'use-key',
          policy: Fn.jsonencode(sesKeyPermissionsPolicy({ keyArn, region, dnsSuffix })),
        }),
      'key',
    );
    this.roleArn = choose(createSesRole, this.role.attribute('arn') ?? '', config.sesRoleArn ?? '');
    this.dependables = [...permissions.dependables, ...keyPermissions.dependables];
  }
}

export { SesStreamRole, type SesStreamRoleProps };
