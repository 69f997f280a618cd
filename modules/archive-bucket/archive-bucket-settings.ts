import { z } from 'zod';
import { and, equals, exceeds, implies, isSet, matches, not, or, valueOr } from '../cdktf/condition';
import type { deliveryStreamSettings } from '../delivery-stream/delivery-stream-settings';
import type { Configured } from '../settings/configure';
import { field } from '../settings/field';
import { accountId, bucketName } from '../settings/forms';
import { idleUnless, needs, offUnless, type Rule, shown } from '../settings/rule';
import { forceDestroy } from '../settings/shared-settings';

const lifecycleGuide =
  'https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html';
const freeBucketName = {
  ...bucketName.words,
  allowed: `${bucketName.words.allowed}, and none of the forms that S3 reserves`,
};
const lifecycleApi = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html';
const days = (least: number) => z.number().int().min(least).max(36_500);

/** Settings of the bucket. */
const fields = {
  createBucket: field(z.boolean().default(true), {
    description:
      'Create the bucket. An existing one is used as it is: none of the settings below reaches it.',
  }),
  bucketName: field(bucketName.schema.optional(), {
    description: 'The name of the bucket, created or existing.',
    ...freeBucketName,
    leftOut: '`name`, account id and region, joined by hyphens',
  }),
  bucketAccountId: field(accountId.schema.optional(), {
    description:
      'The account that owns an existing bucket. The created delivery role then writes to the bucket in that account only. A created bucket always has this restriction.',
    ...accountId.words,
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount',
    leftOut: 'an existing bucket may be in any account',
  }),
  forceDestroy,
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
  accessLogBucket: field(bucketName.schema.optional(), {
    description: 'The bucket for access logs, another one, which lets logging.s3.amazonaws.com write.',
    ...freeBucketName,
    leftOut: 'none',
  }),
  accessLogPrefix: field(z.string().default('s3-access/'), {
    description: 'What the keys of access logs begin with.',
  }),
};

/**
 * Names that S3 rejects although their characters are valid.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const notOfBuckets =
  /[.][.]|^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$|^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|[.]mrap|--x-s3|--table-s3)$/;

const bucketRule = <Name extends string>(setting: Name): Rule<Record<Name, string | undefined>> => ({
  setting,
  message: (config) =>
    `is ${shown(config[setting])}, which S3 does not allow: two dots in a row, the form of an IP address, and the ` +
    'beginnings xn--, sthree- and amzn-s3-demo- and the endings -s3alias, --ol-s3, .mrap, --x-s3 and --table-s3 ' +
    'are reserved',
  holds: (config) => not(matches(config[setting] ?? '', notOfBuckets)),
});

type Config = Configured<typeof fields & Pick<typeof deliveryStreamSettings.fields, 'createStream'>>;

const rules: readonly Rule<Config>[] = [
  bucketRule('bucketName'),
  bucketRule('accessLogBucket'),
  {
    setting: 'createBucket',
    message: 'is on while createStream is off: an existing stream has its bucket already; set it to false',
    holds: ({ createStream, createBucket }) => implies(createBucket, createStream),
  },
  needs(
    'bucketName',
    ({ createBucket, createStream }) => and(createStream, not(createBucket)),
    'createBucket is off, so name the existing bucket',
  ),
  idleUnless('bucketAccountId', ({ createBucket }) => not(createBucket), 'set createBucket to false'),
  {
    setting: 'transitionDays',
    message: ({ transitionDays }) =>
      `is ${shown(transitionDays)}, below 30: STANDARD_IA takes objects after 30 days; raise it, or choose another transitionStorageClass`,
    holds: ({ transitionStorageClass, transitionDays }) =>
      implies(equals(transitionStorageClass, 'STANDARD_IA'), exceeds(transitionDays, 29)),
  },
  {
    setting: 'expirationDays',
    message: ({ expirationDays, transitionDays }) =>
      `is ${shown(expirationDays)}, not above transitionDays (${shown(transitionDays)}): S3 refuses to delete objects before it moves them; raise it, or let them stay with transitionStorageClass STANDARD`,
    holds: ({ transitionStorageClass, expirationDays, transitionDays }) =>
      or(
        equals(transitionStorageClass, 'STANDARD'),
        exceeds(valueOr(expirationDays, Number.MAX_SAFE_INTEGER), transitionDays),
      ),
  },
  {
    setting: 'errorExpirationDays',
    message: ({ expirationDays, errorExpirationDays }) =>
      `is ${shown(errorExpirationDays)}, above expirationDays (${shown(expirationDays)}): what could not be processed would outlive the rest; lower it`,
    holds: ({ expirationDays, errorExpirationDays }) =>
      not(exceeds(errorExpirationDays, valueOr(expirationDays, Number.MAX_SAFE_INTEGER))),
  },
  needs('accessLogBucket', ({ logAccess }) => logAccess, 'logAccess needs a bucket to write to'),
  idleUnless('accessLogBucket', ({ logAccess }) => logAccess, 'set logAccess to true'),
  {
    setting: 'accessLogBucket',
    message: ({ accessLogBucket }) =>
      `is ${shown(accessLogBucket)}, the archive bucket itself, whose log would grow by being written: name another bucket`,
    holds: ({ accessLogBucket, bucketName }) =>
      implies(and(isSet(accessLogBucket), isSet(bucketName)), not(equals(accessLogBucket, bucketName ?? ''))),
  },
  offUnless('forceDestroy', 'createBucket'),
  offUnless('logAccess', 'createBucket'),
  idleUnless('expirationDays', ({ createBucket }) => createBucket, 'set createBucket to true'),
];

const archiveBucketSettings = { title: 'Bucket', fields, rules };

export { archiveBucketSettings };
