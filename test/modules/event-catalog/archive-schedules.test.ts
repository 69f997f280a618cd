import { TerraformVariable } from 'cdktf';
import { scheduledStatements } from '../../../consumer/queries/iceberg/scheduled-statements';
import { EventCatalog, type EventCatalogProps } from '../../../modules/event-catalog/event-catalog';
import { resourcesInConfigurations } from '../in-configurations';
import { addresses, resourceAt, type Synthesized, synthesizeWith } from '../synthesize';
import { isArchive } from './catalog-parts';

type Props = Omit<EventCatalogProps, 'bucketName' | 'bucketArn'>;
const wiring = { bucketName: 'mail', bucketArn: 'arn:aws:s3:::mail', catalogFrom: '2026-03-01' };
const daily: Props = { archiveTable: true, archiveSchedule: '23:50' };
const options = { location: 's3://mail/archive/', lateDays: 2 };

function synthesized(props: Props): Synthesized {
  return synthesizeWith((scope) => new EventCatalog(scope, 'catalog', { ...wiring, ...props }));
}

const archiveOf = (stack: Synthesized) => addresses(stack).filter(isArchive);
const schedule = (name: string) => `aws_scheduler_schedule.catalog_archive_${name.replaceAll('-', '_')}`;

/** The statement that a schedule starts. */
function statementOf(stack: Synthesized, name: string): string {
  const { target } = resourceAt(stack, schedule(name)) as { target: { input: string } }; // just synthesized
  return JSON.parse(target.input).QueryString;
}

