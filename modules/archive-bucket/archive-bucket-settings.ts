import { z } from 'zod';
import { and, equals, exceeds, implies, isEmpty, isSet, matches, not, or, valueOr } from '../cdktf/condition';
import type { deliveryStreamSettings } from '../delivery-stream/delivery-stream-settings';
import { statementsAreJson } from '../settings/added-statements';
import type { Configured } from '../settings/configure';
import { field } from '../settings/field';
import { accountId, bucketName, policyStatement } from '../settings/forms';
import { falseUnless, formatValue, noEffectUnless, type Rule, requiredIf } from '../settings/rule';
import { forceDestroy } from '../settings/shared-settings';

const lifecycleGuide =
  'https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html';
const allowedBucketName = {
  ...bucketName.words,
  allowed: `${bucketName.words.allowed}, and not in a form that S3 reserves`,
};
const objectLockGuide = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html';
const lifecycleApi = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html';
const days = (minimum: number) => z.number().int().min(minimum).max(36_500);

/** Settings of the bucket. */
const fields = {
  createBucket: field(z.boolean().default(true), {
    description:
      'Create the bucket. Must be false if `createStream` is false. If false, and the stream is created, set `bucketName`. An existing bucket is not changed: omit `expirationDays`, `forceDestroy` and `logAccess`, which are refused. Lifecycle settings have no effect.',
  }),
  bucketName: field(bucketName.schema.optional(), {
    description:
      'Name of the bucket, created or existing. A created bucket keeps its name: a plan with another name fails.',
    ...allowedBucketName,
    whenOmitted: '`name`, account id and region, joined by hyphens',
  }),
  bucketAccountId: field(accountId.schema.optional(), {
    description:
      'Id of the account that owns an existing bucket. The created delivery role can then write to the bucket in that account only. A created bucket always has this restriction. For a bucket in another account, outputs have the policies that its owner attaches.',
    ...accountId.words,
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount',
    whenOmitted: 'any account',
  }),
  forceDestroy,
  transitionDays: field(days(0).default(90), {
    description:
      'Age at which objects move to `transitionStorageClass`. Objects smaller than 128 KiB do not move.',
    unit: 'days',
    source: lifecycleGuide,
  }),
  transitionStorageClass: field(
    z.enum(['STANDARD_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR', 'STANDARD']).default('STANDARD_IA'),
    {
      description:
        'Storage class for objects older than `transitionDays`. With STANDARD, objects do not move. All classes give immediate access, also to Athena. STANDARD_IA requires at least 30 days.',
      source: lifecycleGuide,
    },
  ),
  expirationDays: field(days(1).optional(), {
    description:
      'Age at which objects are deleted. Events contain personal data, so choose a retention period. Must be greater than `transitionDays`, unless `transitionStorageClass` is STANDARD. Deleted objects can be restored for another `noncurrentDays`.',
    unit: 'days',
    source: lifecycleApi,
    whenOmitted: 'never',
  }),
  errorExpirationDays: field(days(1).default(30), {
    description: 'Age at which objects under `errorPrefix` are deleted. It must not exceed `expirationDays`.',
    unit: 'days',
    source: lifecycleApi,
  }),
  noncurrentDays: field(days(1).default(30), {
    description: 'Time during which replaced or deleted objects can be restored.',
    unit: 'days',
    source: lifecycleApi,
  }),
  incompleteUploadDays: field(days(1).default(7), {
    description: 'Age at which the parts of incomplete multipart uploads are deleted.',
    unit: 'days',
    source: lifecycleApi,
  }),
  bucketPolicyStatements: field(z.array(policyStatement.schema).default([]), {
    description:
      'Statements to add to the policy of the created bucket, each as JSON, such as the permission of another account to read.',
    ...policyStatement.words,
  }),
  objectLockMode: field(z.enum(['GOVERNANCE', 'COMPLIANCE']).optional(), {
    description:
      'Object Lock of the created bucket: S3 retains every version of every object, also of errors and query results, for `objectLockDays`. ' +
      'With GOVERNANCE, identities with s3:BypassGovernanceRetention can delete versions earlier. With COMPLIANCE, nobody can, also not to erase a person. ' +
      'Object Lock applies to new objects. S3 never turns it off again: without the setting, new objects have no retention.',
    source: objectLockGuide,
    whenOmitted: 'no retention',
  }),
  objectLockDays: field(days(1).optional(), {
    description: 'Retention of each object version with Object Lock. It must not exceed `expirationDays`.',
    unit: 'days',
    source: objectLockGuide,
    whenOmitted: 'none',
  }),
  logAccess: field(z.boolean().default(false), {
    description: 'Write S3 server access logs to the bucket `accessLogBucket`.',
  }),
  accessLogBucket: field(bucketName.schema.optional(), {
    description:
      'Name of the bucket for access logs, other than the archive bucket. Its policy must allow logging.s3.amazonaws.com to write.',
    ...allowedBucketName,
    whenOmitted: 'none',
  }),
  accessLogPrefix: field(z.string().default('s3-access/'), {
    description: 'Key prefix of the access logs.',
  }),
};

