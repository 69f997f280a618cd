import {
  equals,
  exceeds,
  implies,
  isDistinct,
  keysOf,
  lengthOf,
  matches,
  matchesAny,
  not,
  valueOr,
} from '../cdktf/condition';
import { type Rule, shown } from './rule';

/**
 * What no bucket is called, though its characters are those of a bucket's name.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const notOfBuckets =
  /[.][.]|^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$|^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|[.]mrap|--x-s3|--table-s3)$/;

const bucketRule = (setting: 'bucketName' | 'accessLogBucket'): Rule => ({
  setting,
  message: (config) =>
    `is ${shown(config[setting])}, which S3 does not allow: two dots in a row, the form of an IP address, and the ` +
    'beginnings xn--, sthree- and amzn-s3-demo- and the endings -s3alias, --ol-s3, .mrap, --x-s3 and --table-s3 ' +
    'are reserved',
  holds: (config) => not(matches(config[setting] ?? '', notOfBuckets)),
});

/** A key has at most 1,024 bytes; day, hour, kind of error and the object's name, with the stream's, need the rest. */
const longestPrefix = 512;

const prefixRule = (
  setting: 'dataPrefix' | 'errorPrefix' | 'parquetPrefix' | 'catalogResultsPrefix' | 'catalogParquetPrefix',
): Rule => ({
  setting,
  message: (config) =>
    `has ${shown(lengthOf(config[setting]))} characters, and ${longestPrefix} leave room for the rest of a key: ` +
    'choose a shorter one',
  holds: (config) => not(exceeds(lengthOf(config[setting]), longestPrefix)),
});

const distinctRule = (
  setting:
    | 'configurationSets'
    | 'existingConfigurationSets'
    | 'eventTypes'
    | 'feedbackEventTypes'
    | 'suppressedReasons'
    | 'alarmActions',
): Rule => ({
  setting,
  message: (config) => `names one twice: ${shown(config[setting])}; leave one of the two out`,
  holds: (config) => isDistinct(valueOr<readonly string[]>(config[setting], [])),
});

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const mostAlarmActions = 5;

/** Rules about what single settings hold, that neither their types nor their patterns can say. */
const valueRules: readonly Rule[] = [
  ...(
    [
      'configurationSets',
      'existingConfigurationSets',
      'eventTypes',
      'feedbackEventTypes',
      'suppressedReasons',
      'alarmActions',
    ] as const
  ).map(distinctRule),
  ...(
    ['dataPrefix', 'errorPrefix', 'parquetPrefix', 'catalogResultsPrefix', 'catalogParquetPrefix'] as const
  ).map(prefixRule),
  bucketRule('bucketName'),
  bucketRule('accessLogBucket'),
  {
    setting: 'alarmActions',
    message: ({ alarmActions }) =>
      `has ${shown(lengthOf(alarmActions))} ARNs, and CloudWatch takes ${mostAlarmActions} for an alarm: leave some ` +
      'out, or let one SNS topic send to several',
    holds: ({ alarmActions }) => not(exceeds(lengthOf(alarmActions), mostAlarmActions)),
  },
  {
    setting: 'tags',
    message: ({ tags }) =>
      `has a key that begins with aws: (${shown(keysOf(tags))}), which AWS reserves: choose another`,
    holds: ({ tags }) => not(matchesAny(keysOf(tags), /^[Aa][Ww][Ss]:/)),
  },
  {
    setting: 'eventDestinationName',
    message: ({ eventDestinationName }) =>
      `is ${shown(eventDestinationName)}, the name of the destination that publishFeedback makes: choose another`,
    holds: ({ name, eventDestinationName, publishFeedback }) =>
      implies(publishFeedback, not(equals(valueOr(eventDestinationName, name), `${name}-feedback`))),
  },
];

export { valueRules };
