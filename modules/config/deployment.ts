import { z } from 'zod';
import { field } from './field';

const region = z.string().regex(/^[a-z]{2,4}(-[a-z]+)+-[0-9]$/);

/** Settings of a deployment that are not the stream's: where it goes and where its state is kept. */
const deploymentFields = {
  region: field(region, {
    source: 'https://docs.aws.amazon.com/ses/latest/dg/regions.html',
    description: 'Region of everything. SES, the configuration sets and the stream must be in one region.',
    allowed: 'a region such as eu-west-1',
  }),
  accountId: field(
    z
      .string()
      .regex(/^[0-9]{12}$/)
      .optional(),
    {
      source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
      description:
        'The account to deploy to: with credentials of another one Terraform refuses to do anything.',
      allowed: '12 digits',
      leftOut: 'the account of the credentials, whichever that is',
    },
  ),
  defaultTags: field(z.record(z.string(), z.string()).default({}), {
    description: 'Tags of every resource, by the provider.',
  }),
  stateBucket: field(
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
      .optional(),
    {
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html',
      description: "The bucket that holds Terraform's state. Versioning should be on.",
      allowed: '3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit first and last',
      leftOut: 'a file beside cdktf.json',
    },
  ),
  stateKey: field(
    z
      .string()
      .regex(/^[^/].*$/)
      .optional(),
    {
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html',
      description: 'The key of the state in that bucket.',
      allowed: 'a key, which begins with no slash',
      leftOut: '`email-events/<environment>.tfstate`',
    },
  ),
  stateRegion: field(region.optional(), {
    source: 'https://docs.aws.amazon.com/ses/latest/dg/regions.html',
    description: "That bucket's region.",
    allowed: 'a region such as eu-west-1',
    leftOut: '`region`',
  }),
};

export { deploymentFields };
