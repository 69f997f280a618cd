import { Command, Option } from 'commander';
import {
  configurationSetArn,
  deliveryStreamArn,
  dnsSuffixOf,
  type PolicyDocument,
  partitionOf,
  sesPermissionsPolicy,
  sesTrustPolicy,
  trustPolicyLength,
  trustPolicyQuota,
} from '../../../modules/policies/policy-documents';
import { pageAddress } from '../../pages/page-address';
import { addHelpEnd } from '../options/help-text';
import { parseAccount, parseConfigurationSet, parseRegion, textOf } from '../options/option-values';
import type { CommandContext } from '../process/context';
import { replaceOption } from '../process/correction';
import { UsageError } from '../process/exit-code';
import { deployCommand } from './policy-deploy';

interface PolicyCliOptions {
  account: string;
  region: string;
}

interface TrustCliOptions extends PolicyCliOptions {
  mode: 'source-arn' | 'external-id';
  configurationSet?: string[];
}

interface PermissionsCliOptions extends PolicyCliOptions {
  stream: string;
  key?: string;
}

// https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html
const parseStream = textOf(
  /^[\w.-]{1,64}$/,
  'the name of a stream, not its ARN: 1 to 64 letters, digits, _, . and -',
);
const parseKey = textOf(
  /^arn:[a-z-]+:kms:[a-z\d-]+:\d{12}:key\/[\w-]+$/,
  'the ARN of a key, not of an alias, such as arn:aws:kms:eu-west-1:111122223333:key/ID',
);

function print(context: CommandContext, document: PolicyDocument): void {
  context.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

function trust(
  context: CommandContext,
  { account, region, mode, configurationSet = [] }: TrustCliOptions,
): void {
  if (mode === 'external-id') {
    if (configurationSet.length > 0) {
      throw new UsageError(
        '--configuration-set requires --mode source-arn; --mode external-id trusts every configuration set of the account',
        replaceOption('--mode'),
      );
    }
    print(context, sesTrustPolicy({ mode, accountId: account }));
    return;
  }
  if (configurationSet.length === 0) {
    throw new UsageError(
      '--mode source-arn requires --configuration-set NAME, once for each configuration set',
    );
  }
  const configurationSetArns = configurationSet.map((name) =>
    configurationSetArn({ partition: partitionOf(region), region, accountId: account, name }),
  );
  const policy = sesTrustPolicy({ mode, accountId: account, configurationSetArns });
  const length = trustPolicyLength(policy);
  if (length > trustPolicyQuota) {
    context.stderr.write(
      `warning: the document has ${length} characters, and the default quota of IAM for trust policies is ${trustPolicyQuota}: ` +
        'use --mode external-id for this number of configuration sets, or request a higher quota from AWS\n',
    );
  }
  print(context, policy);
}

function permissions(context: CommandContext, { account, region, stream, key }: PermissionsCliOptions): void {
  const partition = partitionOf(region);
  if (key !== undefined && !key.startsWith(`arn:${partition}:kms:${region}:`)) {
    throw new UsageError(`--key ${key} is not in the region of the stream, ${region}`);
  }
  const streamArn = deliveryStreamArn({ partition, region, accountId: account, name: stream });
  print(
    context,
    sesPermissionsPolicy({
      streamArn,
      key: key === undefined ? undefined : { keyArn: key, region, dnsSuffix: dnsSuffixOf(partition) },
    }),
  );
}

function addCommonOptions(command: Command): Command {
  return command
    .requiredOption(
      '--account <id>',
      'AWS account of the configuration sets, the role and the stream',
      parseAccount,
    )
    .requiredOption('--region <region>', 'region of the configuration sets and the stream', parseRegion);
}

const trustExample =
  'policy trust --account 111122223333 --region eu-west-1 --configuration-set newsletter > trust.json';
const permissionsExample =
  'policy permissions --account 111122223333 --region eu-west-1 --stream email-events > permissions.json';

function trustCommand(context: CommandContext): Command {
  const command = new Command('trust').description('Print the trust policy of the role');
  addCommonOptions(command)
    .option(
      '--configuration-set <name>',
      'configuration set that sends events; repeat the option for each one (required with source-arn only)',
      (name: string, previous: string[] = []) => [...previous, parseConfigurationSet(name)],
    )
    .addOption(
      new Option('--mode <mode>', 'condition of the trust policy')
        .choices(['source-arn', 'external-id'])
        .default('source-arn'),
    );
  return addHelpEnd(command, {
    notes: [
      '- source-arn trusts SES for the configuration sets that you name.\n' +
        '- external-id trusts SES for every configuration set of the account.',
      `See ${pageAddress('aws-cli', 'trust-modes')}`,
    ],
    examples: [trustExample],
  }).action((options: TrustCliOptions) => trust(context, options));
}

function permissionsCommand(context: CommandContext): Command {
  const command = new Command('permissions').description('Print the permissions policy of the role');
  addCommonOptions(command)
    .requiredOption('--stream <name>', 'name of the Firehose stream', parseStream)
    .option('--key <arn>', 'customer-managed KMS key of the stream, if any', parseKey);
  return addHelpEnd(command, { examples: [permissionsExample] }).action((options: PermissionsCliOptions) =>
    permissions(context, options),
  );
}

/** `ses-events policy`: prints the IAM documents of the role that SES assumes, and of the identity that deploys. */
function policyCommand(context: CommandContext): Command {
  const command = new Command('policy')
    .description('Print IAM policies of the role or a deployment')
    .addCommand(trustCommand(context))
    .addCommand(permissionsCommand(context))
    .addCommand(deployCommand(context));
  return addHelpEnd(command, {
    notes: [
      'SES assumes the role to write events to the Firehose stream. The policies are JSON on standard output. The ' +
        'commands do not call AWS, so no credentials are required.',
      `See ${pageAddress('aws-cli')}`,
    ],
    examples: [trustExample, permissionsExample],
  });
}

export { policyCommand };
