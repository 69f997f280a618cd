import { tmpdir } from 'node:os';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { TerraformVariable, Testing } from 'cdktf';
import { pageAddress } from '../../consumer/pages/page-address';
import { EmailEventStream } from '../../modules/email-event-stream';
import { ConfigurationError } from '../../modules/settings/configuration-error';
import type { StreamProps } from '../../modules/settings/stream-props.generated';
import { configurations } from './configurations';
import { compared, stacks } from './in-configurations';
import {
  addresses,
  newStack,
  resourceAt,
  synthesizeStack,
  synthesizeStream,
  synthesizeText,
  synthesizeWith,
} from './synthesize';

const outputsOf = (props: StreamProps) => new EmailEventStream(newStack(), 'Default', props).outputs;

describe('the email event stream', () => {
  it('creates roles, a stream, a bucket and a configuration set by default', () => {
    expect(addresses(synthesizeStream())).toEqual([
      'aws_cloudwatch_log_group.stream',
      'aws_cloudwatch_log_stream.stream_destination',
      'aws_iam_role.ses',
      'aws_iam_role.stream_delivery',
      'aws_iam_role_policy.ses',
      'aws_iam_role_policy.stream_delivery',
      'aws_kinesis_firehose_delivery_stream.stream',
      'aws_s3_bucket.archive',
      'aws_s3_bucket_lifecycle_configuration.archive',
      'aws_s3_bucket_ownership_controls.archive',
      'aws_s3_bucket_policy.archive',
      'aws_s3_bucket_public_access_block.archive',
      'aws_s3_bucket_server_side_encryption_configuration.archive',
      'aws_s3_bucket_versioning.archive',
      'aws_sesv2_configuration_set.sets',
      'aws_sesv2_configuration_set_event_destination.sets_stream',
      'terraform_data.key',
    ]);
  });

  it.each(['aws_iam_role.ses', 'aws_iam_role.stream_delivery'])(
    'does not replace a role because of its name: %s',
    (role) => {
      expect(resourceAt(synthesizeStream(), role).lifecycle).toEqual({ ignore_changes: ['name'] });
    },
  );

  it('connects its parts', () => {
    const stack = synthesizeStream();
    expect(resourceAt(stack, 'aws_kinesis_firehose_delivery_stream.stream')).toMatchObject({
      extended_s3_configuration: {
        bucket_arn: '${aws_s3_bucket.archive.arn}',
        role_arn: '${aws_iam_role.stream_delivery.arn}',
      },
      depends_on: expect.arrayContaining(['aws_s3_bucket_policy.archive']),
    });
    expect(
      resourceAt(stack, 'aws_sesv2_configuration_set_event_destination.sets_stream').event_destination,
    ).toMatchObject({
      kinesis_firehose_destination: {
        delivery_stream_arn: '${aws_kinesis_firehose_delivery_stream.stream.arn}',
        iam_role_arn: '${aws_iam_role.ses.arn}',
      },
    });
    expect(resourceAt(stack, 'aws_iam_role_policy.ses').policy).toContain(
      'aws_kinesis_firehose_delivery_stream.stream.arn',
    );
  });

  it('depends on the resources in dependsOn, such as the permissions of a role in the same app', () => {
    const stack = synthesizeWith((scope) => {
      const role = new IamRole(scope, 'own', { assumeRolePolicy: '{}' });
      const policy = new IamRolePolicy(scope, 'own-policy', { role: role.name, policy: '{}' });
      new EmailEventStream(scope, 'Default', {
        createSesRole: false,
        sesRoleArn: role.arn,
        dependsOn: [policy],
      });
    });
    expect(
      resourceAt(stack, 'aws_sesv2_configuration_set_event_destination.sets_stream').depends_on,
    ).toContain('aws_iam_role_policy.own-policy');
  });

  it('rejects unknown props, which JavaScript allows', () => {
    const props = { bufferInterval: 60, dataPrefx: 'mail/', colorOfMail: 1, bufferingSize: 500 };
    expect(() => new EmailEventStream(newStack(), 'Default', props as StreamProps)).toThrow(
      new ConfigurationError('stack/Default', [
        {
          setting: 'bufferInterval',
          message: `is not a setting (closest: bufferingInterval). See ${pageAddress('configuration')}`,
        },
        {
          setting: 'dataPrefx',
          message: `is not a setting (closest: dataPrefix). See ${pageAddress('configuration')}`,
        },
        { setting: 'colorOfMail', message: `is not a setting. See ${pageAddress('configuration')}` },
        {
          setting: 'bufferingSize',
          message: '500 is not valid: expected a whole number from 1 to 128 MiB',
        },
      ]),
    );
    expect(() => new EmailEventStream(newStack(), 'Default', { dependsOn: [] })).not.toThrow();
  });

  it('rejects ARNs of a region other than the given one, and does not check them without a region', () => {
    const kmsKeyArn = 'arn:aws:kms:eu-central-1:123456789012:key/a';
    const build = (props: StreamProps) =>
      new EmailEventStream(newStack(), 'Default', { encryption: 'existing-key', kmsKeyArn, ...props });
    expect(() => build({ region: 'eu-west-1' })).toThrow(
      `kmsKeyArn: "${kmsKeyArn}" is in eu-central-1, but the stream is in eu-west-1: use a resource in eu-west-1`,
    );
    expect(() => build({ region: 'eu-central-1' })).not.toThrow();
    expect(() => build({})).not.toThrow();
  });

  it('rejects the name of another stream in the same stack, and accepts it in another stack', () => {
    const stack = newStack();
    new EmailEventStream(stack, 'first', { name: 'mail' });
    expect(() => new EmailEventStream(stack, 'second', { name: 'mail' })).toThrow(
      new ConfigurationError('stack/second', [
        { setting: 'name', message: 'is "mail", which is also the name of stack/first: use another name' },
      ]),
    );
    expect(() => new EmailEventStream(stack, 'third', { name: 'letters' })).not.toThrow();
    expect(() => new EmailEventStream(newStack(), 'Default', { name: 'mail' })).not.toThrow();
  });

  it('rejects the default name twice, and does not compare unknown names', () => {
    const stack = newStack();
    const name = new TerraformVariable(stack, 'name', {}).stringValue;
    for (const id of ['a', 'b']) expect(() => new EmailEventStream(stack, id, { name })).not.toThrow();
    new EmailEventStream(stack, 'c');
    expect(() => new EmailEventStream(stack, 'd')).toThrow('also the name of stack/c');
  });

  it('adds an output for each part that exists', () => {
    const stack = newStack();
    const stream = new EmailEventStream(stack, 'Default', {});
    stream.addOutputs(stack);
    const { output } = JSON.parse(Testing.synth(stack)) as {
      output: Record<string, { description: string }>;
    };
    const existing = Object.entries(stream.outputs).filter(([, { value }]) => value !== undefined);
    expect(Object.keys(output).sort()).toEqual(existing.map(([name]) => name).sort());
    expect(output.stream_arn?.description).toBe('ARN of the Firehose stream.');
    expect(output).not.toHaveProperty('queue_url');
  });

  it('has the names of the sets as an output whose users wait for the sets, and are destroyed before them', () => {
    const stack = newStack();
    new EmailEventStream(stack, 'Default', {}).addOutputs(stack);
    const { output } = JSON.parse(Testing.synth(stack)) as {
      output: Record<string, { depends_on?: string[] }>; // as in the test above
    };
    const waiting = Object.entries(output).filter(([, { depends_on: resources }]) => resources !== undefined);
    expect(waiting).toEqual([
      [
        'configuration_set_names',
        expect.objectContaining({
          depends_on: ['aws_sesv2_configuration_set_event_destination.sets_stream'],
        }),
      ],
    ]);
  });

  it('accepts tokens for every kind of setting', () => {
    const stack = newStack();
    const text = new TerraformVariable(stack, 'text', {}).stringValue;
    const number = new TerraformVariable(stack, 'number', {}).numberValue;
    const list = new TerraformVariable(stack, 'list', {}).listValue;
    const props: StreamProps = {
      encryption: text,
      trustMode: text,
      logRetentionDays: number,
      eventTypes: list,
    };
    expect(
      () => new EmailEventStream(stack, 'Default', { ...props, bucketName: `mail-${text}` }),
    ).not.toThrow();
  });

  it('outputs the ARNs and names of all parts', () => {
    const [central, everything] = [configurations['central-bucket'], configurations.everything].map((props) =>
      outputsOf(props ?? {}),
    );
    const ofCentral = Object.entries(central ?? {}).filter(([name]) => name.startsWith('central_'));
    expect(ofCentral.length).toBe(2);
    const outputs = { ...everything, ...Object.fromEntries(ofCentral) };
    for (const [name, { description, value }] of Object.entries(outputs)) {
      expect([name, description]).toEqual([
        expect.stringMatching(/^[a-z][a-z_]+$/),
        expect.stringMatching(/\.$/),
      ]);
      expect(value).toBeDefined();
    }
  });

  it('has no output for a part that does not exist', () => {
    const absent = (props: StreamProps) =>
      Object.entries(outputsOf(props))
        .filter(([, { value }]) => value === undefined)
        .map(([name]) => name);
    expect(absent({})).toEqual([
      'kms_key_arn',
      'queue_url',
      'queue_arn',
      'dead_letter_queue_arn',
      'dead_letter_queue_url',
      'catalog_database',
      'athena_workgroup',
      'central_bucket_policy_json',
      'central_bucket_key_policy_json',
      'catalog_reader_policy_json',
      'archive_table_location',
      'catalog_writer_policy_json',
    ]);
    expect(absent(configurations['existing-stream'] ?? {})).toEqual([
      'delivery_role_arn',
      'log_group_name',
      'log_group_arn',
      'bucket_name',
      'bucket_arn',
      'events_location',
      'errors_location',
      'kms_key_arn',
      'queue_url',
      'queue_arn',
      'dead_letter_queue_arn',
      'dead_letter_queue_url',
      'catalog_database',
      'athena_workgroup',
      'central_bucket_policy_json',
      'central_bucket_key_policy_json',
      'catalog_reader_policy_json',
      'archive_table_location',
      'catalog_writer_policy_json',
    ]);
  });

  it('tags every resource that supports tags', () => {
    const tags = { CostCenter: '4711' };
    const stack = synthesizeStream({ ...configurations.everything, tags });
    const tagged = addresses(stack).filter((address) => 'tags' in resourceAt(stack, address));
    for (const address of tagged) expect(resourceAt(stack, address).tags).toEqual(tags);
    expect(new Set(tagged.map((address) => address.split('.')[0]))).toEqual(
      new Set([
        'aws_athena_workgroup',
        'aws_cloudwatch_log_group',
        'aws_cloudwatch_metric_alarm',
        'aws_glue_catalog_database',
        'aws_iam_role',
        'aws_kinesis_firehose_delivery_stream',
        'aws_kms_key',
        'aws_s3_bucket',
        'aws_scheduler_schedule_group',
        'aws_sesv2_configuration_set',
        'aws_sqs_queue',
      ]),
    );
  });
});

