import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import { deploymentActions } from '../../../modules/policies/deployment-actions';
import { deploymentPolicy, type PlannedResource } from '../../../modules/policies/deployment-policy';
import { pageAddress } from '../../pages/page-address';
import { addHelpEnd } from '../options/help-text';
import { plannedResources } from '../plan/planned-resources';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';

/**
 * IAM's quota for a managed policy, in characters without white space.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const managedPolicyQuota = 6144;

/** @throws {UsageError} when the file cannot be read */
async function readPlan(context: CommandContext, plan: string): Promise<string> {
  if (plan === '-') {
    if (!context.stdin.isTTY) return text(context.stdin);
    throw new UsageError(
      'standard input is a terminal: pipe the output of terraform show -json PLAN to the command',
    );
  }
  try {
    return await readFile(plan, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // thrown by readFile
    throw new UsageError(`${plan}: ${code}: policy deploy requires the output of terraform show -json PLAN`);
  }
}

/** Returns the AWS resources of the plan that are not part of this package, by type. */
function otherTypes(resources: readonly PlannedResource[]): string[] {
  const types = resources.map(({ type }) => type).filter((type) => /^aws_\w+$/.test(type));
  return [...new Set(types)].filter((type) => deploymentActions[type] === undefined);
}

async function deploy(context: CommandContext, plan: string): Promise<void> {
  const resources = plannedResources(await readPlan(context, plan), plan === '-' ? 'standard input' : plan);
  const others = otherTypes(resources);
  if (others.length > 0) {
    context.stderr.write(
      `warning: the policy has no permissions for other resources of the plan: add those for ${others.join(', ')}\n`,
    );
  }
  const document = deploymentPolicy(resources);
  const { length } = JSON.stringify(document);
  if (length > managedPolicyQuota) {
    context.stderr.write(
      `warning: the policy has ${length} characters, and the quota of IAM for a managed policy is ${managedPolicyQuota}: ` +
        'divide its statements between several policies\n',
    );
  }
  context.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

const example = 'policy deploy plan.json > deploy.json';

/** `ses-events policy deploy`: prints the policy of the identity that deploys a stack or module of this package. */
function deployCommand(context: CommandContext): Command {
  const command = new Command('deploy')
    .description('Print the policy that deploys a Terraform plan')
    .argument('<plan>', 'output of terraform show -json PLAN: a file, or - for standard input');
  return addHelpEnd(command, {
    notes: [
      'To write plan.json, run terraform plan -out plan && terraform show -json plan > plan.json in the folder of the stack.',
      'The first plan requires no permissions, so that anyone can print the policy before the first apply. Names that ' +
        'are unknown in the plan, such as the id of a new key, are *. Print the policy again after the apply.',
      'The policy does not contain the permissions for the state of Terraform in S3.',
      `See ${pageAddress('permissions')}`,
    ],
    examples: [example],
  }).action((plan: string) => deploy(context, plan));
}

export { deployCommand };
