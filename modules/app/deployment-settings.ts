import { z } from 'zod';
import { field } from '../settings/field';
import { bucketName, region } from '../settings/forms';
import { namingSettings } from '../settings/shared-settings';

/** Settings of a deployment other than the stream's: its region and account, and the place of its state. */
const deploymentFields = {
  region: field(region.schema, {
    description: 'Region of everything. SES, the configuration sets and the stream must be in one region.',
    ...region.words,
  }),
  accountId: namingSettings.fields.accountId,
  defaultTags: field(z.record(z.string(), z.string()).default({}), {
    description: 'Tags of every resource, by the provider.',
  }),
  stateBucket: field(bucketName.schema.optional(), {
    description: "The bucket that holds Terraform's state. Versioning should be on.",
    ...bucketName.words,
    leftOut: 'a file beside cdktf.json',
  }),
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
  stateRegion: field(region.schema.optional(), {
    description: "That bucket's region.",
    ...region.words,
    leftOut: '`region`',
  }),
};

export { deploymentFields };
