import { z } from 'zod';
import { keysOf, matchesAny, not } from '../cdktf/condition';
import type { Configured } from './configure';
import { field } from './field';
import { accountId, region } from './forms';
import { type Rule, shown } from './rule';

/** Settings of all created resources: names, region and account. */
const fields = {
  name: field(
    z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/)
      .default('email-events'),
    {
      description:
        'What every resource is called, or begins its name with. It must be known when Terraform plans.',
      allowed: '2 to 32 lower-case letters, digits and hyphens, a letter first, no hyphen last',
      source: "with account and region behind it, a bucket's name has at most 63 characters",
    },
  ),
  permissionsBoundaryArn: field(
    z
      .string()
      .regex(/^arn:[a-z0-9-]+:iam::[0-9a-z]*:policy\/.+$/)
      .optional(),
    {
      source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
      description: 'Permissions boundary of the roles that are created.',
      allowed: 'the ARN of an IAM policy',
      leftOut: 'no boundary',
    },
  ),
  tags: field(z.record(z.string(), z.string()).default({}), {
    description:
      "Tags of every resource that is created, beside the provider's default tags. Keys that begin with aws: are reserved.",
  }),
  accountId: field(accountId.schema.optional(), {
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
    description:
      'The account of everything: credentials of another one are refused. With `region` and `partition` given too, every name is known in every plan.',
    ...accountId.words,
    leftOut: 'the account of the credentials',
  }),
  region: field(region.schema.optional(), {
    description: 'The region of everything: a provider of another one is refused.',
    ...region.words,
    leftOut: "the provider's region",
  }),
  partition: field(
    z
      .string()
      .regex(/^aws(-[a-z]+)*$/)
      .optional(),
    {
      source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html',
      description: 'The partition of the account and region, with which ARNs begin.',
      allowed: 'a partition such as aws, aws-cn or aws-us-gov',
      leftOut: "the provider's partition",
    },
  ),
};

const rules: readonly Rule<Configured<typeof fields>>[] = [
  {
    setting: 'tags',
    message: ({ tags }) =>
      `has a key that begins with aws: (${shown(keysOf(tags))}), which AWS reserves: choose another`,
    holds: ({ tags }) => not(matchesAny(keysOf(tags), /^[Aa][Ww][Ss]:/)),
  },
];

const namingSettings = { title: 'Names and place', fields, rules };

/** A setting that the bucket and the catalog share. */
const forceDestroy = field(z.boolean().default(false), {
  description:
    'Let a destroy delete the bucket with everything in it: turn it on, deploy, then destroy. Off, the constructs have the whole destroy refused, and the Terraform module stops at a bucket that holds objects.',
});

export { forceDestroy, namingSettings };
