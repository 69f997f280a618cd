import { z } from 'zod';
import { field } from './field';

const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-[0-9]$/);

/** Settings of a deployment that are not the stream's: where it goes and where its state is kept. */
const deploymentFields = {
  region: field(region, {
    description: 'Region of everything. SES, the configuration sets and the stream must be in one region.',
    allowed: 'a region such as eu-west-1',
  }),
  accountId: field(
    z
      .string()
      .regex(/^[0-9]{12}$/)
      .optional(),
    {
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
      description: "The bucket that holds Terraform's state. Versioning should be on.",
      allowed: '3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit first and last',
      leftOut: 'a file beside cdktf.json',
    },
  ),
  stateKey: field(z.string().optional(), {
    description: 'The key of the state in that bucket.',
    leftOut: '`email-events/<environment>.tfstate`',
  }),
  stateRegion: field(region.optional(), {
    description: "That bucket's region.",
    allowed: 'a region such as eu-west-1',
    leftOut: '`region`',
  }),
};

export { deploymentFields };
