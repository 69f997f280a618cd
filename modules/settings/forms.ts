import { z } from 'zod';

// What several settings hold, with the words for it.

const region = z.string().regex(/^[a-z]{2,4}(-[a-z]+)+-[0-9]$/);
const regionForm = 'a region such as eu-west-1';
const regionSource = 'https://docs.aws.amazon.com/ses/latest/dg/regions.html';

const accountId = z.string().regex(/^[0-9]{12}$/);
const accountIdForm = '12 digits';

const roleArn = z.string().regex(/^arn:[a-z0-9-]+:iam::[0-9]{12}:role\/.+$/);
const roleArnForm = 'the ARN of an IAM role';

const bucketName = z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/);
const bucketNameForm =
  '3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit first and last';
const bucketNameSource = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html';

const glueName = z.string().regex(/^[a-z0-9_]{1,255}$/);
const glueNameForm = '1 to 255 lower-case letters, digits and underscores';
const glueNameSource = 'https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html';

/** A key prefix that is a folder: it ends in a slash, begins with none, and holds no Firehose expression. */
const prefix = z.string().regex(/^([A-Za-z0-9_=-]+\/)+$/);
const prefixForm =
  'one or more folders of letters, digits, hyphens, underscores and =, each with a slash behind it, 512 characters at most';

export {
  accountId,
  accountIdForm,
  bucketName,
  bucketNameForm,
  bucketNameSource,
  glueName,
  glueNameForm,
  glueNameSource,
  prefix,
  prefixForm,
  region,
  regionForm,
  regionSource,
  roleArn,
  roleArnForm,
};
