import { type TerraformStack, TerraformVariable } from 'cdktf';
import { ArchiveBucket } from '../../modules/archive-bucket/archive-bucket';
import { DeliveryStream } from '../../modules/delivery-stream/delivery-stream';
import { EmailEventStream } from '../../modules/email-event-stream';
import { EncryptionKey } from '../../modules/encryption-key/encryption-key';
import { SesStreamRole } from '../../modules/ses-stream-role/ses-stream-role';
import { ConfigurationError } from '../../modules/settings/configuration-error';
import { withDefaults } from '../../modules/settings/configure';
import { messageOf } from '../../modules/settings/rule';
import {
  checkStream,
  describeFields,
  type StreamSettings,
  streamSettings,
} from '../../modules/stream-settings';
import { configurations } from './configurations';
import { beyondLimits, mistakes } from './mistakes';
import { newStack } from './synthesize';

describe('a configuration', () => {
  it.each(mistakes)('%j: %s', (configuration, setting, message) => {
    const issues = checkStream(configuration);
    expect(issues).toEqual([{ setting, message: expect.stringContaining(message) }]);
  });

  it.each([
    [{ name: 4711 }, 'name', '4711 is not valid: expected 2 to 32', ', as a string in quotes'],
    [{ configurationSets: [4711] }, 'configurationSets', '4711 is not valid', 'underscores'],
    [{ bufferingSize: Number.NaN }, 'bufferingSize', 'NaN is not valid', 'MiB'],
    [{ bufferingSize: Number.POSITIVE_INFINITY }, 'bufferingSize', 'Infinity is not valid', 'MiB'],
    [{ bufferingSize: null }, 'bufferingSize', 'null is not valid', 'MiB'],
    [{ name: true }, 'name', 'true is not valid', 'not ending with a hyphen'],
  ])('with a value of another type, which the message shows: %j', (configuration, setting, message, end) => {
    const [issue, ...more] = checkStream(configuration);
    expect(more).toEqual([]);
    expect(issue).toEqual({ setting, message: expect.stringContaining(message) });
    expect(issue?.message.endsWith(end)).toBe(true);
  });

  it.each<[string, Record<string, unknown>]>([
    ['leap days', { catalog: true, catalogFrom: '2028-02-29' }],
    ['the first and the last day', { catalog: true, catalogFrom: '2000-01-01' }],
    ['days of months with 31', { catalog: true, catalogFrom: '2026-12-31' }],
    ['a dot in the name of a bucket', { bucketName: 'mail.example.com' }],
    ['numbers and dots that are not an IP address', { bucketName: '1.2.3' }],
    ['a bucket name that begins with xn', { bucketName: 'xn-events' }],
    [
      'five alarm actions',
      { alarms: true, alarmActions: [1, 2, 3, 4, 5].map((n) => `arn:aws:sns:x:1:a${n}`) },
    ],
    ['a tag that contains aws', { tags: { awsome: 'a', 'x:aws:y': 'b' } }],
    ['the name of the unused feedback destination', { name: 'shop', eventDestinationName: 'shop-feedback' }],
    ['a prefix of 512 characters', { dataPrefix: `${'a'.repeat(511)}/` }],
  ])('can have %s', (_, configuration) => {
    expect(checkStream(configuration)).toEqual([]);
  });

  it.each(beyondLimits)('outside the limits: %j', (configuration, setting, allowed) => {
    expect(checkStream(configuration)).toContainEqual({
      setting,
      message: expect.stringContaining(`is not valid: expected ${allowed}`),
    });
  });

  it('has a mistake for each rule', () => {
    const broken = new Set(
      mistakes.flatMap(([values]) => {
        const config = withDefaults(streamSettings.fields, values);
        const issues = checkStream(values).map(({ setting, message }) => `${setting} ${message}`);
        return streamSettings.rules.filter((rule) =>
          issues.includes(`${rule.setting} ${messageOf(rule, config)}`),
        );
      }),
    );
    expect(streamSettings.rules.filter((rule) => !broken.has(rule)).map(({ setting }) => setting)).toEqual(
      [],
    );
  });

  it('has no cycle of rules, which Terraform would reject', () => {
    const reads = new Map<string, Set<string>>();
    for (const { setting, holds } of streamSettings.rules) {
      const read = reads.get(setting) ?? new Set<string>();
      reads.set(setting, read);
      const get = (target: StreamSettings, name: string | symbol) => {
        read.add(String(name));
        return Reflect.get(target, name);
      };
      holds(new Proxy(withDefaults(streamSettings.fields, {}), { get }));
    }
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      [...(reads.get(from) ?? [])].some(
        (next) =>
          next !== from && (next === to || (!seen.has(next) && reaches(next, to, new Set([...seen, next])))),
      );
    expect([...reads.keys()].filter((setting) => reaches(setting, setting))).toEqual([]);
  });

  it.each(Object.entries(configurations))('is valid: %s', (_, props) => {
    expect(checkStream(props)).toEqual([]);
  });

  it('is rejected by the construct with all mistakes at once', () => {
    const props = { bufferingSize: 500, createSesRole: false, alarmBounceRate: 7 };
    const stack = newStack();
    expect(() => new EmailEventStream(stack, 'events', props)).toThrow(
      new ConfigurationError('stack/events', [
        {
          setting: 'bufferingSize',
          message: '500 is not valid: expected a whole number from 1 to 128 MiB',
        },
        { setting: 'alarmBounceRate', message: '7 is not valid: expected a number from 0 to 1' },
        {
          setting: 'sesRoleArn',
          message: 'is required if createSesRole is false: set it to the ARN of the existing role',
        },
      ]),
    );
  });

  it('has no message about the consequence of another mistake', () => {
    const issues = checkStream({ parquetConversion: 'yes', bufferingSize: 1 });
    expect(issues.map(({ setting }) => setting)).toEqual(['parquetConversion']);
  });

  it('reports a setting without effect once, and not its value', () => {
    const issues = checkStream({ createBucket: false, bucketName: 'archive', expirationDays: 20 });
    expect(issues.map(({ setting, message }) => `${setting} ${message}`)).toEqual([
      'expirationDays has no effect: set createBucket to true, or remove expirationDays',
    ]);
  });

  it.each<[string, (stack: TerraformStack) => unknown, string]>([
    [
      'a bucket for logs with the default name of the archive',
      (stack) =>
        new ArchiveBucket(stack, 'alone', {
          ...{ accountId: '123456789012', region: 'eu-west-1', partition: 'aws' },
          ...{ logAccess: true, accessLogBucket: 'email-events-123456789012-eu-west-1' },
        }),
      'accessLogBucket is "email-events-123456789012-eu-west-1", which is the archive bucket',
    ],
    [
      'a bucket',
      (stack) => new ArchiveBucket(stack, 'alone', { expirationDays: 60 }),
      'expirationDays is 60, but must be greater than transitionDays (90)',
    ],
    [
      'a stream',
      (stack) => new DeliveryStream(stack, 'alone', { bucketArn: 'arn', errorPrefix: 'events/errors/' }),
      'errorPrefix is "events/errors/", which overlaps dataPrefix ("events/")',
    ],
    [
      'a role',
      (stack) =>
        new SesStreamRole(stack, 'alone', {
          streamArn: 'arn',
          configurationSetNames: ['a'],
          createSesRole: false,
        }),
      'sesRoleArn is required',
    ],
    [
      'a key',
      (stack) =>
        new EncryptionKey(stack, 'alone', {
          logGroupArn: 'arn',
          bucketArn: 'arn',
          encryption: 'existing-key',
        }),
      'kmsKeyArn is required',
    ],
    [
      'a customer-managed key without an ARN',
      (stack) => new ArchiveBucket(stack, 'alone', { isCustomerManaged: true }),
      'keyArn is required',
    ],
  ])('is also checked by a standalone construct: %s', (_, build, message) => {
    expect(() => build(newStack())).toThrow(message);
  });

  it('is checked item by item in a list that contains a token', () => {
    const name = new TerraformVariable(newStack(), 'name', {}).stringValue;
    expect(checkStream({ configurationSets: [name, 'a'] })).toEqual([]);
    expect(checkStream({ configurationSets: [name, 'a b'] })).toHaveLength(1);
  });

  it('is checked by Terraform if only Terraform knows the values', () => {
    const stack = newStack();
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
