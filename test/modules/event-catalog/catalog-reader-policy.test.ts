import { catalogReaderPolicy } from '../../../modules/event-catalog/catalog-reader-policy';
import { isAllowed, type PolicyRequest } from '../../../modules/policies/policy-evaluator';
import { partitionExamples } from '../policies/partition-examples';

describe.each(partitionExamples)('a reader of the catalog in the partition %s', (partition, of) => {
  const { region, dnsSuffix, accountId, bucketArn, keyArn } = of;
  const reader = {
    ...of,
    database: 'mail',
    workgroup: 'events',
    dataPrefixes: ['events/', 'errors/'],
    resultsPrefix: 'athena/',
  };
  const policy = catalogReaderPolicy({ ...reader, keyArn: undefined });
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;

  it.each([
    ['athena:StartQueryExecution', arn('athena', 'workgroup/events'), true],
    ['athena:GetQueryExecution', arn('athena', 'workgroup/events'), true],
    ['athena:GetQueryResults', arn('athena', 'workgroup/events'), true],
    ['athena:StopQueryExecution', arn('athena', 'workgroup/events'), true],
    ['athena:ListNamedQueries', arn('athena', 'workgroup/events'), true],
    ['athena:GetDataCatalog', arn('athena', 'datacatalog/AwsDataCatalog'), true],
    ['athena:ListWorkGroups', '*', true],
    ['athena:StartQueryExecution', arn('athena', 'workgroup/primary'), false],
    ['athena:UpdateWorkGroup', arn('athena', 'workgroup/events'), false],
    ['athena:DeleteNamedQuery', arn('athena', 'workgroup/events'), false],
    ['athena:CreateNamedQuery', arn('athena', 'workgroup/events'), false],
    ['athena:GetDataCatalog', arn('athena', 'datacatalog/other'), false],
    ['glue:GetTable', arn('glue', 'table/mail/event_lines'), true],
    ['glue:GetTables', arn('glue', 'database/mail'), true],
    ['glue:GetDatabase', arn('glue', 'database/mail'), true],
    ['glue:GetDatabase', arn('glue', 'catalog'), true],
    ['glue:GetDatabase', arn('glue', 'database/default'), true],
    ['glue:GetTable', arn('glue', 'table/other/event_lines'), false],
    ['glue:GetTables', arn('glue', 'database/default'), false],
    ['glue:GetTable', arn('glue', 'table/mail2/event_lines'), false],
    ['glue:UpdateTable', arn('glue', 'table/mail/event_lines'), false],
    ['glue:CreateTable', arn('glue', 'database/mail'), false],
    ['glue:DeleteDatabase', arn('glue', 'database/mail'), false],
    ['s3:ListBucket', bucketArn, true],
    ['s3:GetBucketLocation', bucketArn, true],
    ['s3:GetObject', `${bucketArn}/events/dt=2026-03-01/hour=00/a.gz`, true],
    ['s3:GetObject', `${bucketArn}/errors/processing-failed/a`, true],
    ['s3:GetObject', `${bucketArn}/athena/1.csv`, true],
    ['s3:PutObject', `${bucketArn}/athena/1.csv`, true],
    ['s3:AbortMultipartUpload', `${bucketArn}/athena/1.csv`, true],
    ['s3:GetObject', `${bucketArn}/private/a`, false],
    ['s3:GetObject', `${bucketArn}-2/events/a`, false],
    ['s3:PutObject', `${bucketArn}/events/a`, false],
    ['s3:DeleteObject', `${bucketArn}/events/a`, false],
    ['s3:DeleteObject', `${bucketArn}/athena/1.csv`, false],
    ['s3:ListBucket', `${bucketArn}-2`, false],
    ['kms:Decrypt', keyArn, false],
  ])('can %s on %s: %s', (action, resource, allowed) => {
    expect(isAllowed([policy], { action, resource })).toBe(allowed);
  });

  it('has a policy that fits in a managed policy', () => {
    const longest = {
      ...reader,
      keyArn,
      database: 'a'.repeat(255),
      bucketArn: `${bucketArn}-${'a'.repeat(50)}`,
    };
    expect(JSON.stringify(catalogReaderPolicy(longest)).length).toBeLessThan(6144);
  });

  it.each<[how: string, asked: Partial<PolicyRequest>, allowed: boolean]>([
    ['to read through S3', {}, true],
    ['to write results through S3', { action: 'kms:GenerateDataKey' }, true],
    [
      'not through another service',
      { context: { 'kms:ViaService': `athena.${region}.${dnsSuffix}` } },
      false,
    ],
    ['not for grants', { action: 'kms:CreateGrant' }, false],
    ['but not another key', { resource: `${keyArn}2` }, false],
  ])('uses the key of the bucket %s', (_, asked, allowed) => {
    const context = {
      'kms:ViaService': `s3.${region}.${dnsSuffix}`,
      'kms:EncryptionContext:aws:s3:arn': bucketArn,
    };
    const use = { action: 'kms:Decrypt', resource: keyArn, context };
    expect(isAllowed([catalogReaderPolicy({ ...reader, keyArn })], { ...use, ...asked })).toBe(allowed);
  });
});
