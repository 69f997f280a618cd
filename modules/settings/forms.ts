import { z } from 'zod';

// Schemas that several settings share, with their descriptions.

const region = {
  schema: z.string().regex(/^[a-z]{2,4}(-[a-z]+)+-[0-9]$/),
  words: {
    allowed: 'a region such as eu-west-1',
    source: 'https://docs.aws.amazon.com/ses/latest/dg/regions.html',
  },
};

const accountId = { schema: z.string().regex(/^[0-9]{12}$/), words: { allowed: '12 digits' } };

const roleArn = {
  schema: z.string().regex(/^arn:[a-z0-9-]+:iam::[0-9]{12}:role\/.+$/),
  words: {
    allowed: 'the ARN of an IAM role',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
  },
};

const keyArn = {
  schema: z.string().regex(/^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key\/[A-Za-z0-9-]+$/),
  words: {
    allowed: 'the ARN of a KMS key (not of an alias)',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN',
  },
};

const bucketName = {
  schema: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  words: {
    allowed:
      '3 to 63 lowercase letters, digits, dots and hyphens, beginning and ending with a letter or digit',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html',
  },
};

const glueName = {
  schema: z.string().regex(/^[a-z0-9_]{1,255}$/),
  words: {
    allowed: '1 to 255 lowercase letters, digits and underscores',
    source: 'https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html',
  },
};

/** A statement of a policy, as JSON: Terraform has no type for objects of any form in a list. */
const policyStatement = {
  schema: z.string().regex(/^\{[\s\S]*\}$/),
  words: {
    allowed: 'IAM policy statements as JSON objects, such as {"Effect": "Allow", …}',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html',
  },
};

/** A key prefix that is a folder: it ends in a slash, does not begin with one, and has no Firehose expression. */
const prefix = {
  schema: z.string().regex(/^([A-Za-z0-9_=-]+\/)+$/),
  words: {
    allowed:
      'one or more folder names of letters, digits, hyphens, underscores and =, each followed by a slash, and at most 512 characters',
  },
};

export { accountId, bucketName, glueName, keyArn, policyStatement, prefix, region, roleArn };
