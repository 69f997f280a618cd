import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule';
import { SchedulerScheduleGroup } from '@cdktf/provider-aws/lib/scheduler-schedule-group';
import { Fn, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import {
  type ArchiveTableOptions,
  scheduledStatements,
} from '../../consumer/queries/iceberg/scheduled-statements';
import { and, type Condition, defined, isSet } from '../cdktf/condition';
import { optionalResources } from '../cdktf/optional-resource';
import { deliveryKeyPermissionsPolicy } from '../delivery-stream/delivery-policies';
import type { PolicyDocument } from '../policies/policy-documents';
import { type ScheduleTarget, schedulePermissionsPolicy, scheduleTrustPolicy } from './archive-policies';
import { dailyAfter, statementInput } from './schedule-arguments';

/** The schedules, and what they access. Every text may be a CDKTF token. */
interface ArchiveSchedulesProps {
  /** Whether the schedules exist. */
  readonly condition: Condition;
  /** Name of the group of schedules, and prefix of the name of their role. */
  readonly name: string;
  /** Time of day in UTC, as HH:MM. */
  readonly time: string;
  readonly options: ArchiveTableOptions;
  readonly access: ScheduleTarget;
  readonly isCustomerManaged: Condition;
  readonly keyArn: string;
  readonly rolePath: string;
  readonly permissionsBoundary: string | undefined;
  readonly tags: Record<string, string>;
  /** The workgroup and the database, as attributes of their resources. */
  readonly workgroup: () => string;
  readonly database: () => string;
  /** Resources that the statements read. */
  readonly dependsOn: readonly TerraformResource[];
}

/** A start that fails is tried again for an hour; the next day's run does the work of a run that was missed. */
const retryPolicy = { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 10 };

/**
 * The schedules that fill and maintain the archive in the catalog, without code that runs: EventBridge Scheduler starts
 * each statement in Athena. They are in one group, and have one role.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
class ArchiveSchedules extends Construct {
  constructor(scope: Construct, id: string, props: ArchiveSchedulesProps) {
    super(scope, id);
    const { condition, name, options, access, tags } = props;
    const { partition, region, accountId, dnsSuffix, bucketArn } = access;
    const resource = optionalResources(this, condition);
    const group = resource((count) => new SchedulerScheduleGroup(this, 'group', { ...count, name, tags }));
    const groupArn = `arn:${partition}:scheduler:${region}:${accountId}:schedule-group/${name}`;
    const role = resource(
      (count) =>
        new IamRole(this, 'role', {
          ...count,
          name: `${name}-archive-${region}`,
          description: `Allows EventBridge Scheduler to fill the archive of ${name} with Athena`,
          assumeRolePolicy: Fn.jsonencode(scheduleTrustPolicy({ accountId, groupArn })),
          path: props.rolePath,
          ...defined({ permissionsBoundary: props.permissionsBoundary }),
          tags,
          lifecycle: { ignoreChanges: ['name'] },
        }),
    );
    const permit = (policyName: string, needed: Condition, document: PolicyDocument, suffix?: string) =>
      optionalResources(this, and(condition, needed))(
        (count) =>
          new IamRolePolicy(this, policyName, {
            ...count,
            role: role.existingAttribute('id'),
            name: policyName,
            policy: Fn.jsonencode(document),
          }),
        suffix,
      ).dependables;
    const { isCustomerManaged, keyArn } = props;
    const permissions = [
      ...permit('fill-archive', true, schedulePermissionsPolicy(access)),
      ...permit(
        'use-key',
        isCustomerManaged,
        deliveryKeyPermissionsPolicy({ keyArn, bucketArn, region, dnsSuffix }),
        'key',
      ),
    ];
    // The other statements only exist with a retention.
    const always = scheduledStatements({ ...options, retentionDays: undefined });
    const { retentionDays } = options;
    for (const statement of scheduledStatements(options)) {
      const needed = always.some((each) => each.name === statement.name) || isSet(retentionDays);
      optionalResources(this, and(condition, needed))(
        (count) =>
          new SchedulerSchedule(this, statement.name, {
            ...count,
            name: statement.name,
            groupName: group.existingAttribute('name'),
            description: statement.description,
            scheduleExpression: dailyAfter(props.time, statement.minutesAfter),
            scheduleExpressionTimezone: 'UTC',
            flexibleTimeWindow: { mode: 'OFF' },
            target: {
              arn: `arn:${partition}:scheduler:::aws-sdk:athena:startQueryExecution`,
              roleArn: role.existingAttribute('arn'),
              input: statementInput({
                sql: statement.sql,
                workgroup: props.workgroup(),
                database: props.database(),
              }),
              retryPolicy,
            },
            dependsOn: [...permissions, ...props.dependsOn],
          }),
        statement.name,
      );
    }
  }
}

export { ArchiveSchedules };
