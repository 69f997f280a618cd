import fc from 'fast-check';
import { archiveBucketPolicy } from '../../../modules/archive-bucket/archive-bucket';
import * as delivery from '../../../modules/delivery-stream/delivery-policies';
import { encryptionKeyPolicy } from '../../../modules/encryption-key/encryption-key-policy';
import { deadLetterQueuePolicy, objectQueuePolicy } from '../../../modules/object-queue/object-queue';
import {
  configurationSetArn,
  deliveryStreamArn,
  dnsSuffixOf,
  type PolicyDocument,
  partitionOf,
  sesKeyPermissionsPolicy,
  sesPermissionsPolicy,
  sesTrustPolicy,
} from '../../../modules/policies/policy-documents';
import { evaluate, isAllowed, type PolicyRequest } from '../../../modules/policies/policy-evaluator';
import { type PartitionExample, partitionExamples } from './partition-examples';

const otherAccount = '444455556666';

/** Every document, by name. */
function everyDocument(of: PartitionExample): Record<string, PolicyDocument> {
  const { accountId, bucketArn, dnsSuffix, keyArn, logGroupArn, queueArn, region, streamArn } = of;
  const target = { bucketArn, bucketAccountId: accountId };
  const key = { keyArn, region, dnsSuffix };
  const configurationSetArns = ['one', 'other'].map((name) => configurationSetArn({ ...of, name }));
  return {
    trustBySourceArn: sesTrustPolicy({ mode: 'source-arn', accountId, configurationSetArns }),
    trustByExternalId: sesTrustPolicy({ mode: 'external-id', accountId }),
    permissions: sesPermissionsPolicy({ streamArn }),
    permissionsWithKey: sesPermissionsPolicy({ streamArn, key }),
    keyPermissions: sesKeyPermissionsPolicy(key),
    firehoseTrust: delivery.firehoseTrustPolicy(of),
    delivery: delivery.deliveryPermissionsPolicy({ ...target, prefixes: ['events/'], logGroupArn }),
    deliveryParquet: delivery.deliveryParquetPermissionsPolicy({ ...target, parquetPrefix: 'parquet/' }),
    deliveryKey: delivery.deliveryKeyPermissionsPolicy(of),
    deliveryProcessor: delivery.deliveryProcessorPermissionsPolicy(of),
    deliverySchema: delivery.deliverySchemaPermissionsPolicy({ ...of, database: 'mail', table: 'events' }),
    bucket: archiveBucketPolicy(of),
    queue: objectQueuePolicy(of),
    deadLetterQueue: deadLetterQueuePolicy({ queueArn }),
    key: encryptionKeyPolicy(of),
    keyWithoutQueue: encryptionKeyPolicy({ ...of, bucketArn: undefined }),
  };
}

