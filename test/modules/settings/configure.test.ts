import { z } from 'zod';
import { DeliveryStream } from '../../../modules/delivery-stream/delivery-stream';
import { EmailEventStream } from '../../../modules/email-event-stream';
import { ConfigurationError } from '../../../modules/settings/configuration-error';
import { configure, pick } from '../../../modules/settings/configure';
import { field } from '../../../modules/settings/field';
import type { Rule } from '../../../modules/settings/rule';
import { streamSettings } from '../../../modules/stream-settings';
import { configurations } from '../configurations';
import { newStack } from '../synthesize';

const size = field(z.number().int().min(1).max(9).default(5), { description: 'A size.' });
const tall = field(z.boolean().default(false), { description: 'Whether it is tall.' });
const fields = { size, tall };
const rule: Rule<{ size: number; tall: boolean }> = {
  setting: 'size',
  message: ({ size: found }) => `is ${found}: too small for tall`,
  holds: ({ size: found, tall: isTall }) => !isTall || found > 3,
};
const group = { fields, rules: [rule] };

/** The settings only, without the symbol that marks them as checked. */
const settings = (config: object) => Object.fromEntries(Object.entries(config));

afterEach(() => jest.restoreAllMocks());

describe('configured settings', () => {
  it('contain defaults, and no other props', () => {
    expect(settings(configure('it', group, { size: 7, bucketArn: 'arn' }))).toEqual({ size: 7, tall: false });
  });

  it.each<[props: object, setting: string, message: string]>([
    [{ size: 12 }, 'size', '12 is not valid: expected a whole number from 1 to 9'],
    [{ size: 2, tall: true }, 'size', 'is 2: too small for tall'],
  ])('are rejected: %j', (props, setting, message) => {
    expect(() => configure('it', group, props)).toThrow(new ConfigurationError('it', [{ setting, message }]));
  });

  it('are not checked by a rule that reads a setting of another construct', () => {
    expect(settings(configure('it', pick(group, 'size'), { size: 2, tall: true }))).toEqual({ size: 2 });
    expect(() => configure('it', pick(group, 'size'), { size: 12 })).toThrow('12 is not valid');
  });

  it('cause an error if a rule itself fails', () => {
    const broken = { ...rule, holds: () => JSON.parse('{') };
    expect(() => configure('it', { fields, rules: [broken] }, {})).toThrow(SyntaxError);
  });

  it('are checked once, even if they are passed on', () => {
    const holds = jest.spyOn(rule, 'holds');
    const config: { size?: number; tall?: boolean } = configure('it', group, { size: 7 });
    expect(settings(configure('part', group, { ...config, bucketArn: 'arn' }))).toEqual({
      size: 7,
      tall: false,
    });
    expect(settings(configure('part', pick(group, 'size'), { tall: true, ...config }))).toEqual({ size: 7 });
    expect(holds).toHaveBeenCalledTimes(1);
  });

  it.each<[string, () => unknown]>([
    ['a copy without the symbol', () => configure('part', group, { ...JSON.parse('{"size": 12}') })],
    [
      'checked with another limit',
      () => {
        const other = { size: field(z.number().min(0).max(99).default(0), { description: 'Another size.' }) };
        return configure('part', group, { ...configure('it', { fields: other, rules: [] }, { size: 12 }) });
      },
    ],
    [
      'partly checked',
      () => configure('part', group, { ...configure('it', pick(group, 'tall'), { tall: true }), size: 12 }),
    ],
  ])('are checked again if they are %s', (_, build) => {
    expect(build).toThrow('12 is not valid');
  });
});

describe('the settings of a stream', () => {
  const { rules } = streamSettings;
  const schemas = Object.values<z.ZodType>(streamSettings.fields);

  /** The maximum number of evaluations of a rule and of a limit during a build. */
  function maximumChecks(build: () => unknown): { rules: number; limits: number } {
    const asked = (count: { mock: { calls: unknown[] } }) => count.mock.calls.length;
    const ofRules = rules.map((one) => jest.spyOn(one, 'holds'));
    const ofLimits = schemas.map((schema) => jest.spyOn(schema, 'safeParse'));
    build();
    return { rules: Math.max(...ofRules.map(asked)), limits: Math.max(...ofLimits.map(asked)) };
  }

  it.each(Object.entries(configurations))(
    'are checked once by all constructs of a composite: %s',
    (_, props) => {
      expect(maximumChecks(() => new EmailEventStream(newStack(), 'Default', props))).toEqual({
        rules: 1,
        limits: 1,
      });
    },
  );

  it('are checked once by a standalone construct and its parts', () => {
    const build = () => new DeliveryStream(newStack(), 'stream', { bucketArn: 'arn:aws:s3:::archive' });
    expect(maximumChecks(build)).toEqual({ rules: 1, limits: 1 });
  });
});
