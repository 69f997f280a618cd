import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  GetPublicAccessBlockCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetConfigurationSetCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { packageRoot } from '../../consumer/cli/process/package-root';
import { describeWithLocalAws } from './describe-with-local-aws';
import { TerraformWorkspace } from './terraform-workspace';

const moduleFolder = join(packageRoot(), 'terraform');
const bucket = 'shop-mail-123456789012-eu-west-1';
const events = 'module.email_events';

/** The example with all features enabled. */
const example = readFileSync(join(moduleFolder, 'examples', 'complete', 'main.tf'), 'utf8').replace(
  /source( *)= "..\/.."/,
  `source$1= ${JSON.stringify(moduleFolder)}`,
);

/** Returns the example with a replaced text. */
function edited(from: string | RegExp, to: string, text = example): string {
  const result = text.replace(from, to);
  if (result === text) throw new Error(`the example does not contain ${from}`);
  return result;
}

/** Returns the example with additional arguments of the module. */
const withArguments = (lines: string, text = example) =>
  edited(/(module "email_events" \{\n)/, `$1  ${lines}\n`, text);

/** The example with a `depends_on` of the module on a resource that will change. */
const waiting = `${withArguments('depends_on = [terraform_data.before]')}
resource "terraform_data" "before" {
  input = "1"
}
`;

const place = 'account_id = "123456789012"\n  region = "eu-west-1"\n  partition = "aws"';
const renamed = (lines: string) => withArguments(lines, edited(/name( *)= "shop-mail"/, 'name$1= "post"'));

// Each test continues from the state of the previous test.
describeWithLocalAws('a deployment of the module', (local) => {
  let workspace: TerraformWorkspace;
  let clients: { s3: S3Client; ses: SESv2Client };

  beforeAll(() => {
    const { access } = local().aws;
    workspace = new TerraformWorkspace(local(), example);
    clients = { s3: new S3Client(access), ses: new SESv2Client(access) };
  });
  afterAll(() => {
    for (const client of Object.values(clients)) client.destroy();
  });

  const plan = (mainTf: string, ...options: string[]) => {
    workspace.write(mainTf);
    return workspace.plan(...options);
  };
  const doing = (planned: Awaited<ReturnType<typeof plan>>, ...wanted: string[]) =>
    [...planned].flatMap(([address, { actions }]) =>
      wanted.some((action) => actions.includes(action)) ? [address] : [],
    );
  /** Returns the addresses of the existing resources of the module. */
  const deployed = async () => {
    const { values } = JSON.parse((await workspace.run('show', '-json')).stdout);
    const [{ resources }]: [{ resources: { address: string; mode: string }[] }] =
      values.root_module.child_modules;
    return resources
      .filter(({ mode }) => mode === 'managed')
      .map(({ address }) => address)
      .sort();
  };
  const keys = async () => {
    const { Contents = [] } = await clients.s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    return Contents.map(({ Key }) => Key);
  };

  it('is applied with all features enabled, and contains events', async () => {
    expect(await workspace.apply()).toMatchObject({ events_location: `s3://${bucket}/events/` });
    await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'events/one.gz', Body: 'one' }));
  });

  it('keeps all resources when the policies of its topics change', async () => {
    const planned = await plan(edited(/"sns:Publish"/g, '["sns:Publish", "sns:GetTopicAttributes"]'));
    expect(doing(planned, 'delete')).toEqual([]);
    expect(doing(planned, 'update')).toEqual(
      expect.arrayContaining(['aws_sns_topic_policy.alarms', 'aws_sns_topic_policy.feedback']),
    );
    expect(doing(planned, 'read')).toEqual([]);
  });

  it('keeps all resources while account and region are unknown because of depends_on', async () => {
    const planned = await plan(waiting);
    expect(doing(planned, 'read')).toContain(`${events}.data.aws_caller_identity.email_events`);
    expect(doing(planned, 'delete')).toEqual([]);
    expect(doing(planned, 'create')).toEqual(['terraform_data.before']);
  });

  it('has no changes then if account, region and partition are set', async () => {
    const planned = await plan(withArguments(place, waiting));
    expect(doing(planned, 'read')).toContain(`${events}.data.aws_caller_identity.email_events`);
    expect(doing(planned, 'delete')).toEqual([]);
    expect(doing(planned, 'create')).toEqual(['terraform_data.before']);
    // moto returns the redrive policy in another form of JSON.
    expect(doing(planned, 'update')).toEqual([`${events}.aws_sqs_queue.objects[0]`]);
  });

  it.each([
    [
      'account',
      'account_id = "999999999999"',
      /account_id is 999999999999, but the provider uses 123456789012:/,
    ],
    ['region', 'region = "us-east-1"', /region is us-east-1, but the provider uses eu-west-1:/],
    ['partition', 'partition = "aws-cn"', /partition is aws-cn, but the provider uses aws:/],
  ])('rejects a different %s than that of the provider', async (_, line, message) => {
    await expect(plan(withArguments(line))).rejects.toThrow(message);
  });

  it('rejects a different name of its bucket, and shows how to keep the bucket', async () => {
    const before = await deployed();
    expect(before.length).toBeGreaterThan(60);
    workspace.write(renamed(''));
    const { code, stderr } = await workspace.run('apply', '-input=false', '-auto-approve');
    const message = stderr.replace(/\s+/g, ' ');
    expect(message).toContain(
      `the bucket is named ${bucket}, but the settings specify post-123456789012-eu-west-1: to keep`,
    );
    expect(message).toContain(`set bucket_name to ${bucket}`);
    expect(code).toBe(1);
    expect(await deployed()).toEqual(before);
    expect(await keys()).toEqual(['events/one.gz']);
  });

  it('keeps sets, stream, bucket and roles with another name if their names are set', async () => {
    const kept = renamed(
      `bucket_name = "${bucket}"\n  stream_name = "shop-mail"\n  event_destination_name = "shop-mail"`,
    );
    const kinds =
      /\.(aws_sesv2_configuration_set|aws_kinesis_\w+|aws_s3_bucket|aws_iam_role|aws_\w+_destination)\./;
    const destroyed = doing(await plan(kept), 'delete').filter((address) => kinds.test(address));
    const feedback = [`sets_feedback["newsletter"]`, `sets_feedback["receipts"]`];
    const destination = `${events}.aws_sesv2_configuration_set_event_destination`;
    expect(destroyed.sort()).toEqual(feedback.map((name) => `${destination}.${name}`));
    const role = `${events}.aws_iam_role.ses[0]`;
    const replaced = await plan(kept, `-replace=${role}`);
    expect(replaced.get(role)).toMatchObject({
      actions: ['delete', 'create'],
      after: { name: 'post-ses-eu-west-1' },
    });
  });

  it('is destroyed except for the bucket with events, and the resources that senders refer to', async () => {
    workspace.write(example);
    const { code, stderr } = await workspace.run('destroy', '-auto-approve');
    expect(stderr).toContain('BucketNotEmpty');
    expect(code).toBe(1);
    expect(await deployed()).toEqual([
      `${events}.aws_kms_key.key[0]`,
      `${events}.aws_s3_bucket.archive[0]`,
      `${events}.aws_sesv2_configuration_set.sets["newsletter"]`,
      `${events}.aws_sesv2_configuration_set.sets["receipts"]`,
    ]);
    expect(await keys()).toEqual(['events/one.gz']);
    const set = new GetConfigurationSetCommand({ ConfigurationSetName: 'receipts' });
    expect(await clients.ses.send(set)).toMatchObject({ ConfigurationSetName: 'receipts' });
  });

  it('is complete after another apply, with its events', async () => {
    await workspace.apply();
    const block = new GetPublicAccessBlockCommand({ Bucket: bucket });
    expect(await clients.s3.send(block)).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true },
    });
    expect(await keys()).toEqual(['events/one.gz']);
  });

  it('is destroyed with its events with force_destroy', async () => {
    workspace.write(withArguments('force_destroy = true'));
    await workspace.apply();
    const { code, stdout } = await workspace.run('destroy', '-auto-approve');
    expect(stdout).toMatch(/Destroy complete! Resources: \d+ destroyed\./);
    expect(code).toBe(0);
    await expect(keys()).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});
