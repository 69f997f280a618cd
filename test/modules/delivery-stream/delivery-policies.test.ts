import {
  deliveryKeyPermissionsPolicy,
  deliveryParquetPermissionsPolicy,
  deliveryPermissionsPolicy,
  deliveryProcessorPermissionsPolicy,
  deliverySchemaPermissionsPolicy,
  firehoseTrustPolicy,
} from '../../../modules/delivery-stream/delivery-policies';
import { isAllowed, type PolicyRequest } from '../../../modules/policies/policy-evaluator';
import { partitionExamples } from '../policies/partition-examples';

describe.each(partitionExamples)('in the partition %s', (partition, of) => {
  const { region, dnsSuffix, accountId, bucketArn, keyArn, logGroupArn, functionArn } = of;
  const otherAccount = '444455556666';

  describe('Firehose can assume the delivery role', () => {
    const policy = firehoseTrustPolicy(of);
    const context = { 'sts:ExternalId': accountId };

    it.each<[who: string, asked: Partial<PolicyRequest>, allowed: boolean]>([
      ['for its account', {}, true],
      ['not for another account', { context: { 'sts:ExternalId': otherAccount } }, false],
      ['not without an account', { context: {} }, false],
      ['but SES cannot', { principal: { Service: 'ses.amazonaws.com' } }, false],
      [
        'but another role cannot',
        { principal: { AWS: `arn:${partition}:iam::${accountId}:role/other` } },
        false,
      ],
    ])('%s', (_, asked, allowed) => {
      const firehose = {
        principal: { Service: 'firehose.amazonaws.com' },
        action: 'sts:AssumeRole',
        context,
      };
      expect(isAllowed([policy], { ...firehose, ...asked })).toBe(allowed);
    });
  });

  describe('the delivery role', () => {
    const prefixes = ['events/', 'errors/mail/'];
    const policy = deliveryPermissionsPolicy({ ...of, bucketAccountId: accountId, prefixes });
    const parquet = deliveryParquetPermissionsPolicy({
      ...{ bucketArn, bucketAccountId: accountId, parquetPrefix: 'parquet/' },
    });
    const context = { 'aws:ResourceAccount': accountId };

    it.each([
      ['s3:GetBucketLocation', bucketArn, true],
      ['s3:ListBucket', bucketArn, true],
      ['s3:ListBucketMultipartUploads', bucketArn, true],
      ['s3:PutObject', `${bucketArn}/events/1.gz`, true],
      ['s3:GetObject', `${bucketArn}/events/dt=2026-11-25/hour=10/1.gz`, true],
      ['s3:AbortMultipartUpload', `${bucketArn}/events/1.gz`, true],
      ['s3:PutObject', `${bucketArn}/errors/mail/processing-failed/1`, true],
      ['s3:PutObject', `${bucketArn}/errors/1`, false],
      ['s3:PutObject', `${bucketArn}/events`, false],
      ['s3:PutObject', `${bucketArn}/events-2/1.gz`, false],
      ['s3:PutObject', `${bucketArn}/parquet/1.parquet`, false],
      ['s3:GetObject', `${bucketArn}/payroll/1.csv`, false],
      ['s3:AbortMultipartUpload', `${bucketArn}/payroll/1.csv`, false],
      ['s3:PutObject', `${bucketArn}-2/events/1.gz`, false],
      ['s3:PutObject', bucketArn, false],
      ['s3:ListBucket', `${bucketArn}-2`, false],
      ['s3:ListBucket', `${bucketArn}/events/1.gz`, false],
      ['s3:DeleteObject', `${bucketArn}/events/1.gz`, false],
      ['s3:PutObjectAcl', `${bucketArn}/events/1.gz`, false],
      ['s3:DeleteBucket', bucketArn, false],
      ['s3:PutBucketPolicy', bucketArn, false],
      ['logs:PutLogEvents', `${logGroupArn}:log-stream:DestinationDelivery`, true],
      ['logs:PutLogEvents', `${logGroupArn}-2:log-stream:DestinationDelivery`, false],
      ['logs:CreateLogStream', `${logGroupArn}:log-stream:DestinationDelivery`, false],
      ['logs:GetLogEvents', `${logGroupArn}:log-stream:DestinationDelivery`, false],
      ['kms:Decrypt', keyArn, false],
      ['lambda:InvokeFunction', functionArn, false],
    ])('can %s on %s: %s', (action, resource, allowed) => {
      expect(isAllowed([policy], { action, resource, context })).toBe(allowed);
    });

    it.each([
      ['s3:PutObject', 'parquet/1.parquet', true],
      ['s3:GetObject', 'parquet/1.parquet', true],
      ['s3:AbortMultipartUpload', 'parquet/1.parquet', true],
      ['s3:DeleteObject', 'parquet/1.parquet', false],
      ['s3:PutObject', 'events/1.gz', false],
    ])('can, to write Parquet, %s on %s: %s', (action, key, allowed) => {
      expect(isAllowed([parquet], { action, resource: `${bucketArn}/${key}`, context })).toBe(allowed);
    });

    it.each<[whose: string, bucketAccountId: string, owner: string | undefined, allowed: boolean]>([
      ['of its account', accountId, accountId, true],
      ['of another account that took the name', accountId, otherAccount, false],
      ['of an unknown account', accountId, undefined, false],
      ['of another account, if that one is set', otherAccount, otherAccount, true],
      ['of its account, if another one is set', otherAccount, accountId, false],
      ['of any account, if none is set', '*', otherAccount, true],
    ])('uses a bucket %s', (_, bucketAccountId, owner, allowed) => {
      const target = { bucketArn, bucketAccountId };
      const documents = [
        deliveryPermissionsPolicy({ ...target, prefixes, logGroupArn }),
        deliveryParquetPermissionsPolicy({ ...target, parquetPrefix: 'parquet/' }),
      ];
      for (const [action, resource] of [
        ['s3:ListBucket', bucketArn],
        ['s3:GetBucketLocation', bucketArn],
        ['s3:ListBucketMultipartUploads', bucketArn],
        ['s3:PutObject', `${bucketArn}/events/1.gz`],
        ['s3:PutObject', `${bucketArn}/errors/mail/1`],
        ['s3:PutObject', `${bucketArn}/parquet/1.parquet`],
      ] as const) {
        const request = {
          action,
          resource,
          context: owner === undefined ? {} : { 'aws:ResourceAccount': owner },
        };
        expect([action, isAllowed(documents, request)]).toEqual([action, allowed]);
      }
    });
  });

  it.each([
    ['of its account', false],
    ['of another account, whose objects get an ACL', true],
  ])('allows the delivery role s3:PutObjectAcl in a bucket %s: %s', (_, isInOtherAccount) => {
    const target = { bucketArn, bucketAccountId: otherAccount, isInOtherAccount };
    const documents = [
      deliveryPermissionsPolicy({ ...target, prefixes: ['events/'], logGroupArn }),
      deliveryParquetPermissionsPolicy({ ...target, parquetPrefix: 'parquet/' }),
    ];
    const allows = (key: string) =>
      isAllowed(documents, {
        ...{ action: 's3:PutObjectAcl', resource: `${bucketArn}/${key}` },
        context: { 'aws:ResourceAccount': otherAccount },
      });
    expect(['events/1.gz', 'parquet/1.parquet', 'payroll/1.csv'].map(allows)).toEqual([
      isInOtherAccount,
      isInOtherAccount,
      false,
    ]);
  });

  describe('the delivery role uses the key', () => {
    const policy = deliveryKeyPermissionsPolicy(of);
    const context = {
      'kms:ViaService': `s3.${region}.${dnsSuffix}`,
      'kms:EncryptionContext:aws:s3:arn': bucketArn,
    };

    it.each<[how: string, asked: Partial<PolicyRequest>, allowed: boolean]>([
      ['through S3, for a data key', {}, true],
      ['through S3, to decrypt', { action: 'kms:Decrypt' }, true],
      [
        'through S3, for an object of a bucket without bucket key',
        { context: { ...context, 'kms:EncryptionContext:aws:s3:arn': `${bucketArn}/events/1.gz` } },
        true,
      ],
      ['not directly', { context: { 'kms:EncryptionContext:aws:s3:arn': bucketArn } }, false],
      [
        'not through another service',
        { context: { ...context, 'kms:ViaService': `sqs.${region}.${dnsSuffix}` } },
        false,
      ],
      [
        'not through S3 of another region',
        { context: { ...context, 'kms:ViaService': `s3.x-${region}.${dnsSuffix}` } },
        false,
      ],
      [
        'not for another bucket',
        { context: { ...context, 'kms:EncryptionContext:aws:s3:arn': `${bucketArn}-2` } },
        false,
      ],
      [
        'not for an object of another bucket',
        { context: { ...context, 'kms:EncryptionContext:aws:s3:arn': `${bucketArn}-2/a` } },
        false,
      ],
      ['not without a bucket', { context: { 'kms:ViaService': context['kms:ViaService'] } }, false],
      ['not for grants', { action: 'kms:CreateGrant' }, false],
      ['but not another key', { resource: `${keyArn}2` }, false],
    ])('%s', (_, asked, allowed) => {
      const use = { action: 'kms:GenerateDataKey', resource: keyArn, context };
      expect(isAllowed([policy], { ...use, ...asked })).toBe(allowed);
    });
  });

  describe('the delivery role, to transform records,', () => {
    const policy = deliveryProcessorPermissionsPolicy(of);

    it.each([
      ['lambda:InvokeFunction', functionArn, true],
      ['lambda:InvokeFunction', `${functionArn}:$LATEST`, true],
      ['lambda:InvokeFunction', `${functionArn}:live`, true],
      ['lambda:GetFunctionConfiguration', `${functionArn}:3`, true],
      ['lambda:InvokeFunction', `${functionArn}-2`, false],
      ['lambda:UpdateFunctionCode', functionArn, false],
      ['lambda:InvokeFunctionUrl', functionArn, false],
    ])('can %s on %s: %s', (action, resource, allowed) => {
      expect(isAllowed([policy], { action, resource })).toBe(allowed);
    });
  });

  describe('the delivery role, to convert records,', () => {
    const policy = deliverySchemaPermissionsPolicy({ ...of, database: 'mail', table: 'events' });
    const glue = `arn:${partition}:glue:${region}:${accountId}`;

    it.each([
      ['glue:GetTable', `${glue}:table/mail/events`, true],
      ['glue:GetTableVersion', `${glue}:database/mail`, true],
      ['glue:GetTableVersions', `${glue}:catalog`, true],
      ['glue:GetTable', `${glue}:table/mail/other`, false],
      ['glue:GetTable', `${glue}:table/other/events`, false],
      ['glue:GetTable', `${glue}:database/other`, false],
      ['glue:UpdateTable', `${glue}:table/mail/events`, false],
      ['glue:GetPartitions', `${glue}:table/mail/events`, false],
    ])('can %s on %s: %s', (action, resource, allowed) => {
      expect(isAllowed([policy], { action, resource })).toBe(allowed);
    });
  });
});