describe.each(partitionExamples)('in the partition %s', (partition, of) => {
  const { accountId, region, streamArn, keyArn } = of;
  const setArn = configurationSetArn({ ...of, name: 'newsletter' });

  it('the region determines the partition', () => {
    expect(partitionOf(region)).toBe(partition);
  });

  it('the partition determines the suffix of endpoints', () => {
    expect(dnsSuffixOf(partition)).toBe(of.dnsSuffix);
  });

  it('ARNs contain the partition', () => {
    expect(deliveryStreamArn({ ...of, name: 'events' })).toBe(streamArn);
    expect(setArn).toBe(`arn:${partition}:ses:${region}:${accountId}:configuration-set/newsletter`);
  });

  it('no document contains another partition', () => {
    const named = JSON.stringify(everyDocument(of)).match(/arn:[^:]+:/g) ?? [];
    expect([...new Set(named)]).toEqual([`arn:${partition}:`]);
  });

  describe('SES can assume the role by its source', () => {
    const other = configurationSetArn({ ...of, name: 'other' });
    const policy = sesTrustPolicy({
      mode: 'source-arn',
      accountId,
      configurationSetArns: [setArn, configurationSetArn({ ...of, name: 'receipts-*' })],
    });
    const ses: PolicyRequest = {
      principal: { Service: 'ses.amazonaws.com' },
      action: 'sts:AssumeRole',
      context: { 'aws:SourceAccount': accountId, 'aws:SourceArn': setArn },
    };

    it.each<[who: string, asked: Partial<PolicyRequest>, allowed: boolean]>([
      ['for the configuration set', {}, true],
      [
        'for a set that matches a pattern',
        {
          context: { ...ses.context, 'aws:SourceArn': configurationSetArn({ ...of, name: 'receipts-eu' }) },
        },
        true,
      ],
      ['not for another configuration set', { context: { ...ses.context, 'aws:SourceArn': other } }, false],
      [
        'not for a set of that name in another account',
        {
          context: {
            'aws:SourceAccount': otherAccount,
            'aws:SourceArn': configurationSetArn({ ...of, accountId: otherAccount, name: 'newsletter' }),
          },
        },
        false,
      ],
      [
        'not for another account with the configuration set',
        { context: { ...ses.context, 'aws:SourceAccount': otherAccount } },
        false,
      ],
      [
        'not for a set of that name in another region',
        {
          context: {
            ...ses.context,
            'aws:SourceArn': configurationSetArn({ ...of, region: 'x', name: 'newsletter' }),
          },
        },
        false,
      ],
      ['not without a source', { context: {} }, false],
      ['not with the account only', { context: { 'aws:SourceAccount': accountId } }, false],
      ['not with the configuration set only', { context: { 'aws:SourceArn': setArn } }, false],
      ['not with an external id instead', { context: { 'sts:ExternalId': accountId } }, false],
      ['not with session tags', { action: 'sts:TagSession' }, false],
      ['not as Pinpoint', { principal: { Service: 'pinpoint.amazonaws.com' } }, false],
      ['not as a role', { principal: { AWS: `arn:${partition}:iam::${accountId}:role/other` } }, false],
      ['not as an anonymous caller', { principal: undefined }, false],
    ])('%s', (_, asked, allowed) => {
      expect(isAllowed([policy], { ...ses, ...asked })).toBe(allowed);
    });

    it('not for any configuration set, if none is listed', () => {
      const empty = sesTrustPolicy({ mode: 'source-arn', accountId, configurationSetArns: [] });
      expect(isAllowed([empty], ses)).toBe(false);
    });
  });

  describe('SES can assume the role by external id', () => {
    const policy = sesTrustPolicy({ mode: 'external-id', accountId });
    const ses: PolicyRequest = {
      principal: { Service: 'ses.amazonaws.com' },
      action: 'sts:AssumeRole',
      context: { 'sts:ExternalId': accountId },
    };

    it.each<[who: string, asked: Partial<PolicyRequest>, allowed: boolean]>([
      ['for the account', {}, true],
      ['not for another account', { context: { 'sts:ExternalId': otherAccount } }, false],
      ['not without one', { context: {} }, false],
      [
        'not by its source instead',
        { context: { 'aws:SourceAccount': accountId, 'aws:SourceArn': setArn } },
        false,
      ],
      ['not as Pinpoint', { principal: { Service: 'pinpoint.amazonaws.com' } }, false],
      ['not as a role', { principal: { AWS: `arn:${partition}:iam::${accountId}:role/other` } }, false],
    ])('%s', (_, asked, allowed) => {
      expect(isAllowed([policy], { ...ses, ...asked })).toBe(allowed);
    });
  });

  describe('the role of SES', () => {
    const plain = sesPermissionsPolicy({ streamArn });
    const key = { keyArn, region, dnsSuffix: of.dnsSuffix };
    const withKey = sesPermissionsPolicy({ streamArn, key });
    const otherStream = deliveryStreamArn({ ...of, name: 'events-2' });
    const viaFirehose = { 'kms:ViaService': `firehose.${region}.${of.dnsSuffix}` };

    it.each([
      ['puts batches of records', 'firehose:PutRecordBatch', streamArn, true],
      ['describes the stream', 'firehose:DescribeDeliveryStream', streamArn, true],
      ['does not put records into another stream', 'firehose:PutRecordBatch', otherStream, false],
      ['does not delete the stream', 'firehose:DeleteDeliveryStream', streamArn, false],
      ['does not redirect the stream', 'firehose:UpdateDestination', streamArn, false],
      ['does not assume a role', 'sts:AssumeRole', `arn:${partition}:iam::${accountId}:role/admin`, false],
      ['does not read objects', 's3:GetObject', `${of.bucketArn}/a`, false],
    ])('%s, with a key and without', (_, action, target, allowed) => {
      for (const policy of [plain, withKey])
        expect(isAllowed([policy], { action, resource: target })).toBe(allowed);
    });

    it.each([
      ['kms:GenerateDataKey', true],
      ['kms:Decrypt', true],
      ['kms:CreateGrant', false],
      ['kms:Encrypt', false],
      ['kms:ScheduleKeyDeletion', false],
    ])('can call %s with the stream’s key through Firehose: %s', (action, allowed) => {
      const otherKey = `${keyArn}2`;
      for (const documents of [[withKey], [plain, sesKeyPermissionsPolicy(key)]]) {
        expect(isAllowed(documents, { action, resource: keyArn, context: viaFirehose })).toBe(allowed);
        expect(isAllowed(documents, { action, resource: otherKey, context: viaFirehose })).toBe(false);
      }
      expect(isAllowed([plain], { action, resource: keyArn, context: viaFirehose })).toBe(false);
    });

    it.each<[how: string, context: PolicyRequest['context']]>([
      ['directly', {}],
      ['through S3', { 'kms:ViaService': `s3.${region}.${of.dnsSuffix}` }],
      ['through the queue', { 'kms:ViaService': `sqs.${region}.${of.dnsSuffix}` }],
      ['through Firehose of another region', { 'kms:ViaService': `firehose.x-${region}.${of.dnsSuffix}` }],
    ])('does not use the stream’s key %s', (_, context) => {
      for (const action of ['kms:GenerateDataKey', 'kms:Decrypt'])
        expect(isAllowed([withKey], { action, resource: keyArn, context })).toBe(false);
    });
  });
});

