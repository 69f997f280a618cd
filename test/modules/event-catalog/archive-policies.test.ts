import {
  catalogWriterPolicy,
  schedulePermissionsPolicy,
  scheduleTrustPolicy,
} from '../../../modules/event-catalog/archive-policies';
import { isAllowed } from '../../../modules/policies/policy-evaluator';
import { partitionExamples } from '../policies/partition-examples';

describe.each(partitionExamples)('in the partition %s', (partition, of) => {
  const { region, dnsSuffix, accountId, bucketArn, keyArn } = of;
  const writer = {
    ...of,
    database: 'mail',
    workgroup: 'events',
    dataPrefixes: ['events/', 'errors/'],
    resultsPrefix: 'athena/',
    archivePrefix: 'archive/',
  };
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  const table = (name: string) => arn('glue', `table/${name}`);
  const bucketAccountId = '444455556666';
  const schedule = schedulePermissionsPolicy({ ...writer, bucketAccountId });

  /** Requests of both a writer and the schedules. */
  const changes: [action: string, resource: string, allowed: boolean][] = [
    ['athena:StartQueryExecution', arn('athena', 'workgroup/events'), true],
    ['athena:StartQueryExecution', arn('athena', 'workgroup/primary'), false],
    ['athena:UpdateWorkGroup', arn('athena', 'workgroup/events'), false],
    ['athena:GetDataCatalog', arn('athena', 'datacatalog/AwsDataCatalog'), true],
    ...['glue:CreateTable', 'glue:UpdateTable'].flatMap((action): [string, string, boolean][] => [
      [action, arn('glue', 'catalog'), true],
      [action, arn('glue', 'database/mail'), true],
      [action, table('mail/event_archive'), true],
      [action, table('mail/archive_windows'), true],
      [action, table('mail/archive_tombstones'), true],
      [action, table('mail/event_archive2'), false],
      [action, table('mail/event_lines'), false],
      [action, table('mail/events'), false],
      [action, table('other/event_archive'), false],
      [action, arn('glue', 'database/other'), false],
    ]),
    ['glue:GetTable', table('mail/event_lines'), true],
    ['glue:GetTable', table('mail/event_archive'), true],
    ['glue:GetDatabase', arn('glue', 'database/mail'), true],
    ['glue:GetDatabase', arn('glue', 'database/default'), true],
    ['glue:GetTable', table('other/event_lines'), false],
    ['glue:DeleteTable', table('mail/event_archive'), false],
    ['glue:DeleteDatabase', arn('glue', 'database/mail'), false],
    ['s3:ListBucket', bucketArn, true],
    ['s3:GetBucketLocation', bucketArn, true],
    ['s3:GetObject', `${bucketArn}/events/dt=2026-03-01/hour=00/a.gz`, true],
    ['s3:GetObject', `${bucketArn}/errors/processing-failed/a`, true],
    ['s3:PutObject', `${bucketArn}/athena/1.csv`, true],
    ['s3:DeleteObject', `${bucketArn}/athena/1.csv`, false],
    ...['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'].map(
      (action): [string, string, boolean] => [action, `${bucketArn}/archive/events/data/a.parquet`, true],
    ),
    ['s3:DeleteObjectVersion', `${bucketArn}/archive/events/data/a.parquet`, false],
    ['s3:PutObject', `${bucketArn}/events/a`, false],
    ['s3:DeleteObject', `${bucketArn}/events/a`, false],
    ['s3:DeleteObject', `${bucketArn}/errors/a`, false],
    ['s3:GetObject', `${bucketArn}/private/a`, false],
    ['s3:PutObject', `${bucketArn}-2/archive/a`, false],
    ['s3:PutObject', `${bucketArn}/archive2/a`, false],
    ['s3:PutLifecycleConfiguration', bucketArn, false],
    ['kms:Decrypt', keyArn, false],
  ];

  it.each([
    ...changes,
    ['athena:GetQueryExecution', arn('athena', 'workgroup/events'), true] as const,
    ['athena:GetQueryResults', arn('athena', 'workgroup/events'), true] as const,
  ])('a writer of the archive can %s on %s: %s', (action, resource, allowed) => {
    const policy = catalogWriterPolicy({ ...writer, keyArn: undefined });
    expect(isAllowed([policy], { action, resource })).toBe(allowed);
  });

  it('a writer of the archive uses the key of the bucket through S3 only', () => {
    const policy = catalogWriterPolicy({ ...writer, keyArn });
    const use = (service: string) => ({
      ...{ action: 'kms:GenerateDataKey', resource: keyArn },
      context: {
        'kms:ViaService': `${service}.${region}.${dnsSuffix}`,
        'kms:EncryptionContext:aws:s3:arn': bucketArn,
      },
    });
    expect(isAllowed([policy], use('s3'))).toBe(true);
    expect(isAllowed([policy], use('glue'))).toBe(false);
  });

  it('a writer of the archive has a policy that fits in a managed policy', () => {
    const longest = {
      ...{ ...writer, keyArn, database: 'a'.repeat(200), bucketArn: `${bucketArn}-${'a'.repeat(50)}` },
    };
    expect(JSON.stringify(catalogWriterPolicy(longest)).length).toBeLessThan(6144);
  });

  it.each([
    ...changes,
    ['athena:GetQueryResults', arn('athena', 'workgroup/events'), false] as const,
    ['athena:StopQueryExecution', arn('athena', 'workgroup/events'), false] as const,
    ['athena:ListWorkGroups', '*', false] as const,
  ])('the schedules can %s on %s: %s', (action, resource, allowed) => {
    const context = { 'aws:ResourceAccount': bucketAccountId };
    expect(isAllowed([schedule], { action, resource, context })).toBe(allowed);
  });

  it.each([
    ['s3:PutObject', `${bucketArn}/archive/a`],
    ['s3:PutObject', `${bucketArn}/athena/a`],
    ['s3:GetObject', `${bucketArn}/events/a`],
    ['s3:ListBucket', bucketArn],
  ])('the schedules cannot %s on a bucket of another account', (action, resource) => {
    const request = (owner: string) => ({ action, resource, context: { 'aws:ResourceAccount': owner } });
    expect(isAllowed([schedule], request(bucketAccountId))).toBe(true);
    expect(isAllowed([schedule], request('999999999999'))).toBe(false);
    expect(isAllowed([schedule], { action, resource })).toBe(false);
  });

  it('the schedules fit in the policies of a role', () => {
    const longest = {
      ...{
        ...writer,
        bucketAccountId,
        database: 'a'.repeat(255),
        bucketArn: `${bucketArn}-${'a'.repeat(50)}`,
      },
    };
    expect(JSON.stringify(schedulePermissionsPolicy(longest)).length).toBeLessThan(8192);
  });

  it.each<[by: string, service: string, account: string, group: string, allowed: boolean]>([
    ['EventBridge Scheduler for the group', 'scheduler', accountId, 'mail', true],
    ['EventBridge Scheduler for another group', 'scheduler', accountId, 'mail2', false],
    ['EventBridge Scheduler for another account', 'scheduler', '999999999999', 'mail', false],
    ['another service', 'events', accountId, 'mail', false],
  ])('the role of the schedules, asked for by %s', (_, service, account, group, allowed) => {
    const groupArn = (name: string) => arn('scheduler', `schedule-group/${name}`);
    const trust = scheduleTrustPolicy({ accountId, groupArn: groupArn('mail') });
    const request = {
      ...{ principal: { Service: `${service}.amazonaws.com` }, action: 'sts:AssumeRole' },
      context: { 'aws:SourceAccount': account, 'aws:SourceArn': groupArn(group) },
    };
    expect(isAllowed([trust], request)).toBe(allowed);
    expect(isAllowed([trust], { ...request, context: {} })).toBe(false);
  });
});
