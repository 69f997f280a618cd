import { z } from 'zod';
import { keysOf, matchesAny, not } from '../cdktf/condition';
import type { Configured } from './configure';
import { field } from './field';
import { accountId, region } from './forms';
import { formatValue, type Rule } from './rule';

/** Settings of all created resources: names, region and account. */
const fields = {
  name: field(
    z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/)
      .default('email-events'),
    {
      description:
        'Name, or prefix of the name, of every created resource. A plan that changes only `name` fails, because the name of the bucket would change. With `bucketName` set, such a plan replaces most other resources. To keep the configuration sets, the event destinations and the stream, also set `configurationSets`, `eventDestinationName` and `streamName`. Terraform must know it during the plan.',
      allowed:
        '2 to 32 lowercase letters, digits and hyphens, beginning with a letter and not ending with a hyphen',
      source: "the bucket's default name adds the account id and region, and has at most 63 characters",
    },
  ),
  permissionsBoundaryArn: field(
    z
      .string()
      .regex(/^arn:[a-z0-9-]+:iam::[0-9a-z]*:policy\/.+$/)
      .optional(),
    {
      source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
      description: 'ARN of the permissions boundary for the created roles.',
      allowed: 'the ARN of an IAM policy',
      whenOmitted: 'no boundary',
    },
  ),
  rolePath: field(
    z
      .string()
      .regex(/^\/([A-Za-z0-9.,+@=_-]+\/)*$/)
      .default('/'),
    {
      source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
      description: 'Path of the created roles. Changing it replaces them.',
      allowed: 'a slash, or folder names of letters, digits and .,+@=_- between slashes, such as /email/',
    },
  ),
  tags: field(z.record(z.string(), z.string()).default({}), {
    description:
      "Tags of every created resource, in addition to the provider's default tags. Keys that begin with aws: are reserved.",
  }),
  accountId: field(accountId.schema.optional(), {
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
    description:
      'Id of the AWS account. A plan with credentials of another account fails. If `region` and `partition` are also set, every plan shows all names, instead of `(known after apply)`.',
    ...accountId.words,
    whenOmitted: 'the account of the credentials',
  }),
  region: field(region.schema.optional(), {
    description: 'AWS region. A plan with a provider of another region fails.',
    ...region.words,
    whenOmitted: "the provider's region",
  }),
  partition: field(
    z
      .string()
      .regex(/^aws(-[a-z]+)*$/)
      .optional(),
    {
      source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html',
      description:
        'AWS partition of the account and region, for ARNs. A plan with a provider of another partition fails.',
      allowed: 'a partition such as aws, aws-cn or aws-us-gov',
      whenOmitted: "the provider's partition",
    },
  ),
};

const rules: readonly Rule<Configured<typeof fields>>[] = [
  {
    setting: 'tags',
    message: ({ tags }) =>
      `has a key that begins with aws: (${formatValue(keysOf(tags))}), which AWS reserves: use another key`,
    holds: ({ tags }) => not(matchesAny(keysOf(tags), /^[Aa][Ww][Ss]:/)),
  },
];

const namingSettings = { title: 'Names, account and region', fields, rules };

/** A setting that the bucket and the catalog share. */
const forceDestroy = field(z.boolean().default(false), {
  description:
    'Delete the bucket with all its objects on destroy: set this to true, deploy, then destroy. If false, the constructs refuse the whole destroy, and the Terraform module fails at a bucket that contains objects.',
});

export { forceDestroy, namingSettings };