describe('the documents of the Pinpoint Email API guide', () => {
  // Copied from the guide; its placeholders are accountId, region and deliveryStreamName.
  // https://docs.aws.amazon.com/pinpoint/latest/developerguide/permissions-stream-email-events-kinesis.html
  const guideTrust = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: '',
        Effect: 'Allow',
        Principal: { Service: 'ses.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': '<accountId>' } },
      },
    ],
  };
  const guidePermissions = {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: ['firehose:PutRecordBatch', 'firehose:DescribeDeliveryStream'],
      Resource: ['arn:aws:firehose:<region>:<accountId>:deliverystream/<deliveryStreamName>'],
    },
  };

  /** A guide's document with its placeholders filled in. */
  const filled = <Document>(guide: Document): Document => {
    const values = { accountId: '111122223333', region: 'eu-west-1', deliveryStreamName: 'events' };
    const text = Object.entries(values).reduce(
      (json, [name, value]) => json.replaceAll(`<${name}>`, value),
      JSON.stringify(guide),
    );
    return JSON.parse(text);
  };
  const streamArn = deliveryStreamArn({
    partition: 'aws',
    region: 'eu-west-1',
    accountId: '111122223333',
    name: 'events',
  });

  it('equal the trust policy for external ids', () => {
    expect(sesTrustPolicy({ mode: 'external-id', accountId: '111122223333' })).toStrictEqual(
      filled(guideTrust),
    );
  });

  it('equal the permissions, except that the guide has a single statement instead of a list', () => {
    const { Version, Statement } = filled(guidePermissions);
    expect(sesPermissionsPolicy({ streamArn })).toStrictEqual({ Version, Statement: [Statement] });
  });
});