describe.each(Object.entries(configurations))('the stack of %s', (_, props) => {
  const text = () => synthesizeText((stack) => new EmailEventStream(stack, 'Default', props));

  it('is identical in every synthesis', () => {
    expect(text()).toBe(text());
  });

  it('contains no date or path of the machine', () => {
    const { catalogFrom = 'no day' } = props;
    const written = JSON.stringify(synthesizeStack(props)).replaceAll(catalogFrom, '');
    expect(written).not.toContain(process.cwd());
    expect(written).not.toContain(tmpdir());
    expect(written).not.toMatch(/\b20\d\d-\d\d-\d\d\b(?<!2012-10-17)/);
  });
});

describe('in every configuration', () => {
  it('the outputs and data sources match the snapshot', () => {
    expect({
      output: compared(({ output }) => output),
      data: compared(({ data }) => data),
    }).toMatchSnapshot();
  });

  it('each resource belongs to a part with a snapshot', () => {
    const parts = ['archive', 'stream', 'ses', 'sets', 'key', 'objects', 'catalog', 'alarms', 'dashboard'];
    const names = [...stacks.values()].flatMap(({ resource }) =>
      Object.values(resource).flatMap(Object.keys),
    );
    expect(new Set(names.map((name) => name.split('_')[0]))).toEqual(new Set(parts));
  });
});
