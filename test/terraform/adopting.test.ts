import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../consumer/cli/process/package-root';
import { type MotoServer, startMotoServer } from '../aws-cli/moto-server';
import { pythonExecutables } from '../python/environment';
import { describeWithTerraform } from './describe-with-terraform';
import { moduleFiles } from './module-files';
import { terraform, terraformFolder, writeFiles } from './terraform';

const bucket = 'example-mail-archive';
const stream = 'PinpointEventStream';

/** The configuration of docs/adopting.md, without the imports that moto cannot answer: it has no SES API v2. */
function pageConfiguration(): string {
  const page = readFileSync(join(packageRoot(), 'docs', 'adopting.md'), 'utf8');
  const [, shown = ''] = /```hcl\n([\s\S]*?)```/.exec(page) ?? [];
  return shown
    .replace(/source = ".*"/, 'source = "./terraform"')
    .replace(/import \{\n {2}to = module\.email_events\.aws_sesv2_[\s\S]*?\n\}\n/g, '');
}

function provider(url: string): string {
  return `provider "aws" {
  region                      = "eu-west-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  s3_use_path_style           = true
  max_retries                 = 2
  endpoints {
    ${['cloudwatchlogs', 'firehose', 'iam', 's3', 'sts'].map((service) => `${service} = "${url}"`).join('\n    ')}
  }
}
`;
}

/** Creates a stream and a bucket without Terraform. */
function createManually(executables: string, url: string): void {
  const destination = JSON.stringify({
    RoleARN: 'arn:aws:iam::123456789012:role/firehose_delivery_role',
    BucketARN: `arn:aws:s3:::${bucket}`,
    BufferingHints: { IntervalInSeconds: 60, SizeInMBs: 5 },
    CloudWatchLoggingOptions: {
      Enabled: true,
      LogGroupName: `/aws/kinesisfirehose/${stream}`,
      LogStreamName: 'S3Delivery',
    },
  });
  for (const args of [
    [
      's3api',
      'create-bucket',
      '--bucket',
      bucket,
      '--create-bucket-configuration',
      'LocationConstraint=eu-west-1',
    ],
    ['logs', 'create-log-group', '--log-group-name', `/aws/kinesisfirehose/${stream}`],
    [
      'firehose',
      'create-delivery-stream',
      '--delivery-stream-name',
      stream,
      '--extended-s3-destination-configuration',
      destination,
    ],
  ]) {
    const { status, stderr } = spawnSync(join(executables, 'aws'), args, {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        AWS_ENDPOINT_URL: url,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_DEFAULT_REGION: 'eu-west-1',
      },
    });
    if (status !== 0) throw new Error(`aws ${args.join(' ')} failed: ${stderr}`);
  }
}

const executables = pythonExecutables();
if (executables === undefined && process.env.REQUIRE_PYTHON === '1') {
  throw new Error('REQUIRE_PYTHON=1, but there is no usable Python');
}
if (executables === undefined)
  process.stderr.write('skipped, there is no usable Python: adopting by import\n');
const test = executables === undefined ? it.skip : it;

describeWithTerraform('a manually created stream', () => {
  let moto: MotoServer | undefined;
  afterAll(() => moto?.process.kill());

  test('is adopted with the import blocks of docs/adopting.md, without a replacement', async () => {
    moto = await startMotoServer(executables ?? '');
    createManually(executables ?? '', moto.url);
    const folder = terraformFolder();
    writeFiles(folder, { ...moduleFiles(), 'main.tf': provider(moto.url) + pageConfiguration() });
    expect(terraform(folder, 'init', '-no-color')).toMatchObject({ code: 0, stderr: '' });
    expect(terraform(folder, 'plan', '-no-color', '-input=false', '-out=plan')).toMatchObject({
      code: 0,
      stderr: '',
    });
    const { resource_changes: changes } = JSON.parse(terraform(folder, 'show', '-json', 'plan').stdout);
    const actions = new Map<string, string>(
      changes.map(
        ({ address, change }: { address: string; change: { actions: string[]; importing?: object } }) => [
          address.replace('module.email_events.', ''),
          `${change.importing === undefined ? '' : 'import, '}${change.actions.join(', ')}`,
        ],
      ),
    );
    expect(actions.get('aws_kinesis_firehose_delivery_stream.stream[0]')).toBe('import, update');
    expect(actions.get('aws_s3_bucket.archive[0]')).toMatch(/^import, (update|no-op)$/);
    expect(actions.get('aws_cloudwatch_log_group.stream[0]')).toMatch(/^import, (update|no-op)$/);
    expect(actions.get('aws_iam_role.ses[0]')).toBe('create');
    expect([...actions.values()].filter((action) => action.includes('delete'))).toEqual([]);
  });

  test('is rejected with another bucket name, because the bucket keeps its name', () => {
    const folder = terraformFolder();
    const configuration = pageConfiguration().replace(/( bucket_name +=) ".*"/, '$1 "example-other"');
    writeFiles(folder, { ...moduleFiles(), 'main.tf': provider(moto?.url ?? '') + configuration });
    expect(terraform(folder, 'init', '-no-color')).toMatchObject({ code: 0, stderr: '' });
    const { code, stderr } = terraform(folder, 'plan', '-no-color', '-input=false');
    expect(stderr.replace(/\s+/g, ' ')).toContain(
      `the bucket is named ${bucket}, but the settings specify example-other: to keep it, set bucket_name to ${bucket}`,
    );
    expect(code).toBe(1);
  });
});
