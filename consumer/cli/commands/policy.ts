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
import { parseConfigurationSet, parseRegion, textOf } from '../options/option-values';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';

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

const parseAccount = textOf(/^\d{12}$/, 'an account id has 12 digits, such as 111122223333');
// https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html
const parseStream = textOf(
  /^[\w.-]{1,64}$/,
  "a stream's name, not its ARN, has 1 to 64 letters, digits, _, . and -",
);
const parseKey = textOf(
  /^arn:[a-z-]+:kms:[a-z\d-]+:\d{12}:key\/[\w-]+$/,
  'write the ARN of the key, arn:aws:kms:<region>:<account>:key/<id>; policies know no aliases',
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
        'the mode external-id trusts SES for every configuration set of the account: leave --configuration-set out, or use --mode source-arn',
      );
    }
    print(context, sesTrustPolicy({ mode, accountId: account }));
    return;
  }
  if (configurationSet.length === 0) {
    throw new UsageError(
      'the mode source-arn trusts SES for the configuration sets it is told, and without one nobody could assume the role: add --configuration-set, once for each',
    );
  }
  const configurationSetArns = configurationSet.map((name) =>
    configurationSetArn({ partition: partitionOf(region), region, accountId: account, name }),
  );
  const policy = sesTrustPolicy({ mode, accountId: account, configurationSetArns });
  const length = trustPolicyLength(policy);
  if (length > trustPolicyQuota) {
    context.stderr.write(
      `warning: the document has ${length} characters, and IAM takes ${trustPolicyQuota} for a trust policy unless ` +
        'the quota of the account is raised: use --mode external-id for this many configuration sets\n',
    );
  }
  print(context, policy);
}

function permissions(context: CommandContext, { account, region, stream, key }: PermissionsCliOptions): void {
  const partition = partitionOf(region);
  if (key !== undefined && !key.startsWith(`arn:${partition}:kms:${region}:`)) {
    throw new UsageError(`${key} is not a key of ${region}: Firehose takes only keys of the stream's region`);
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
      'AWS account that sends, and that has the role and the stream',
      parseAccount,
    )
    .requiredOption('--region <region>', 'region of the configuration sets and of the stream', parseRegion);
}

function trustCommand(context: CommandContext): Command {
  const command = new Command('trust')
    .summary("print the role's trust policy: who may assume it")
    .description(
      'Prints the trust policy of the role with which SES puts events into the stream, as JSON on standard output.',
    );
  return addCommonOptions(command)
    .option(
      '--configuration-set <name>',
      'configuration set whose events are sent; again for each further one',
      (name: string, previous: string[] = []) => [...previous, parseConfigurationSet(name)],
    )
    .addOption(
      new Option(
        '--mode <mode>',
        'by what SES is recognized: the account and its configuration sets (SES guide), or the account as external id (Pinpoint guide)',
      )
        .choices(['source-arn', 'external-id'])
        .default('source-arn'),
    )
    .addHelpText(
      'after',
      '\nExample:\n  $ ses-events policy trust --account 111122223333 --region eu-west-1 --configuration-set newsletter > trust.json\n',
    )
    .action((options: TrustCliOptions) => trust(context, options));
}

function permissionsCommand(context: CommandContext): Command {
  const command = new Command('permissions')
    .summary("print the role's permissions policy: what it may do")
    .description(
      'Prints the permissions policy of the role with which SES puts events into the stream, as JSON on standard output.',
    );
  return addCommonOptions(command)
    .requiredOption('--stream <name>', 'name of the Firehose stream', parseStream)
    .option('--key <arn>', 'customer-managed KMS key that encrypts the stream, where there is one', parseKey)
    .addHelpText(
      'after',
      '\nExample:\n  $ ses-events policy permissions --account 111122223333 --region eu-west-1 --stream email-events > permissions.json\n',
    )
    .action((options: PermissionsCliOptions) => permissions(context, options));
}

/** `ses-events policy`: prints the two IAM documents of the role that SES assumes, to create it by hand. */
function policyCommand(context: CommandContext): Command {
  return new Command('policy')
    .summary('print the IAM documents of the role that SES assumes')
    .description(
      'Prints the two IAM policy documents that the role needs with which SES puts events into a Firehose stream. ' +
        'Needs no AWS account.',
    )
    .addCommand(trustCommand(context))
    .addCommand(permissionsCommand(context))
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  $ ses-events policy trust --account 111122223333 --region eu-west-1 --configuration-set newsletter > trust.json\n' +
        '  $ ses-events policy permissions --account 111122223333 --region eu-west-1 --stream email-events > permissions.json\n',
    );
}

export { policyCommand };
