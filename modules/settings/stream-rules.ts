import {
  and,
  areDisjoint,
  beginsWith,
  type Condition,
  common,
  equals,
  exceeds,
  implies,
  isEmpty,
  isSet,
  not,
  or,
  valueOr,
} from '../cdktf/condition';
import { type Rule, type Settings, shown } from './rule';
import { valueRules } from './value-rules';

/** The settings that are switches. */
type Switch = { [Name in keyof Settings]: Settings[Name] extends boolean ? Name : never }[keyof Settings];

/** Settings that need another one: a switch and what it is about. */
const needs = (setting: keyof Settings, condition: (config: Settings) => Condition, why: string): Rule => ({
  setting,
  message: `is missing: ${why}`,
  holds: (config) => implies(condition(config), isSet(config[setting])),
});

/** A setting that has no effect unless another one is on. */
const idleUnless = (
  setting: keyof Settings,
  condition: (config: Settings) => Condition,
  how: string,
): Rule => ({
  setting,
  message: `has no effect: ${how}, or leave it out`,
  holds: (config) => implies(isSet(config[setting]), condition(config)),
});

/** A switch that has no effect unless another one is on. */
const offUnless = (setting: Switch, condition: (config: Settings) => Condition, how: string): Rule => ({
  setting,
  message: `has no effect: ${how}, or turn it off`,
  holds: (config) => implies(config[setting], condition(config)),
});

const createdStream = ({ createStream }: Settings) => createStream;
const createdBucket = ({ createBucket }: Settings) => createBucket;

/** Whether one of two folders lies in the other. */
const overlap = (one: string, other: string) => or(beginsWith(one, other), beginsWith(other, one));

/** Whether a folder overlaps one that the stream delivers to. */
const overlapsDelivery = (
  folder: string,
  { dataPrefix, errorPrefix, parquetPrefix }: Pick<Settings, 'dataPrefix' | 'errorPrefix' | 'parquetPrefix'>,
) => or(overlap(folder, dataPrefix), overlap(folder, errorPrefix), overlap(folder, parquetPrefix));

/**
 * The rules, in the order in which they are reported. As validations of Terraform's variables they may not look at each
 * other in a ring: of two settings in a rule, the one to blame is the one that no rule of the other reads.
 */
