import { z } from 'zod';
import { field } from './field';

const region = z.string().regex(/^[a-z]{2,4}(-[a-z]+)+-[0-9]$/);
const regionForm = 'a region such as eu-west-1';
const regionSource = 'https://docs.aws.amazon.com/ses/latest/dg/regions.html';

/** Settings of everything that is created: names, and where it is. */
const namingFields = {
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
  accountId: field(
    z
      .string()
      .regex(/^[0-9]{12}$/)
      .optional(),
    {
      source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
      description:
        'The account of everything: credentials of another one are refused. With `region` and `partition` given too, every name is known in every plan.',
      allowed: '12 digits',
      leftOut: 'the account of the credentials',
    },
  ),
  region: field(region.optional(), {
    source: regionSource,
    description: 'The region of everything: a provider of another one is refused.',
    allowed: regionForm,
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

export { namingFields, region, regionForm, regionSource };
