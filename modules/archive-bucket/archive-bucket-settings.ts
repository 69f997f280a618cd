import { z } from 'zod';
import { field } from '../settings/field';

const lifecycleGuide =
  'https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html';
const bucketName = z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/);
const bucketNameForm =
  '3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit first and last, and none of the forms that S3 reserves';
const bucketNameSource = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html';
const lifecycleApi = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html';
const days = (least: number) => z.number().int().min(least).max(36_500);

/** Settings of the bucket. */
const archiveBucketFields = {
  createBucket: field(z.boolean().default(true), {
    description:
      'Create the bucket. An existing one is used as it is: none of the settings below reaches it.',
  }),
  bucketName: field(bucketName.optional(), {
    description: 'The name of the bucket, created or existing.',
    allowed: bucketNameForm,
    source: bucketNameSource,
    leftOut: '`name`, account id and region, joined by hyphens',
  }),
  bucketAccountId: field(
    z
      .string()
      .regex(/^[0-9]{12}$/)
      .optional(),
    {
      description:
        'The account that owns an existing bucket. The created delivery role then writes to the bucket in that account only. A created bucket always has this restriction.',
      allowed: '12 digits',
      source:
        'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount',
      leftOut: 'an existing bucket may be in any account',
    },
  ),
  forceDestroy: field(z.boolean().default(false), {
    description:
      'Let a destroy delete the bucket with everything in it: turn it on, deploy, then destroy. Off, the constructs have the whole destroy refused, and the Terraform module stops at a bucket that holds objects.',
  }),
  transitionDays: field(days(0).default(90), {
    description: 'When objects move to `transitionStorageClass`; smaller ones than 128 KiB stay.',
    unit: 'days',
    source: lifecycleGuide,
  }),
  transitionStorageClass: field(
    z.enum(['STANDARD_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR', 'STANDARD']).default('STANDARD_IA'),
    {
      description:
        'Where objects move to; STANDARD lets them stay. All are read at once, by Athena too. STANDARD_IA takes objects after 30 days.',
      source: lifecycleGuide,
    },
  ),
  expirationDays: field(days(1).optional(), {
    description:
      'When objects are deleted. Events hold personal data: decide. Versions stay `noncurrentDays` longer.',
    unit: 'days',
    source: lifecycleApi,
    leftOut: 'never',
  }),
  errorExpirationDays: field(days(1).default(30), {
    description: 'When objects under `errorPrefix` are deleted: not later than data.',
    unit: 'days',
    source: lifecycleApi,
  }),
  noncurrentDays: field(days(1).default(30), {
    description: 'How long replaced or deleted objects can be had back.',
    unit: 'days',
    source: lifecycleApi,
  }),
  incompleteUploadDays: field(days(1).default(7), {
    description: 'When the parts of uploads that were not completed are deleted.',
    unit: 'days',
    source: lifecycleApi,
  }),
  logAccess: field(z.boolean().default(false), {
    description: 'Write server access logs to the bucket `accessLogBucket`.',
  }),
  accessLogBucket: field(bucketName.optional(), {
    description: 'The bucket for access logs, another one, which lets logging.s3.amazonaws.com write.',
    allowed: bucketNameForm,
    source: bucketNameSource,
    leftOut: 'none',
  }),
  accessLogPrefix: field(z.string().default('s3-access/'), {
    description: 'What the keys of access logs begin with.',
  }),
};

export { archiveBucketFields };
