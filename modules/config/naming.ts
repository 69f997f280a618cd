import { z } from 'zod';
import { field } from './field';

/** Settings of everything that is created. */
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
};

export { namingFields };
