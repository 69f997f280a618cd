import type { StreamProps } from '../../../modules/settings/stream-props.generated';
import { key } from '../configurations';
import { resourcesInConfigurations } from '../in-configurations';
import { addresses, resourceAt, synthesizeStream } from '../synthesize';

describe('the encryption key', () => {
  it('does not exist by default', () => {
    const stack = synthesizeStream();
    expect(addresses(stack).filter((address) => address.includes('kms'))).toEqual([]);
    expect(JSON.stringify(stack)).not.toContain('aws:kms');
  });

  it('is created with rotation, an alias, and a policy for the log group and the bucket', () => {
    const stack = synthesizeStream({ encryption: 'new-key', kmsKeyDeletionDays: 7, objectQueue: true });
    const created = resourceAt(stack, 'aws_kms_key.key');
    expect(created).toMatchObject({ enable_key_rotation: true, deletion_window_in_days: 7 });
    expect(created.policy).toContain(':log-group:/aws/kinesisfirehose/email-events"');
    expect(created.policy).toMatch(/:s3:::email-events-.*"/);
    expect(resourceAt(stack, 'aws_kms_alias.key')).toMatchObject({ name: 'alias/email-events' });
  });

  it.each<[props: StreamProps, exists: boolean]>([
    [{ keepKey: true }, true],
    [{ encryption: 'existing-key', kmsKeyArn: key, keepKey: true }, true],
    [{ encryption: 'new-key', keepKey: false }, true],
    [{ keepKey: false }, false],
    [{ encryption: 'existing-key', kmsKeyArn: key }, false],
  ])('is kept with keepKey: %j, %s', (props, exists) => {
    const created = addresses(synthesizeStream(props)).filter((address) => address.startsWith('aws_kms_'));
    expect(created).toEqual(exists ? ['aws_kms_alias.key', 'aws_kms_key.key'] : []);
  });

  it('encrypts nothing if it is only kept', () => {
    const kept = synthesizeStream({ keepKey: true });
    const { aws_kms_key: _, aws_kms_alias: __, ...resource } = kept.resource;
    expect(JSON.stringify(resource)).not.toContain('aws_kms_key.key.arn');
  });

  const guard = (props: StreamProps) => resourceAt(synthesizeStream(props), 'terraform_data.key');

  it.each<[props: StreamProps, created: boolean]>([
    [{}, false],
    [{ encryption: 'existing-key', kmsKeyArn: key }, false],
    [{ encryption: 'new-key' }, true],
  ])('is not created or deleted by a change of encryption alone: %j, %s', (props, created) => {
    expect(guard(props)).toEqual({
      input: created,
      lifecycle: {
        ignore_changes: ['input'],
        postcondition: [
          {
            condition: `\${(${created} == self.input)}`,
            error_message: expect.stringContaining('set keepKey'),
          },
        ],
      },
    });
  });

  it.each([true, false])('is not guarded if keepKey is %s', (keepKey) => {
    expect(guard({ keepKey }).lifecycle).toEqual({ ignore_changes: ['input'] });
  });

  it('allows S3 to use it only with a queue', () => {
    const policy = (props: StreamProps) =>
      resourceAt(synthesizeStream({ encryption: 'new-key', ...props }), 'aws_kms_key.key').policy;
    expect(policy({ objectQueue: true })).toContain('"s3.amazonaws.com"');
    expect(policy({})).not.toContain('s3.amazonaws.com');
    expect(policy({})).toContain('"logs.');
  });

  it('is destroyed after the bucket, whose objects require it', () => {
    const stack = synthesizeStream({ encryption: 'new-key' });
    expect(resourceAt(stack, 'aws_s3_bucket.archive').depends_on).toEqual([
      'aws_kms_key.key',
      'aws_sesv2_configuration_set.sets',
    ]);
    expect(JSON.stringify(resourceAt(stack, 'aws_kms_key.key'))).not.toContain('aws_s3_bucket');
  });

  it.each(['new-key', 'existing-key'] as const)(
    'encrypts stream, bucket, queue and log: %s',
    (encryption) => {
      const stack = synthesizeStream({
        encryption,
        objectQueue: true,
        ...(encryption === 'existing-key' && { kmsKeyArn: key }),
      });
      const keyArn = encryption === 'existing-key' ? key : '${aws_kms_key.key.arn}';
      const at = (address: string) => resourceAt(stack, address);
      expect(at('aws_kinesis_firehose_delivery_stream.stream')).toMatchObject({
        server_side_encryption: { key_type: 'CUSTOMER_MANAGED_CMK', key_arn: keyArn },
        extended_s3_configuration: { kms_key_arn: keyArn },
      });
      expect(at('aws_s3_bucket_server_side_encryption_configuration.archive').rule).toMatchObject([
        { apply_server_side_encryption_by_default: { kms_master_key_id: keyArn } },
      ]);
      for (const queue of ['objects', 'objects_failed']) {
        expect(at(`aws_sqs_queue.${queue}`).kms_master_key_id).toBe(keyArn);
      }
      expect(at('aws_cloudwatch_log_group.stream').kms_key_id).toBe(keyArn);
      expect(addresses(stack).includes('aws_kms_key.key')).toBe(encryption === 'new-key');
    },
  );

  it('matches its snapshot in every configuration', () => {
    expect(resourcesInConfigurations('key')).toMatchSnapshot();
  });
});
