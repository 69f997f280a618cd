import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { Annotations, ref, TerraformOutput, type TerraformStack, Token } from 'cdktf';
import { ArchiveBucket } from '../../../modules/archive-bucket/archive-bucket';
import { resourcesInConfigurations } from '../in-configurations';
import { addresses, resourceAt, synthesizeText, synthesizeWith } from '../synthesize';

type Props = ConstructorParameters<typeof ArchiveBucket>[2];

const synthesized = (props: Props = {}) =>
  synthesizeWith((stack) => new ArchiveBucket(stack, 'archive', props));

interface Rule {
  id: string;
  status: string;
  filter: [{ prefix?: string }];
  transition?: [{ days: number; storage_class: string }];
  expiration?: [{ days: number }];
}

const rules = (props: Props = {}) =>
  new Map(
    (resourceAt(synthesized(props), 'aws_s3_bucket_lifecycle_configuration.archive').rule as Rule[]).map(
      (rule) => [rule.id, rule],
    ),
  );

describe('the archive bucket', () => {
  it('has the account and region in its name, and is not destroyed with its objects', () => {
    const stack = synthesizeText((scope) => {
      new ArchiveBucket(scope, 'archive');
    });
    expect(stack).toHaveResourceWithProperties(S3Bucket, {
      bucket:
        'email-events-${data.aws_caller_identity.email_events.account_id}-${data.aws_region.email_events.id}',
      force_destroy: false,
    });
  });

  it('can be destroyed with forceDestroy', () => {
    expect(resourceAt(synthesized({ forceDestroy: true }), 'aws_s3_bucket.archive').force_destroy).toBe(true);
  });

  it.each<[string, Props, boolean]>([
    ['by default', {}, true],
    ['forceDestroy is false', { forceDestroy: false }, true],
    ['not if forceDestroy is true', { forceDestroy: true }, false],
    // Terraform does not accept an expression for prevent_destroy.
    ['not if only Terraform knows forceDestroy', { forceDestroy: ref('var.force_destroy') }, false],
  ])('prevents a plan that destroys it: %s', (_, props, prevented) => {
    const { lifecycle } = resourceAt(synthesized(props), 'aws_s3_bucket.archive');
    expect((lifecycle as { prevent_destroy?: boolean }).prevent_destroy ?? false).toBe(prevented);
  });

  it('keeps its name: a plan with another name fails', () => {
    expect(
      resourceAt(synthesized({ bucketName: 'example-archive' }), 'aws_s3_bucket.archive').lifecycle,
    ).toMatchObject({
      ignore_changes: ['bucket'],
      postcondition: [
        {
          condition: '${("example-archive" == self.bucket)}',
          error_message: expect.stringMatching(
            /^the bucket is named \$\{self\.bucket\}, but the settings specify example-archive: .* set bucketName to \$\{self\.bucket\}\./,
          ),
        },
      ],
    });
  });

  it('blocks all public access', () => {
    expect(resourceAt(synthesized(), 'aws_s3_bucket_public_access_block.archive')).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  it('has versioned objects that the account owns', () => {
    expect(resourceAt(synthesized(), 'aws_s3_bucket_ownership_controls.archive').rule).toEqual({
      object_ownership: 'BucketOwnerEnforced',
    });
    expect(resourceAt(synthesized(), 'aws_s3_bucket_versioning.archive').versioning_configuration).toEqual({
      status: 'Enabled',
    });
  });

  it('encrypts with SSE-S3, or with a customer-managed key and a bucket key', () => {
    const encryption = (props: Props) =>
      resourceAt(synthesized(props), 'aws_s3_bucket_server_side_encryption_configuration.archive').rule;
    expect(encryption({})).toEqual([
      {
        apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' },
        bucket_key_enabled: false,
      },
    ]);
    expect(encryption({ keyArn: 'arn:key' })).toEqual([
      {
        apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: 'arn:key' },
        bucket_key_enabled: true,
      },
    ]);
  });

  it.each<[props: ConstructorParameters<typeof ArchiveBucket>[2], warns: boolean]>([
    [{}, true],
    [{ expirationDays: 400 }, false],
    [{ expirationDays: Token.asNumber(ref('var.days')) }, false],
    [{ createBucket: false, bucketName: 'existing' }, false],
  ])('warns that personal data is kept forever without a retention period: %j, %s', (props, warns) => {
    const warn = jest.spyOn(Annotations.prototype, 'addWarning');
    try {
      synthesizeText((stack) => {
        new ArchiveBucket(stack, 'archive', props);
      });
      expect(warn.mock.calls.map(([text]) => /^expirationDays.*personal data.*forever/.test(text))).toEqual(
        warns ? [true] : [],
      );
    } finally {
      warn.mockRestore();
    }
  });

  it('denies requests without TLS', () => {
    const { policy } = resourceAt(synthesized(), 'aws_s3_bucket_policy.archive');
    expect(policy).toContain('"Effect" = "Deny"');
    expect(policy).toContain('"aws:SecureTransport" = "false"');
  });

  it('moves data, deletes errors earlier, and removes leftovers', () => {
    expect(rules().get('move-data')).toMatchObject({
      status: 'Enabled',
      filter: [{ prefix: 'events/' }],
      transition: [{ days: 90, storage_class: 'STANDARD_IA' }],
    });
    expect(rules().get('expire-errors')).toMatchObject({
      status: 'Enabled',
      filter: [{ prefix: 'errors/' }],
      expiration: [{ days: 30 }],
    });
    expect(rules().get('remove-leftovers')).toMatchObject({
      filter: [{}],
      noncurrent_version_expiration: [{ noncurrent_days: 30 }],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
    });
  });

  it.each<[string, Props, string[]]>([
    ['by default', {}, ['move-data']],
    ['with expirationDays', { expirationDays: 400 }, ['move-data', 'expire-data']],
    ['with STANDARD', { transitionStorageClass: 'STANDARD' }, []],
    [
      'with STANDARD and an early expiration',
      { transitionStorageClass: 'STANDARD', expirationDays: 14, errorExpirationDays: 14 },
      ['expire-data'],
    ],
    ['with Parquet', { parquetConversion: true }, ['move-data', 'move-parquet']],
    ['with the catalog', { catalog: true }, ['move-data', 'expire-query-results']],
    [
      'with everything',
      { parquetConversion: true, catalog: true, archiveTable: true, expirationDays: 400 },
      [
        'move-data',
        'expire-data',
        'move-parquet',
        'expire-parquet',
        'expire-query-results',
        'remove-replaced-archive-files',
      ],
    ],
  ])('has no lifecycle rule for what is off: %s', (_, props, expected) => {
    const found = rules(props);
    expect([...found.keys()].sort()).toEqual([...expected, 'expire-errors', 'remove-leftovers'].sort());
    expect(new Set([...found.values()].map(({ status }) => status))).toEqual(new Set(['Enabled']));
  });

  it('deletes data after expirationDays', () => {
    expect(rules({ expirationDays: 400 }).get('expire-data')).toMatchObject({ expiration: [{ days: 400 }] });
  });

  it('has a rule under a condition where only Terraform knows the settings', () => {
    const expirationDays = Token.asNumber(ref('var.days'));
    const lifecycle = resourceAt(
      synthesized({ expirationDays }),
      'aws_s3_bucket_lifecycle_configuration.archive',
    );
    expect(lifecycle.dynamic).toMatchObject({
      rule: [
        {
          for_each: '${(var.days != null) ? [1] : []}',
          content: { id: 'expire-data', expiration: [{ days: '${var.days}' }] },
        },
      ],
    });
  });

  it('neither moves nor expires a file of the archive in the catalog, and soon deletes replaced versions', () => {
    const archived = rules({
      ...{ parquetConversion: true, catalog: true, archiveTable: true, archivePrefix: 'lake/mail/' },
      ...{ expirationDays: 400, transitionStorageClass: 'GLACIER_IR' },
    });
    const key = 'lake/mail/events/data/one.parquet';
    const covering = [...archived.values()].filter(({ filter }) => {
      const [{ prefix = '' } = {}] = filter as { prefix?: string }[]; // just synthesized
      return key.startsWith(prefix);
    });
    expect(covering.map(({ id }) => id)).toEqual(['remove-leftovers', 'remove-replaced-archive-files']);
    for (const rule of covering) {
      expect(rule).not.toHaveProperty('expiration');
      expect(rule).not.toHaveProperty('transition');
    }
    expect(covering[1]).toMatchObject({ noncurrent_version_expiration: [{ noncurrent_days: 1 }] });
  });

  it('deletes query results permanently with a catalog', () => {
    const found = rules({ catalog: true, catalogResultsPrefix: 'answers/', catalogResultDays: 2 });
    expect(found.get('expire-query-results')).toMatchObject({
      filter: [{ prefix: 'answers/' }],
      expiration: [{ days: 2 }],
      noncurrent_version_expiration: [{ noncurrent_days: 1 }],
    });
  });

  it('retains versions with Object Lock, which is turned on after versioning', () => {
    const address = 'aws_s3_bucket_object_lock_configuration.archive';
    expect(addresses(synthesized())).not.toContain(address);
    const stack = synthesized({ objectLockMode: 'GOVERNANCE', objectLockDays: 30 });
    expect(resourceAt(stack, address)).toMatchObject({
      rule: { default_retention: { mode: 'GOVERNANCE', days: 30 } },
      depends_on: ['aws_s3_bucket_versioning.archive'],
    });
    // An argument here would replace a bucket that exists.
    expect(resourceAt(stack, 'aws_s3_bucket.archive')).not.toHaveProperty('object_lock_enabled');
  });

  it('has its own statements and the added ones in its policy', () => {
    const added = { Sid: 'ReadByAudit', Effect: 'Allow', Action: 's3:GetObject' };
    const policy = (bucketPolicyStatements?: string[]) =>
      resourceAt(
        synthesized(bucketPolicyStatements === undefined ? {} : { bucketPolicyStatements }),
        'aws_s3_bucket_policy.archive',
      ).policy;
    expect(policy()).not.toContain('ReadByAudit');
    const both = policy([JSON.stringify(added)]);
    for (const sid of ['DenyWithoutTls', 'ReadByAudit']) expect(both).toContain(`"Sid" = "${sid}"`);
  });

  it('logs access to another bucket only with logAccess', () => {
    expect(addresses(synthesized())).not.toContain('aws_s3_bucket_logging.archive');
    expect(
      resourceAt(synthesized({ logAccess: true, accessLogBucket: 'logs' }), 'aws_s3_bucket_logging.archive'),
    ).toMatchObject({ target_bucket: 'logs', target_prefix: 's3-access/' });
  });

  it('is not changed if it exists', () => {
    let bucket: ArchiveBucket | undefined;
    const stack = synthesizeWith((scope) => {
      bucket = new ArchiveBucket(scope, 'archive', { createBucket: false, bucketName: 'existing' });
    });
    expect(addresses(stack)).toEqual([]);
    expect(bucket?.bucketName).toBe('existing');
    expect(bucket?.bucketArn).toMatch(/^arn:.*:s3:::existing$/);
  });

  it('belongs to the account of the deployment if created, and otherwise to bucketAccountId or any account', () => {
    const owner = (props: Props) => {
      const stack = synthesizeWith((scope) => {
        const bucket = new ArchiveBucket(scope, 'archive', props);
        new TerraformOutput(scope, 'owner', { value: bucket.bucketAccountId });
      });
      return stack.output.owner?.value;
    };
    const existing = { createBucket: false, bucketName: 'existing' };
    expect(owner({})).toBe('${data.aws_caller_identity.email_events.account_id}');
    expect(owner({ ...existing, bucketAccountId: '999999999999' })).toBe('999999999999');
    expect(owner(existing)).toBe('*');
  });

  it('gets its policy after the public access block', () => {
    expect(resourceAt(synthesized(), 'aws_s3_bucket_policy.archive').depends_on).toEqual([
      'aws_s3_bucket_public_access_block.archive',
    ]);
  });

  it('has an address from its id, so that a stack can contain several', () => {
    const stack = synthesizeWith((scope: TerraformStack) => {
      new ArchiveBucket(scope, 'one');
      new ArchiveBucket(scope, 'other', { name: 'other-events' });
    });
    expect(Object.keys(stack.resource.aws_s3_bucket ?? {})).toEqual(['one', 'other']);
  });

  it('matches its snapshot in every configuration', () => {
    expect(resourcesInConfigurations('archive')).toMatchSnapshot();
  });
});
