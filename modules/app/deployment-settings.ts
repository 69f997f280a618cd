import { z } from 'zod';
import { field } from '../settings/field';
import { namingFields, region, regionForm, regionSource } from '../settings/shared-settings';

/** Settings of a deployment that are not the stream's: where it goes and where its state is kept. */
const deploymentFields = {
  region: field(region, {
    source: regionSource,
    description: 'Region of everything. SES, the configuration sets and the stream must be in one region.',
    allowed: regionForm,
  }),
  accountId: namingFields.accountId,
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
    source: regionSource,
    description: "That bucket's region.",
    allowed: regionForm,
    leftOut: '`region`',
  }),
};

export { deploymentFields };
