import { z } from 'zod';
import { field } from '../settings/field';
import {
  bucketName,
  bucketNameForm,
  bucketNameSource,
  region,
  regionForm,
  regionSource,
} from '../settings/forms';
import { namingSettings } from '../settings/shared-settings';

/** Settings of a deployment that are not the stream's: where it goes and where its state is kept. */
const deploymentFields = {
  region: field(region, {
    source: regionSource,
    description: 'Region of everything. SES, the configuration sets and the stream must be in one region.',
    allowed: regionForm,
  }),
  accountId: namingSettings.fields.accountId,
  defaultTags: field(z.record(z.string(), z.string()).default({}), {
    description: 'Tags of every resource, by the provider.',
  }),
  stateBucket: field(bucketName.optional(), {
    source: bucketNameSource,
    description: "The bucket that holds Terraform's state. Versioning should be on.",
    allowed: bucketNameForm,
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
  stateRegion: field(region.optional(), {
    source: regionSource,
    description: "That bucket's region.",
    allowed: regionForm,
    leftOut: '`region`',
  }),
};

export { deploymentFields };