describe('trust by source', () => {
  it('requires the same as the SES guide, with a pattern for the configuration set', () => {
    const configurationSetArns = ['arn:aws:ses:eu-west-1:111122223333:configuration-set/newsletter'];
    expect(
      sesTrustPolicy({ mode: 'source-arn', accountId: '111122223333', configurationSetArns }).Statement,
    ).toStrictEqual([
      {
        Sid: 'AssumedBySesForConfigurationSets',
        Effect: 'Allow',
        Principal: { Service: 'ses.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111122223333' },
          ArnLike: { 'aws:SourceArn': configurationSetArns },
        },
      },
    ]);
  });
});

describe('every document', () => {
  const [[, aws]] = partitionExamples as [[string, PartitionExample]]; // three of them
  const documents = Object.entries(everyDocument(aws));

  it.each(documents)('%s: has unique, valid names of statements', (name, { Statement }) => {
    const sids = Statement.map(({ Sid }) => Sid);
    expect(new Set(sids).size).toBe(sids.length);
    // Those that are the Pinpoint guide's have its Sid, or none.
    const [first, ...others] = sids;
    const own = { trustByExternalId: '', permissions: undefined, permissionsWithKey: undefined };
    if (name in own)
      expect(first).toBe(own[name as keyof typeof own]); // just asked for
    else others.push(first);
    for (const sid of others) expect(sid).toMatch(/^[A-Za-z0-9]+$/);
  });

  it.each(documents)('%s: can be evaluated', (_, document) => {
    for (const { Principal, Action, Resource = [] } of document.Statement) {
      const [action = '', resource = ''] = [[Action].flat()[0], [Resource].flat()[0]];
      const principal = Principal === '*' ? undefined : (Principal as PolicyRequest['principal']); // each has one
      expect(() => evaluate([document], { principal, action, resource })).not.toThrow();
    }
  });

  it('has a condition in every trust policy', () => {
    const trusts = documents.filter(([, { Statement }]) => Statement[0]?.Action === 'sts:AssumeRole');
    expect(trusts.map(([name]) => name)).toEqual(['trustBySourceArn', 'trustByExternalId', 'firehoseTrust']);
    for (const [, { Statement }] of trusts) {
      expect(Statement).toHaveLength(1);
      expect(JSON.stringify(Statement[0]?.Condition?.StringEquals)).toContain(aws.accountId);
    }
  });

  it('allows all actions only to the account that owns the key', () => {
    const wide = documents.flatMap(([, { Statement }]) =>
      Statement.filter(
        ({ Effect, Action }) => Effect === 'Allow' && [Action].flat().some((a) => /^\*|:\*$/.test(a)),
      ),
    );
    expect([...new Set(wide.map(({ Sid }) => Sid))]).toEqual(['AdministeredByAccount']);
  });

  it('inserts CDKTF tokens unchanged', () => {
    const token = fc.stringMatching(/^[${}[\]A-Za-z.0-9]{1,20}$/).map((name) => `$\{TfToken[${name}]}`);
    fc.assert(
      fc.property(token, (opaque) => {
        const made = Object.keys(aws).map((key) => [key, opaque]);
        const text = JSON.stringify(everyDocument(Object.fromEntries(made)));
        expect(text.split(JSON.stringify(opaque).slice(1, -1)).length).toBeGreaterThan(40);
        expect(text).not.toContain('111122223333');
      }),
    );
  });

  it('inserts a list unchanged, because it can be a token', () => {
    const untouchable = new Proxy<string[]>([], {
      get: (_, property) => {
        throw new Error(`${String(property)} of a token list was read`);
      },
    });
    const { Statement } = sesTrustPolicy({
      mode: 'source-arn',
      accountId: aws.accountId,
      configurationSetArns: untouchable,
    });
    expect(Object.is(Statement[0]?.Condition?.ArnLike?.['aws:SourceArn'], untouchable)).toBe(true);
  });
});

describe('partitionOf', () => {
  it.each([
    ['us-east-1', 'aws'],
    ['ap-southeast-2', 'aws'],
    ['cn-northwest-1', 'aws-cn'],
    ['us-gov-east-1', 'aws-us-gov'],
    ['ca-central-1', 'aws'],
  ])('of %s is %s', (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
  });
});