const streamRules: readonly Rule[] = [
  ...valueRules,
  {
    setting: 'configurationSets',
    message: 'is empty and there is no existing one: name a configuration set, or leave it out',
    holds: ({ name, configurationSets, existingConfigurationSets }) =>
      or(
        not(isEmpty(valueOr<readonly string[]>(configurationSets, [name]))),
        not(isEmpty(existingConfigurationSets)),
      ),
  },
  {
    setting: 'configurationSets',
    message: ({ name, configurationSets, existingConfigurationSets }) =>
      `names ${shown(common(valueOr<readonly string[]>(configurationSets, [name]), existingConfigurationSets))}, which existingConfigurationSets names too: a set is created or exists`,
    holds: ({ name, configurationSets, existingConfigurationSets }) =>
      areDisjoint(valueOr<readonly string[]>(configurationSets, [name]), existingConfigurationSets),
  },
  idleUnless('trackingHttpsPolicy', ({ trackingDomain }) => isSet(trackingDomain), 'name a trackingDomain'),
  needs('feedbackTopicArn', ({ publishFeedback }) => publishFeedback, 'publishFeedback needs a topic'),
  idleUnless('feedbackTopicArn', ({ publishFeedback }) => publishFeedback, 'set publishFeedback to true'),
  needs(
    'sesRoleArn',
    ({ createSesRole }) => not(createSesRole),
    'createSesRole is off, so name the existing role',
  ),
  idleUnless('sesRoleArn', ({ createSesRole }) => not(createSesRole), 'set createSesRole to false'),
  needs(
    'streamName',
    ({ createStream }) => not(createStream),
    'createStream is off, so name the existing stream',
  ),
  needs(
    'deliveryRoleArn',
    ({ createStream, createDeliveryRole }) => and(createStream, not(createDeliveryRole)),
    'createDeliveryRole is off, so name the existing role',
  ),
  idleUnless(
    'deliveryRoleArn',
    ({ createDeliveryRole }) => not(createDeliveryRole),
    'set createDeliveryRole to false',
  ),
  {
    setting: 'errorPrefix',
    message: ({ dataPrefix, errorPrefix }) =>
      `is ${shown(errorPrefix)}, which overlaps dataPrefix (${shown(dataPrefix)}): readers of the data would find the errors; choose another folder`,
    holds: ({ dataPrefix, errorPrefix }) => not(overlap(dataPrefix, errorPrefix)),
  },
  {
    setting: 'parquetPrefix',
    message: ({ parquetPrefix, dataPrefix, errorPrefix }) =>
      `is ${shown(parquetPrefix)}, which overlaps dataPrefix (${shown(dataPrefix)}) or errorPrefix (${shown(errorPrefix)}): choose another folder`,
    holds: ({ parquetPrefix, dataPrefix, errorPrefix }) =>
      not(or(overlap(parquetPrefix, dataPrefix), overlap(parquetPrefix, errorPrefix))),
  },
  {
    setting: 'bufferingInterval',
    message: 'is 0: with parquetConversion the records as they came must wait, at least a second',
    holds: ({ parquetConversion, bufferingInterval }) =>
      implies(parquetConversion, exceeds(bufferingInterval, 0)),
  },
  {
    setting: 'bufferingSize',
    message: ({ bufferingSize }) =>
      `is ${shown(bufferingSize)}, below 64: parquetConversion needs at least 64 MiB`,
    holds: ({ parquetConversion, bufferingSize }) => implies(parquetConversion, exceeds(bufferingSize, 63)),
  },
  needs(
    'parquetDatabase',
    ({ parquetConversion }) => parquetConversion,
    'parquetConversion needs a Glue table',
  ),
  needs('parquetTable', ({ parquetConversion }) => parquetConversion, 'parquetConversion needs a Glue table'),
  needs('processorFunctionArn', ({ processRecords }) => processRecords, 'processRecords needs a function'),
  idleUnless('processorFunctionArn', ({ processRecords }) => processRecords, 'set processRecords to true'),
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
  idleUnless('bucketAccountId', (config) => not(createdBucket(config)), 'set createBucket to false'),
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
  needs(
    'kmsKeyArn',
    ({ encryption }) => equals(encryption, 'existing-key'),
    'encryption is existing-key, so name the key',
  ),
  idleUnless(
    'kmsKeyArn',
    ({ encryption }) => equals(encryption, 'existing-key'),
    'set encryption to existing-key',
  ),
  {
    setting: 'objectQueue',
    message:
      "is on while createBucket is off: it would replace the existing bucket's notifications; add the queue to those, or let the bucket be created",
    holds: ({ objectQueue, createBucket }) => implies(objectQueue, createBucket),
  },
  {
    setting: 'catalog',
    message:
      'is on while createStream is off: how an existing stream names its objects is not known here, and without dt=…/hour=… Athena finds none; use the construct EventCatalog if they are so named, or turn it off',
    holds: ({ catalog, createStream }) => implies(catalog, createStream),
  },
  {
    setting: 'catalog',
    message: ({ compressionFormat }) =>
      `is on while compressionFormat is ${shown(compressionFormat)}, which Athena does not know by the name of the object: set that to GZIP or UNCOMPRESSED`,
    holds: ({ catalog, compressionFormat }) =>
      implies(catalog, or(equals(compressionFormat, 'GZIP'), equals(compressionFormat, 'UNCOMPRESSED'))),
  },
  needs('catalogFrom', ({ catalog }) => catalog, 'catalog needs the first day that has events'),
  idleUnless('catalogFrom', ({ catalog }) => catalog, 'set catalog to true'),
  idleUnless('catalogDatabase', ({ catalog }) => catalog, 'set catalog to true'),
  offUnless('catalogParquet', ({ catalog }) => catalog, 'set catalog to true'),
  {
    setting: 'catalogResultsPrefix',
    message: ({ catalogResultsPrefix, dataPrefix, errorPrefix, parquetPrefix }) =>
      `is ${shown(catalogResultsPrefix)}, which overlaps dataPrefix (${shown(dataPrefix)}), errorPrefix (${shown(errorPrefix)}) or parquetPrefix (${shown(parquetPrefix)}): results are no events; choose another folder`,
    holds: (config) => not(overlapsDelivery(config.catalogResultsPrefix, config)),
  },
  {
    setting: 'catalogParquetPrefix',
    message: ({ catalogParquetPrefix, dataPrefix, errorPrefix, parquetPrefix, catalogResultsPrefix }) =>
      `is ${shown(catalogParquetPrefix)}, which overlaps dataPrefix (${shown(dataPrefix)}), errorPrefix (${shown(errorPrefix)}), parquetPrefix (${shown(parquetPrefix)}) or catalogResultsPrefix (${shown(catalogResultsPrefix)}): choose another folder`,
    holds: (config) =>
      not(
        or(
          overlapsDelivery(config.catalogParquetPrefix, config),
          overlap(config.catalogParquetPrefix, config.catalogResultsPrefix),
        ),
      ),
  },
  {
    setting: 'alarmFreshness',
    message: ({ alarmFreshness, bufferingInterval }) =>
      `is ${shown(alarmFreshness)}, not above bufferingInterval (${shown(bufferingInterval)}), so that the alarm would go off in normal operation: raise it`,
    holds: ({ alarms, createStream, alarmFreshness, bufferingInterval }) =>
      implies(and(alarms, createStream), exceeds(alarmFreshness, bufferingInterval)),
  },
  offUnless('processRecords', createdStream, 'set createStream to true'),
  offUnless('appendDelimiter', createdStream, 'set createStream to true'),
  offUnless('parquetConversion', createdStream, 'set createStream to true'),
  {
    setting: 'encryption',
    message:
      'is new-key while createStream is off: the key would encrypt nothing; set it to existing-key or aws-owned',
    holds: ({ createStream, encryption }) => implies(equals(encryption, 'new-key'), createStream),
  },
  offUnless('forceDestroy', createdBucket, 'set createBucket to true'),
  offUnless('logAccess', createdBucket, 'set createBucket to true'),
  idleUnless('expirationDays', createdBucket, 'set createBucket to true'),
  {
    setting: 'alarmActions',
    message: 'has no effect: set alarms to true, or leave it out',
    holds: ({ alarms, alarmActions }) => or(alarms, isEmpty(alarmActions)),
  },
];

export { streamRules };
