import { z } from 'zod';
import { field } from '../settings/field';
import { bucketName, region } from '../settings/forms';
import { namingSettings } from '../settings/shared-settings';

/** Settings of a deployment in addition to the stream's: its region and account, and the location of its state. */
const deploymentFields = {
  region: field(region.schema, {
    description:
      'AWS region of all resources. SES, the configuration sets and the stream must be in the same region.',
    ...region.words,
  }),
  accountId: namingSettings.fields.accountId,
  defaultTags: field(z.record(z.string(), z.string()).default({}), {
    description: 'Tags that the AWS provider adds to every resource.',
  }),
  stateBucket: field(bucketName.schema.optional(), {
    description: "Bucket that stores Terraform's state. Turn on versioning for it.",
    ...bucketName.words,
    whenOmitted: 'a local file in the folder of cdktf.json',
  }),
  stateKey: field(
    z
      .string()
      .regex(/^[^/].*$/)
      .optional(),
    {
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html',
      description: 'Key of the state object in `stateBucket`.',
      allowed: 'a key that does not begin with a slash',
      whenOmitted: '`email-events/<environment>.tfstate`',
    },
  ),
  stateRegion: field(region.schema.optional(), {
    description: 'Region of `stateBucket`.',
    ...region.words,
    whenOmitted: '`region`',
  }),
};

export { deploymentFields };
