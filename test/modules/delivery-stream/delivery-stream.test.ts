import { KinesisFirehoseDeliveryStream } from '@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream';
import { TerraformOutput } from 'cdktf';
import { DeliveryStream, type DeliveryStreamProps } from '../../../modules/delivery-stream/delivery-stream';
import { resourcesInConfigurations } from '../in-configurations';
import { type Arguments, addresses, resourceAt, synthesizeText, synthesizeWith } from '../synthesize';

const bucketArn = 'arn:aws:s3:::archive';
type Props = Omit<DeliveryStreamProps, 'bucketArn'>;

const synthesized = (props: Props = {}) =>
  synthesizeWith((stack) => new DeliveryStream(stack, 'stream', { bucketArn, ...props }));

const stream = (props: Props = {}) =>
  resourceAt(synthesized(props), 'aws_kinesis_firehose_delivery_stream.stream');
// The cast is safe, because the tests compare the arguments with expected values.
const destination = (props: Props = {}) => stream(props).extended_s3_configuration as Arguments;

describe('the delivery stream', () => {
  it('writes compressed objects into folders by hour of arrival, and errors into others', () => {
    const stack = synthesizeText((scope) => {
      new DeliveryStream(scope, 'stream', { bucketArn });
    });
    expect(stack).toHaveResourceWithProperties(KinesisFirehoseDeliveryStream, {
      name: 'email-events',
      destination: 'extended_s3',
    });
    expect(destination()).toMatchObject({
      bucket_arn: bucketArn,
      buffering_interval: 300,
      buffering_size: 64,
      compression_format: 'GZIP',
      prefix: 'events/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/',
      error_output_prefix:
        'errors/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/',
      s3_backup_mode: 'Disabled',
    });
  });

  it('does not convert, process or delimit records by default', () => {
    for (const block of [
      'processing_configuration',
      'data_format_conversion_configuration',
      's3_backup_configuration',
      'dynamic_partitioning_configuration',
      'dynamic',
    ]) {
      expect(destination()).not.toHaveProperty(block);
    }
  });

  it.each([
    ['a newline after each record', { appendDelimiter: true }, [{ type: 'AppendDelimiterToRecord' }]],
    [
      'a function',
      { processRecords: true, processorFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:f' },
      [
        {
          type: 'Lambda',
          parameters: {
            parameter_name: 'LambdaArn',
            parameter_value: 'arn:aws:lambda:eu-west-1:123456789012:function:f',
          },
        },
      ],
    ],
  ])('processes records with %s', (_, props, processors) => {
    expect(destination(props).processing_configuration).toEqual([{ enabled: true, processors }]);
  });

  it('encrypts with an AWS owned key, or with a customer-managed key', () => {
    expect(stream().server_side_encryption).toEqual({ enabled: true, key_type: 'AWS_OWNED_CMK' });
    expect(destination()).not.toHaveProperty('kms_key_arn');
    const keyed = { isCustomerManaged: true, keyArn: 'arn:key' };
    expect(stream(keyed).server_side_encryption).toEqual({
      enabled: true,
      key_type: 'CUSTOMER_MANAGED_CMK',
      key_arn: 'arn:key',
    });
    expect(destination(keyed).kms_key_arn).toBe('arn:key');
    expect(resourceAt(synthesized(keyed), 'aws_cloudwatch_log_group.stream').kms_key_id).toBe('arn:key');
  });

  it('logs errors with the retention of the setting', () => {
    expect(
      resourceAt(synthesized({ logRetentionDays: 365 }), 'aws_cloudwatch_log_group.stream'),
    ).toMatchObject({
      name: '/aws/kinesisfirehose/email-events',
      retention_in_days: 365,
    });
    expect(destination().cloudwatch_logging_options).toEqual({
      enabled: true,
      log_group_name: '/aws/kinesisfirehose/email-events',
      log_stream_name: 'DestinationDelivery',
    });
  });

  it('writes Parquet in addition to the unchanged records', () => {
    const parquet = destination({ parquetConversion: true, parquetDatabase: 'mail', parquetTable: 'events' });
    expect(parquet).toMatchObject({
      prefix: 'parquet/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/',
      compression_format: 'UNCOMPRESSED',
      s3_backup_mode: 'Enabled',
      s3_backup_configuration: [
        {
          prefix: 'events/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/',
          compression_format: 'GZIP',
          cloudwatch_logging_options: { log_stream_name: 'BackupDelivery' },
        },
      ],
      data_format_conversion_configuration: [
        { enabled: true, schema_configuration: { database_name: 'mail', table_name: 'events' } },
      ],
    });
  });

  it('depends on all permissions of its role', () => {
    const all = {
      isCustomerManaged: true,
      keyArn: 'arn:key',
      parquetConversion: true,
      parquetDatabase: 'mail',
      parquetTable: 'events',
      processRecords: true,
      processorFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:f',
    };
    expect(stream(all).depends_on).toEqual(
      expect.arrayContaining([
        'aws_iam_role_policy.stream_delivery',
        'aws_iam_role_policy.stream_delivery_key',
        'aws_iam_role_policy.stream_delivery_parquet',
        'aws_iam_role_policy.stream_delivery_processor',
        'aws_iam_role_policy.stream_delivery_schema',
      ]),
    );
  });

  it('gives its role only the permissions that its configuration needs', () => {
    expect(addresses(synthesized()).filter((address) => address.startsWith('aws_iam_role_policy.'))).toEqual([
      'aws_iam_role_policy.stream_delivery',
    ]);
  });

  it('allows its role to write to its own folders, and with Parquet to that folder', () => {
    const folders = (props: Props, suffix = '') =>
      String(resourceAt(synthesized(props), `aws_iam_role_policy.stream_delivery${suffix}`).policy).match(
        /arn:aws:s3:::archive\/[^"]*/g,
      );
    const prefixes = { dataPrefix: 'mail/', errorPrefix: 'failed/mail/', parquetPrefix: 'columns/' };
    expect(folders(prefixes)).toEqual([`${bucketArn}/mail/*`, `${bucketArn}/failed/mail/*`]);
    const parquet = { parquetConversion: true, parquetDatabase: 'mail', parquetTable: 'events' };
    expect(folders({ ...prefixes, ...parquet }, '_parquet')).toEqual([`${bucketArn}/columns/*`]);
  });

  it('allows its role to write to a bucket of the given account, or of any account', () => {
    const { policy } = resourceAt(
      synthesized({ bucketAccountId: '999999999999' }),
      'aws_iam_role_policy.stream_delivery',
    );
    expect(String(policy).match(/"aws:ResourceAccount" = "999999999999"/g)).toHaveLength(2);
    expect(resourceAt(synthesized(), 'aws_iam_role_policy.stream_delivery').policy).toContain(
      '"aws:ResourceAccount" = "*"',
    );
  });

  describe('to a bucket in another account', () => {
    const central = { accountId: '123456789012', bucketAccountId: '999999999999' };
    const bucketKmsKeyArn = 'arn:aws:kms:eu-central-1:999999999999:key/0f1e2d3c-0000-4000-8000-000000000000';

    /** Returns the printed policies, and the policy of the role. */
    function policies(props: Props) {
      let found: DeliveryStream | undefined;
      const stack = synthesizeWith((scope) => {
        found = new DeliveryStream(scope, 'stream', { bucketArn, ...props });
        const { centralBucketPolicyJson, centralBucketKeyPolicyJson } = found.deliveryRole;
        for (const [name, value] of Object.entries({ centralBucketPolicyJson, centralBucketKeyPolicyJson }))
          if (value !== undefined) new TerraformOutput(scope, name, { value });
      });
      const output = (name: string) => stack.output?.[name]?.value;
      return {
        ofBucket: output('centralBucketPolicyJson'),
        ofKey: output('centralBucketKeyPolicyJson'),
        ofRole: resourceAt(stack, 'aws_iam_role_policy.stream_delivery').policy,
      };
    }

    it('can set the ACL of objects, and prints the policy that the owner attaches', () => {
      const { ofBucket, ofKey, ofRole } = policies(central);
      expect(ofRole).toContain('s3:PutObjectAcl');
      for (const part of ['s3:PutObjectAcl', 'aws_iam_role.stream_delivery.arn', `${bucketArn}/events/*`])
        expect(ofBucket).toContain(part);
      expect(ofBucket).not.toContain('parquet/');
      expect(ofKey).toBeUndefined();
    });

    it('includes the folder of Parquet in the policy, if it is written', () => {
      const parquet = { parquetConversion: true, parquetDatabase: 'mail', parquetTable: 'events' };
      expect(policies({ ...central, ...parquet }).ofBucket).toContain(`${bucketArn}/parquet/*`);
    });

    it('encrypts objects with the key of the bucket, in the region of that key', () => {
      const own = { bucketEncryption: 'existing-key', bucketKmsKeyArn } as const; // not any text
      const props = { ...central, ...own, isCustomerManaged: true, keyArn: 'arn:key' };
      expect(policies(props).ofKey).toContain('s3.eu-central-1.');
      expect(destination(props).kms_key_arn).toBe(bucketKmsKeyArn);
      expect(stream(props).server_side_encryption).toMatchObject({ key_arn: 'arn:key' });
      const { policy } = resourceAt(synthesized(props), 'aws_iam_role_policy.stream_delivery_key');
      expect(policy).toContain(bucketKmsKeyArn);
      expect(policy).toContain('s3.eu-central-1.');
      expect(policy).not.toContain('arn:key');
    });

    it.each<[string, Props]>([
      ['the bucket of the deployment', {}],
      ['a bucket in its own account', { ...central, bucketAccountId: central.accountId }],
    ])('prints no policy for %s, and cannot set ACLs', (_, props) => {
      const { ofBucket, ofKey, ofRole } = policies(props);
      expect([ofBucket, ofKey]).toEqual([undefined, undefined]);
      expect(ofRole).not.toContain('s3:PutObjectAcl');
    });
  });

  it('gives its role the path of rolePath', () => {
    const path = (props: Props) => resourceAt(synthesized(props), 'aws_iam_role.stream_delivery').path;
    expect([path({}), path({ rolePath: '/email/' })]).toEqual(['/', '/email/']);
  });

  it('does not change an existing role', () => {
    const deliveryRoleArn = 'arn:aws:iam::123456789012:role/delivery';
    const props = { createDeliveryRole: false, deliveryRoleArn };
    expect(addresses(synthesized(props)).filter((address) => address.startsWith('aws_iam_'))).toEqual([]);
    expect(destination(props).role_arn).toBe(deliveryRoleArn);
  });

  it('is not changed if it exists', () => {
    let found: DeliveryStream | undefined;
    const stack = synthesizeWith((scope) => {
      found = new DeliveryStream(scope, 'stream', { bucketArn, createStream: false, streamName: 'existing' });
    });
    expect(addresses(stack)).toEqual([]);
    expect(found?.streamArn).toMatch(/^arn:.*:firehose:.*:deliverystream\/existing$/);
  });

  it('matches its snapshot in every configuration', () => {
    expect(resourcesInConfigurations('stream')).toMatchSnapshot();
  });
});
