import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { ConfigurationError } from '../../../modules/config/configuration-error';
import { checkStream } from '../../../modules/config/stream-check';
import { streamRules } from '../../../modules/config/stream-rules';
import { EmailEventStream } from '../../../modules/email-event-stream';
import { describeFields } from '../../../modules/stream-config';
import { configurations } from '../configurations';

/** Configurations with one mistake each, the setting that is to blame, and what is said about it. */
const mistakes: [configuration: Record<string, unknown>, setting: string, message: string][] = [
  [{ name: 'Shop' }, 'name', '"Shop" is not allowed here: write 2 to 32 lower-case letters'],
  [{ name: 'a'.repeat(33) }, 'name', 'write 2 to 32 lower-case letters'],
  [{ configurationSets: ['a b'] }, 'configurationSets', '"a b" is not allowed here: write a list of names'],
  [{ configurationSets: [] }, 'configurationSets', 'is empty and there is no existing one'],
  [{ eventTypes: [] }, 'eventTypes', '[] is not allowed here: write a list of any of SEND,'],
  [{ eventTypes: ['BOUNCED'] }, 'eventTypes', '"BOUNCED" is not allowed here'],
  [{ tlsPolicy: 'require' }, 'tlsPolicy', '"require" is not allowed here: write one of REQUIRE, OPTIONAL'],
  [{ publishFeedback: true }, 'feedbackTopicArn', 'is missing: publishFeedback needs a topic'],
  [
    { feedbackTopicArn: 'arn:aws:sns:eu-west-1:123456789012:feedback' },
    'feedbackTopicArn',
    'has no effect: set publishFeedback to true',
  ],
  [
    { publishFeedback: true, feedbackTopicArn: 'arn:aws:sns:eu-west-1:123456789012:feedback.fifo' },
    'feedbackTopicArn',
    'write the ARN of an SNS standard topic',
  ],
  [{ trustMode: 'both' }, 'trustMode', 'write one of source-arn, external-id'],
  [{ createSesRole: false }, 'sesRoleArn', 'is missing: createSesRole is off'],
  [
    { sesRoleArn: 'arn:aws:iam::123456789012:role/a' },
    'sesRoleArn',
    'has no effect: set createSesRole to false',
  ],
  [{ createStream: false, createBucket: false }, 'streamName', 'is missing: createStream is off'],
  [{ createDeliveryRole: false }, 'deliveryRoleArn', 'is missing: createDeliveryRole is off'],
  [
    { deliveryRoleArn: 'arn:aws:iam::123456789012:role/a' },
    'deliveryRoleArn',
    'has no effect: set createDeliveryRole to false',
  ],
  [
    { bufferingInterval: 901 },
    'bufferingInterval',
    '901 is not allowed here: write a whole number from 0 to 900 seconds',
  ],
  [
    { bufferingSize: 129 },
    'bufferingSize',
    '129 is not allowed here: write a whole number from 1 to 128 MiB',
  ],
  [{ bufferingSize: '64' }, 'bufferingSize', '"64" is not allowed here'],
  [{ compressionFormat: 'gzip' }, 'compressionFormat', 'write one of GZIP, UNCOMPRESSED'],
  [{ dataPrefix: 'events' }, 'dataPrefix', 'each with a slash behind it'],
  [{ dataPrefix: '/events/' }, 'dataPrefix', '"/events/" is not allowed here'],
  [{ dataPrefix: 'a/!{timestamp:yyyy}/' }, 'dataPrefix', 'is not allowed here'],
  [{ errorPrefix: 'events/errors/' }, 'errorPrefix', 'overlaps dataPrefix'],
  [{ dataPrefix: 'errors/data/' }, 'errorPrefix', 'overlaps dataPrefix'],
  [{ logRetentionDays: 42 }, 'logRetentionDays', '42 is not allowed here: write one of 1, 3, 5'],
  [{ processRecords: true }, 'processorFunctionArn', 'is missing: processRecords needs a function'],
  [
    { processorFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:f' },
    'processorFunctionArn',
    'has no effect: set processRecords to true',
  ],
  [{ parquetConversion: true, parquetTable: 'a' }, 'parquetDatabase', 'is missing'],
  [{ parquetConversion: true, parquetDatabase: 'a' }, 'parquetTable', 'is missing'],
  [
    { parquetConversion: true, parquetDatabase: 'a', parquetTable: 'b', bufferingSize: 63 },
    'bufferingSize',
    'is below 64: parquetConversion needs at least 64 MiB',
  ],
  [
    { parquetConversion: true, parquetDatabase: 'a', parquetTable: 'b', parquetPrefix: 'events/parquet/' },
    'parquetPrefix',
    'overlaps dataPrefix or errorPrefix',
  ],
  [{ createStream: false, streamName: 'a' }, 'createBucket', 'is on while createStream is off'],
  [{ createBucket: false }, 'bucketName', 'is missing: createBucket is off'],
  [{ bucketName: 'Archive' }, 'bucketName', 'write 3 to 63 lower-case letters'],
  [{ transitionDays: 29 }, 'transitionDays', 'write a whole number from 30 to 36500 days'],
  [{ expirationDays: 90 }, 'expirationDays', 'is not above transitionDays'],
  [{ logAccess: true }, 'accessLogBucket', 'is missing: logAccess needs a bucket'],
  [{ accessLogBucket: 'logs' }, 'accessLogBucket', 'has no effect: set logAccess to true'],
  [
    { logAccess: true, accessLogBucket: 'archive', bucketName: 'archive' },
    'accessLogBucket',
    'is the archive bucket itself',
  ],
  [{ encryption: 'existing-key' }, 'kmsKeyArn', 'is missing: encryption is existing-key'],
  [
    { kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/a' },
    'kmsKeyArn',
    'has no effect: set encryption to existing-key',
  ],
  [
    { encryption: 'existing-key', kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:alias/a' },
    'kmsKeyArn',
    'write the ARN of a KMS key (no alias)',
  ],
  [{ kmsKeyDeletionDays: 5 }, 'kmsKeyDeletionDays', 'from 7 to 30 days'],
  [
    { objectQueue: true, createBucket: false, bucketName: 'archive' },
    'objectQueue',
    "would replace the existing bucket's notifications",
  ],
  [{ alarms: true, alarmFreshness: 300 }, 'alarmFreshness', 'is not above bufferingInterval'],
  [{ alarmBounceRate: 5 }, 'alarmBounceRate', '5 is not allowed here: write a number from 0 to 1'],
  [{ alarmActions: ['pager'] }, 'alarmActions', '"pager" is not allowed here: write a list of ARNs'],
  [{ tags: { CostCenter: 4711 } }, 'tags', '4711 is not allowed here: write names with texts'],
  [{ alarms: 'yes' }, 'alarms', '"yes" is not allowed here: write true or false'],
];

describe('a configuration', () => {
  it.each(mistakes)('%j: %s', (configuration, setting, message) => {
    const issues = checkStream(configuration);
    expect(issues).toEqual([{ setting, message: expect.stringContaining(message) }]);
  });

  it('breaks each rule somewhere in these', () => {
    const said = new Set(mistakes.flatMap(([values]) => checkStream(values).map(({ message }) => message)));
    expect(streamRules.filter(({ message }) => !said.has(message))).toEqual([]);
  });

  it.each(Object.entries(configurations))('is in order: %s', (_, props) => {
    expect(checkStream(props)).toEqual([]);
  });

  it('has all its mistakes told at once, by the construct too', () => {
    const props = { bufferingSize: 500, createSesRole: false, alarmBounceRate: 7 };
    const stack = new TerraformStack(Testing.app(), 'stack');
    expect(() => new EmailEventStream(stack, 'events', props)).toThrow(
      new ConfigurationError('stack/events', [
        {
          setting: 'bufferingSize',
          message: '500 is not allowed here: write a whole number from 1 to 128 MiB',
        },
        { setting: 'alarmBounceRate', message: '7 is not allowed here: write a number from 0 to 1' },
        {
          setting: 'sesRoleArn',
          message: 'is missing: createSesRole is off, so name the existing role',
        },
      ]),
    );
  });

  it('is not told of what follows from another mistake', () => {
    const issues = checkStream({ parquetConversion: 'yes', bufferingSize: 1 });
    expect(issues.map(({ setting }) => setting)).toEqual(['parquetConversion']);
  });

  it('is left to Terraform where only Terraform knows', () => {
    const stack = new TerraformStack(Testing.app(), 'stack');
    const values = describeFields().map(({ name, form }) => {
      const variable = new TerraformVariable(stack, name, {});
      const token = {
        text: variable.stringValue,
        number: variable.numberValue,
        switch: variable.booleanValue,
        choice: variable.stringValue,
        list: variable.listValue,
        map: variable.value,
      }[form.kind];
      return [name, token];
    });
    expect(checkStream(Object.fromEntries(values))).toEqual([]);
  });
});
