import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../run-command';

/** Data sources of a module, as in the state of a plan. */
const dataSources = [
  { mode: 'data', type: 'aws_caller_identity', values: { account_id: '111122223333' } },
  { mode: 'data', type: 'aws_region', values: { id: 'eu-west-1' } },
  { mode: 'data', type: 'aws_partition', values: { partition: 'aws' } },
];

const change = (type: string, before: object | null, after: object | null, address?: string) => ({
  ...{ mode: 'managed', type, module_address: address, change: { before, after } },
});

/** A plan with a module. */
const planOf = (...changes: readonly object[]) => ({
  prior_state: {
    values: { root_module: { child_modules: [{ address: 'module.events', resources: dataSources }] } },
  },
  resource_changes: changes,
});

const deploy = (plan: string) => run(['policy', 'deploy', '-'], { stdin: plan });

describe('policy deploy', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'policy-deploy-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('prints the policy of a plan in a file or on standard input', async () => {
    const plan = JSON.stringify(
      planOf(change('aws_s3_bucket_versioning', null, { bucket: 'archive' }, 'module.events')),
    );
    const file = join(folder, 'plan.json');
    writeFileSync(file, plan);
    const expected = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['s3:GetBucketVersioning', 's3:ListBucket', 's3:PutBucketVersioning'],
          Resource: ['arn:aws:s3:::archive'],
        },
      ],
    };
    for (const { code, stdout, stderr } of [await run(['policy', 'deploy', file]), await deploy(plan)]) {
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toBe(`${JSON.stringify(expected, null, 2)}\n`);
    }
  });

  it('contains the old and the new name of a replaced resource', async () => {
    const { stdout } = await deploy(
      JSON.stringify(planOf(change('aws_sqs_queue', { name: 'old' }, { name: 'new' }, 'module.events'))),
    );
    expect(stdout).toContain('"arn:aws:sqs:eu-west-1:111122223333:old"');
    expect(stdout).toContain('"arn:aws:sqs:eu-west-1:111122223333:new"');
  });

  it('warns about other resources of AWS, and not about those of Terraform itself', async () => {
    const { code, stderr } = await deploy(
      JSON.stringify(
        planOf(
          change('aws_\u001b[31m', null, {}),
          change('aws_sns_topic', null, {}),
          change('aws_sns_topic', null, {}),
          change('terraform_data', null, {}),
        ),
      ),
    );
    expect(stderr).toBe(
      'warning: the policy has no permissions for other resources of the plan: add those for aws_sns_topic\n',
    );
    expect(code).toBe(0);
  });

  it('warns about a policy that is longer than a managed policy can be', async () => {
    const queues = Array.from({ length: 150 }, (_, index) =>
      change('aws_sqs_queue', null, { name: `queue-${index}` }, 'module.events'),
    );
    expect((await deploy(JSON.stringify(planOf(...queues)))).stderr).toMatch(
      /^warning: the policy has \d{4} characters, and the quota of IAM for a managed policy is 6144: divide its statements between several policies\n$/,
    );
  });

  it.each([
    [
      'a binary plan',
      'PK\u0003\u0004',
      'standard input: not JSON: policy deploy requires the output of terraform show -json PLAN',
    ],
    [
      'other JSON',
      '{}',
      'standard input: no plan, because resource_changes is missing: policy deploy requires',
    ],
    [
      'a plan of something else',
      '{"resource_changes":[]}',
      'standard input: the data sources with account and region are missing: plan a stack or module of this package',
    ],
  ])('refuses %s', async (_, plan, message) => {
    const { code, stdout, stderr } = await deploy(plan);
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('refuses a file that does not exist', async () => {
    const { code, stderr } = await run(['policy', 'deploy', join(folder, 'none.json')]);
    expect(stderr).toContain(
      'none.json: ENOENT: policy deploy requires the output of terraform show -json PLAN',
    );
    expect(code).toBe(2);
  });
});
