import { TerraformVariable } from 'cdktf';
import { ConfigurationError } from '../../../modules/config/configuration-error';
import { checkStream } from '../../../modules/config/stream-check';
import { streamRules } from '../../../modules/config/stream-rules';
import { EmailEventStream } from '../../../modules/email-event-stream';
import { describeFields } from '../../../modules/stream-config';
import { configurations } from '../configurations';
import { newStack } from '../synthesize';
import { beyondLimits, mistakes } from './mistakes';

describe('a configuration', () => {
  it.each(mistakes)('%j: %s', (configuration, setting, message) => {
    const issues = checkStream(configuration);
    expect(issues).toEqual([{ setting, message: expect.stringContaining(message) }]);
  });

  it.each(beyondLimits)('outside the limits: %j', (configuration, setting, allowed) => {
    expect(checkStream(configuration)).toContainEqual({
      setting,
      message: expect.stringContaining(`is not allowed here: write ${allowed}`),
    });
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
    const stack = newStack();
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
