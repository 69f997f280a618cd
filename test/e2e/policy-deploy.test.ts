import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { packageRoot } from '../../consumer/cli/process/package-root';
import { deploymentActions } from '../../modules/policies/deployment-actions';
import { type PolicyDocument, policyOf } from '../../modules/policies/policy-documents';
import { describeWithLocalAws } from './describe-with-local-aws';
import { SesEvents } from './ses-events';
import { TerraformWorkspace } from './terraform-workspace';

const account = '123456789012';

const mainTf = (settings: string) => `
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

module "email_events" {
  source        = ${JSON.stringify(join(packageRoot(), 'terraform'))}
  name          = "mail"
  force_destroy = true
${settings}
}
`;

const everything = `
  configuration_sets = ["receipts", "newsletter"]
  tags               = { Team = "mail" }
  encryption         = "new-key"
  object_queue       = true
  expiration_days    = 400
  publish_feedback   = true
  feedback_topic_arn = "arn:aws:sns:eu-west-1:${account}:feedback"
  alarms             = true
  alarm_actions      = ["arn:aws:sns:eu-west-1:${account}:alarms"]
  catalog            = true
  catalog_from       = "2026-01-01"
  archive_table      = true
  archive_schedule   = "02:00"
`;

/** Returns the actions of a policy, in order. */
const actionsOf = ({ Statement: statements }: PolicyDocument) =>
  [...new Set(statements.flatMap(({ Action: action }) => action))].sort();

/** Actions that only change existing resources. */
const changes = new Set(
  Object.values(deploymentActions).flatMap(({ grants }) =>
    grants.flatMap(({ changes: actions = [] }) => actions),
  ),
);

/** Returns the policy without an action. */
const without = (action: string, { Statement: statements }: PolicyDocument) =>
  policyOf(...statements.filter(({ Action: actions }) => ![actions].flat().includes(action)));

describe.each([
  ['the default stack', ''],
  ['a stack with a key, a queue, alarms, a catalog and schedules', everything],
])('policy deploy, for %s,', (_, settings) => {
  // Each test continues from the state of the previous test.
  describeWithLocalAws('with IAM enforced', (local) => {
    let workspace: TerraformWorkspace;
    let policy: PolicyDocument;

    /** Prints the policy for the current plan. */
    const print = async () => {
      const { sandbox } = local();
      await workspace.plan();
      const { stdout: plan } = await workspace.run('show', '-json', 'planned');
      const file = join(sandbox.folder, 'plan.json');
      writeFileSync(file, plan);
      const { code, stdout, stderr } = await new SesEvents(local()).command('policy', 'deploy', file);
      expect([code, stderr.replace(/^warning: the policy has \d+ characters.*\n/, '')]).toEqual([0, '']);
      const document: PolicyDocument = JSON.parse(stdout);
      return document;
    };

    it('prints a policy from a plan, which requires no permissions', async () => {
      const { deployer } = local().aws;
      workspace = new TerraformWorkspace(local(), mainTf(settings));
      deployer.policy = policyOf();
      expect((await workspace.run('init', '-input=false')).code).toBe(0);
      policy = await print();
      expect(deployer.denied).toEqual([]);
    });

    it('names resources wherever IAM allows it', () => {
      const everywhere = policy.Statement.filter(({ Resource: resources }) =>
        [resources].flat().includes('*'),
      );
      const always = ['logs:DescribeLogGroups'];
      expect(everywhere.flatMap(({ Action: action }) => action).sort()).toEqual(
        settings === '' ? always : ['kms:CreateKey', 'kms:ListAliases', ...always],
      );
    });

    it('refuses an apply without one of the actions', async () => {
      const { deployer } = local().aws;
      deployer.policy = without('iam:PassRole', policy);
      const { code, stderr } = await workspace.run('apply', '-input=false', '-auto-approve');
      expect(stderr).toContain('not authorized to perform iam:PassRole');
      expect(code).toBe(1);
      expect(new Set(deployer.denied.splice(0).map(({ action }) => action))).toEqual(
        new Set(['iam:PassRole']),
      );
    });

    it('prints the same policy after a part of the apply, but for the id of a key', async () => {
      local().aws.deployer.policy = policy;
      const again = JSON.stringify(await print()).replaceAll(/:key\/[-0-9a-f]{36}/g, ':key/*');
      expect(JSON.parse(again)).toEqual(policy);
    });

    it('applies, plans and destroys with the policy', async () => {
      const { aws } = local();
      const { deployer } = aws;
      const { stdout: applied, stderr: refused } = await workspace.run(
        'apply',
        '-input=false',
        '-auto-approve',
      );
      expect(refused).toBe('');
      expect(applied).toContain('Apply complete!');
      await workspace.plan();
      const s3 = new S3Client({
        ...aws.access,
        credentials: { accessKeyId: 'other', secretAccessKey: 'other' },
      });
      await s3.send(
        new PutObjectCommand({ Bucket: `mail-${account}-eu-west-1`, Key: 'events/one', Body: 'one' }),
      );
      s3.destroy();
      const { stdout, stderr } = await workspace.run('destroy', '-input=false', '-auto-approve');
      expect(stderr).toBe('');
      expect(stdout).toContain('Destroy complete!');
      expect(deployer.denied).toEqual([]);
    });

    it('has no action that the provider does not call, except those that change existing resources', () => {
      const called = new Set(local().aws.deployer.requests.map(({ action }) => action));
      expect(actionsOf(policy).filter((action) => !called.has(action) && !changes.has(action))).toEqual([]);
    });
  });
});