/**
 * Names that S3 rejects although their characters are valid.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const reservedBucketName =
  /[.][.]|^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$|^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|[.]mrap|--x-s3|--table-s3)$/;

const bucketRule = <Name extends string>(setting: Name): Rule<Record<Name, string | undefined>> => ({
  setting,
  message: (config) =>
    `is ${formatValue(config[setting])}, which S3 does not allow. Reserved are two adjacent dots, the form of an IP address, ` +
    'the prefixes xn--, sthree- and amzn-s3-demo-, and the suffixes -s3alias, --ol-s3, .mrap, --x-s3 and --table-s3',
  holds: (config) => not(matches(config[setting] ?? '', reservedBucketName)),
});

/** Returns the message about logs that would be written to the bucket whose access they record. */
const loggedAgain = ({ accessLogBucket }: { accessLogBucket: string | undefined }) =>
  `is ${formatValue(accessLogBucket)}, which is the archive bucket: use another bucket, because each delivered log would be logged again`;

type Config = Configured<
  typeof fields & Pick<typeof deliveryStreamSettings.fields, 'createStream' | 'bucketEncryption'>
>;

const rules: readonly Rule<Config>[] = [
  bucketRule('bucketName'),
  bucketRule('accessLogBucket'),
  {
    setting: 'createBucket',
    message: 'must be false if createStream is false, because an existing stream already has a bucket',
    holds: ({ createStream, createBucket }) => implies(createBucket, createStream),
  },
  requiredIf(
    'bucketName',
    ({ createBucket, createStream }) => and(createStream, not(createBucket)),
    'if createBucket is false: set it to the name of the existing bucket',
  ),
  {
    setting: 'bucketEncryption',
    message:
      'must be as-stream, unless createStream is true and createBucket is false: set encryption instead, or change these two',
    holds: ({ bucketEncryption, createBucket, createStream }) =>
      implies(equals(bucketEncryption, 'existing-key'), and(createStream, not(createBucket))),
  },
  noEffectUnless('bucketAccountId', ({ createBucket }) => not(createBucket), 'set createBucket to false'),
  {
    setting: 'transitionDays',
    message: ({ transitionDays }) =>
      `is ${formatValue(transitionDays)}, but STANDARD_IA requires at least 30: increase it, or use another transitionStorageClass`,
    holds: ({ transitionStorageClass, transitionDays }) =>
      implies(equals(transitionStorageClass, 'STANDARD_IA'), exceeds(transitionDays, 29)),
  },
  {
    setting: 'expirationDays',
    message: ({ expirationDays, transitionDays }) =>
      `is ${formatValue(expirationDays)}, but must be greater than transitionDays (${formatValue(transitionDays)}): increase it, or set transitionStorageClass to STANDARD`,
    holds: ({ createBucket, transitionStorageClass, expirationDays, transitionDays }) =>
      or(
        not(createBucket), // then expirationDays has no effect, which another rule reports
        equals(transitionStorageClass, 'STANDARD'),
        exceeds(valueOr(expirationDays, Number.MAX_SAFE_INTEGER), transitionDays),
      ),
  },
  {
    setting: 'errorExpirationDays',
    message: ({ expirationDays, errorExpirationDays }) =>
      `is ${formatValue(errorExpirationDays)} (default: 30), but must not exceed expirationDays (${formatValue(expirationDays)}): set errorExpirationDays to ${formatValue(expirationDays)} or less`,
    holds: ({ createBucket, expirationDays, errorExpirationDays }) =>
      or(
        not(createBucket),
        not(exceeds(errorExpirationDays, valueOr(expirationDays, Number.MAX_SAFE_INTEGER))),
      ),
  },
  requiredIf(
    'accessLogBucket',
    ({ logAccess }) => logAccess,
    'if logAccess is true: set it to the name of the bucket for the logs',
  ),
  noEffectUnless('accessLogBucket', ({ logAccess }) => logAccess, 'set logAccess to true'),
  {
    setting: 'accessLogBucket',
    message: loggedAgain,
    holds: ({ accessLogBucket, bucketName }) =>
      implies(and(isSet(accessLogBucket), isSet(bucketName)), not(equals(accessLogBucket, bucketName ?? ''))),
  },
  requiredIf(
    'objectLockDays',
    ({ objectLockMode }) => isSet(objectLockMode),
    'if objectLockMode is set: set it to the number of days of the retention',
  ),
  noEffectUnless('objectLockDays', ({ objectLockMode }) => isSet(objectLockMode), 'set objectLockMode'),
  noEffectUnless('objectLockMode', ({ createBucket }) => createBucket, 'set createBucket to true'),
  {
    setting: 'objectLockDays',
    message: ({ objectLockDays, expirationDays }) =>
      `is ${formatValue(objectLockDays)}, but must not exceed expirationDays (${formatValue(expirationDays)}), because S3 would keep expired objects: decrease it`,
    holds: ({ objectLockDays, expirationDays }) =>
      not(exceeds(valueOr(objectLockDays, 0), valueOr(expirationDays, Number.MAX_SAFE_INTEGER))),
  },
  {
    setting: 'bucketPolicyStatements',
    message: 'has no effect: set createBucket to true, or remove bucketPolicyStatements',
    holds: ({ createBucket, bucketPolicyStatements }) => or(createBucket, isEmpty(bucketPolicyStatements)),
  },
  statementsAreJson('bucketPolicyStatements'),
  falseUnless('forceDestroy', 'createBucket'),
  {
    setting: 'forceDestroy',
    message:
      'must be false if objectLockMode is COMPLIANCE, because nobody can delete retained objects: set it to false',
    holds: ({ forceDestroy, objectLockMode }) =>
      implies(forceDestroy, not(equals(objectLockMode, 'COMPLIANCE'))),
  },
  falseUnless('logAccess', 'createBucket'),
  noEffectUnless('expirationDays', ({ createBucket }) => createBucket, 'set createBucket to true'),
];

const archiveBucketSettings = { title: 'Bucket', fields, rules };

export { archiveBucketSettings, loggedAgain };