describe('the schedules of the archive', () => {
  it.each<[string, Props]>([
    ['by default', {}],
    ['with archiveTable alone', { archiveTable: true }],
  ])('do not exist %s', (_, props) => {
    expect(archiveOf(synthesized(props))).toEqual([]);
  });

  it('are one for each statement, in a group, with a role, with archiveSchedule', () => {
    expect(archiveOf(synthesized(daily))).toEqual([
      'aws_iam_role.catalog_archive',
      'aws_iam_role_policy.catalog_archive',
      ...scheduledStatements(options)
        .map(({ name }) => schedule(name))
        .sort(),
      'aws_scheduler_schedule_group.catalog_archive',
    ]);
  });

  it.each(scheduledStatements({ ...options, retentionDays: 400 }).map((each) => [each.name, each] as const))(
    'start the statement %s',
    (name, { sql, description }) => {
      const stack = synthesized({ ...daily, archiveRetentionDays: 400 });
      expect(statementOf(stack, name)).toBe(sql);
      expect(resourceAt(stack, schedule(name))).toMatchObject({
        name,
        description,
        group_name: '${aws_scheduler_schedule_group.catalog_archive.name}',
        schedule_expression: expect.stringMatching(/^cron\(\d+ (0|1|2|3|23) \* \* \? \*\)$/),
        schedule_expression_timezone: 'UTC',
        flexible_time_window: { mode: 'OFF' },
        target: {
          arn: expect.stringMatching(/:scheduler:::aws-sdk:athena:startQueryExecution$/),
          role_arn: '${aws_iam_role.catalog_archive.arn}',
          input: expect.stringContaining('"WorkGroup":"${aws_athena_workgroup.catalog.name}"'),
        },
        depends_on: expect.arrayContaining(['aws_iam_role_policy.catalog_archive']),
      });
    },
  );

  it('run in the order of their minutes after archiveSchedule, over midnight', () => {
    const stack = synthesized(daily);
    const times = scheduledStatements(options).map(({ name, minutesAfter }) => {
      const [, minute, hour] =
        /^cron\((\d+) (\d+) /.exec(String(resourceAt(stack, schedule(name)).schedule_expression)) ?? [];
      return { after: (Number(hour) * 60 + Number(minute) - (23 * 60 + 50) + 1440) % 1440, minutesAfter };
    });
    for (const { after, minutesAfter } of times) expect(after).toBe(minutesAfter);
  });

  it('delete old events only with archiveRetentionDays', () => {
    expect(archiveOf(synthesized(daily))).not.toContain(schedule('delete-old-events'));
    const stack = synthesized({ ...daily, archiveRetentionDays: 400 });
    expect(statementOf(stack, 'delete-old-events')).toContain('400');
  });

  it('add the events of archiveLateDays again', () => {
    const merge = (archiveLateDays: number) =>
      statementOf(synthesized({ ...daily, archiveLateDays }), 'merge-events');
    const statements = scheduledStatements({ ...options, lateDays: 7 });
    expect(merge(7)).toBe(statements.find(({ name }) => name === 'merge-events')?.sql);
    expect(merge(7)).not.toBe(merge(2));
  });

  it('keep the files of the tables under archivePrefix', () => {
    const stack = synthesized({ ...daily, archivePrefix: 'lake/mail/' });
    for (const name of ['create-archive', 'create-windows', 'create-tombstones'])
      expect(statementOf(stack, name)).toContain("'s3://mail/lake/mail/");
  });

  it('use the key of the bucket only if there is one', () => {
    const key = 'aws_iam_role_policy.catalog_archive_key';
    expect(archiveOf(synthesized(daily))).not.toContain(key);
    expect(archiveOf(synthesized({ ...daily, keyArn: 'arn:key' }))).toContain(key);
  });

  it('access a bucket of the given account only', () => {
    const policy = (props: Props) =>
      resourceAt(synthesized(props), 'aws_iam_role_policy.catalog_archive').policy;
    expect(policy(daily)).toContain('"aws:ResourceAccount" = "*"');
    expect(policy({ ...daily, bucketAccountId: '444455556666' })).toContain(
      '"aws:ResourceAccount" = "444455556666"',
    );
  });

  it('have a path, a boundary and tags like other roles', () => {
    const boundary = 'arn:aws:iam::111122223333:policy/boundary';
    const stack = synthesized({
      ...{ ...daily, rolePath: '/email/', permissionsBoundaryArn: boundary, tags: { team: 'mail' } },
    });
    expect(resourceAt(stack, 'aws_iam_role.catalog_archive')).toMatchObject({
      ...{ path: '/email/', permissions_boundary: boundary, tags: { team: 'mail' } },
    });
    expect(resourceAt(stack, 'aws_scheduler_schedule_group.catalog_archive').tags).toEqual({ team: 'mail' });
  });

  it('depend on conditions where only Terraform knows the settings', () => {
    const stack = synthesizeWith((scope) => {
      const text = (name: string) => new TerraformVariable(scope, name, {}).stringValue;
      const number = (name: string) => new TerraformVariable(scope, name, { type: 'number' }).numberValue;
      new EventCatalog(scope, 'catalog', {
        ...{ ...wiring, archiveTable: true, archiveSchedule: text('time') },
        ...{ archiveLateDays: number('late'), archiveRetentionDays: number('kept') },
      });
    });
    expect(statementOf(stack, 'merge-events')).toContain('-(${var.late} + 3),');
    expect(statementOf(stack, 'delete-old-events')).toContain('${var.kept}');
    expect(resourceAt(stack, schedule('merge-events'))).toMatchObject({
      count: '${(var.time != null) ? 1 : 0}',
    });
    expect(resourceAt(stack, schedule('delete-old-events'))).toMatchObject({
      count: '${((var.time != null) && (var.kept != null)) ? 1 : 0}',
    });
  });

  it('match the snapshot in every configuration', () => {
    expect(resourcesInConfigurations('catalog', isArchive)).toMatchSnapshot();
  });
});

describe('the policies of the catalog', () => {
  const catalogOf = (props: Props) => {
    let catalog: EventCatalog | undefined;
    const stack = synthesizeWith((scope) => {
      catalog = new EventCatalog(scope, 'catalog', { ...wiring, ...props });
    });
    return { catalog, stack };
  };

  it('contain one for writers of the archive only with archiveTable', () => {
    expect(catalogOf({}).catalog?.writerPolicyJson).toBeUndefined();
    expect(catalogOf({ archiveTable: true }).catalog?.writerPolicyJson).toBeDefined();
  });
});
