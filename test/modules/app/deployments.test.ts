import { readDeployments } from '../../../modules/app/deployments';

const production = { region: 'eu-west-1', name: 'events' };
const staging = { region: 'eu-central-1', name: 'events-staging', alarms: true };
const both = { environments: { staging, production } };

const sets = (count: number) => Array.from({ length: count }, (_, index) => `set-${index}`.padEnd(22, '-'));

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:123456789012:${resource}`;

const read = (context: unknown, environment: NodeJS.ProcessEnv = {}) =>
  readDeployments({ context, environment });

describe('deployments', () => {
  it('are one for each environment of cdktf.json', () => {
    expect(read(both)).toMatchObject([
      {
        stage: 'staging',
        target: { region: 'eu-central-1' },
        stream: { name: 'events-staging', alarms: true },
      },
      { stage: 'production', target: { region: 'eu-west-1' }, stream: { name: 'events' } },
    ]);
  });

  it('may name as many sets as the trust policy has room for', () => {
    const environments = { a: { region: 'eu-west-1', configurationSets: sets(20) } };
    expect(read({ environments })).toHaveLength(1);
  });

  it('are the one that STAGE names', () => {
    expect(read(both, { STAGE: 'production' }).map(({ stage }) => stage)).toEqual(['production']);
  });

  it.each([
    ['text', { EMAIL_EVENTS_NAME: 'other' }, { name: 'other' }],
    ['a number', { EMAIL_EVENTS_BUFFERING_SIZE: '32' }, { bufferingSize: 32 }],
    ['a switch', { EMAIL_EVENTS_OBJECT_QUEUE: 'true' }, { objectQueue: true }],
    ['a choice of numbers', { EMAIL_EVENTS_LOG_RETENTION_DAYS: '30' }, { logRetentionDays: 30 }],
    ['a list', { EMAIL_EVENTS_CONFIGURATION_SETS: 'a, b' }, { configurationSets: ['a', 'b'] }],
    ['an empty list', { EMAIL_EVENTS_SUPPRESSED_REASONS: '' }, { suppressedReasons: [] }],
    ['a map', { EMAIL_EVENTS_TAGS: 'a=1,b=x=y' }, { tags: { a: '1', b: 'x=y' } }],
  ])('take from the environment, before cdktf.json: %s', (_, variables, stream) => {
    expect(read(both, { STAGE: 'production', ...variables })).toMatchObject([{ stream }]);
  });

  it('take the region from the environment too', () => {
    const environment = { STAGE: 'production', EMAIL_EVENTS_REGION: 'us-gov-west-1' };
    expect(read(both, environment)).toMatchObject([{ target: { region: 'us-gov-west-1' } }]);
  });

  it('tell their stream where it is', () => {
    const accountId = '111122223333';
    expect(read({ environments: { production: { ...production, accountId } } })).toMatchObject([
      { target: { region: 'eu-west-1', accountId }, stream: { region: 'eu-west-1', accountId } },
    ]);
  });

  it('say once of a region that it is wrong', () => {
    expect(() => read({ environments: { a: { region: 'Ireland' } } })).toThrow(/^(?!(.*Ireland){2})/s);
  });

  it.each<[string, unknown, NodeJS.ProcessEnv, RegExp[]]>([
    ['no context', undefined, {}, [/context\.emailEvents\.environments in cdktf\.json: is missing/]],
    ['no environment', { environments: {} }, {}, [/is missing: write at least one/]],
    [
      'an unknown stage',
      both,
      { STAGE: 'live' },
      [/STAGE: "live" is no environment of cdktf\.json: choose staging or production/],
    ],
    [
      'a region that is none, or none',
      { environments: { a: { region: 'Ireland' }, b: {} } },
      {},
      [
        /environments\.a\.region in cdktf\.json: "Ireland" is not allowed here: write a region such as eu-west-1/,
        /environments\.b\.region in cdktf\.json: is missing: write a region such as eu-west-1/,
      ],
    ],
    [
      'a setting that is none',
      { environments: { a: { region: 'eu-west-1', bufferSize: 3 } } },
      { EMAIL_EVENTS_BUFFER: '3' },
      [/a\.bufferSize in cdktf\.json: names no setting/, /EMAIL_EVENTS_BUFFER: names no setting/],
    ],
    [
      'values that are not allowed, in both places, and a rule',
      { environments: { a: { region: 'eu-west-1', bufferingInterval: 1000, createSesRole: false } } },
      { EMAIL_EVENTS_BUFFERING_SIZE: 'much' },
      [
        /EMAIL_EVENTS_BUFFERING_SIZE: "much" is not allowed here: write a whole number from 1 to 128 MiB/,
        /a\.bufferingInterval in cdktf\.json: 1000 is not allowed here/,
        /a\.sesRoleArn in cdktf\.json: is missing/,
      ],
    ],
    [
      'variables that would change every environment',
      both,
      { EMAIL_EVENTS_ALARMS: 'true' },
      [
        /EMAIL_EVENTS_ALARMS: would change every environment: say with STAGE which one, staging or production/,
      ],
    ],
    [
      'two environments of one name in one region',
      { environments: { a: production, b: { ...production } } },
      {},
      [/environments\.b\.name in cdktf\.json: "events" is the name in a too/],
    ],
    [
      'environments in a list',
      { environments: [production] },
      {},
      [/environments in cdktf\.json: is a list: write an object with a name for each environment/],
    ],
    [
      'an account as a number',
      { environments: { a: { ...production, accountId: 123456789012 } } },
      {},
      [/a\.accountId .*: 123456789012 is not allowed here: write 12 digits, as text in quotes/],
    ],
    [
      'things of another region',
      {
        environments: {
          a: {
            ...production,
            ...{ encryption: 'existing-key', kmsKeyArn: arn('kms', 'key/a') },
            ...{ publishFeedback: true, feedbackTopicArn: arn('sns', 'feedback') },
            ...{ processRecords: true, processorFunctionArn: arn('lambda', 'function:f') },
            ...{ alarms: true, alarmActions: [arn('sns', 'alarms')] },
          },
        },
      },
      {},
      ['kmsKeyArn', 'feedbackTopicArn', 'processorFunctionArn', 'alarmActions'].map(
        (setting) =>
          new RegExp(`a\\.${setting} .*: "arn:.*" is in eu-central-1, and the rest in eu-west-1: `),
      ),
    ],
    [
      'more sets than the trust policy has room for in this region',
      { environments: { a: { region: 'ap-southeast-2', configurationSets: sets(22) } } },
      {},
      [/a\.trustMode in cdktf\.json: is source-arn, which makes a trust policy of 2\d{3} characters for 22 /],
    ],
    [
      'a key of a state without its bucket',
      { environments: { a: { ...production, stateKey: 'a' } } },
      {},
      [/a\.stateKey in cdktf\.json: has no effect: set stateBucket/],
    ],
    [
      'a name that cannot be in an address',
      { environments: { 'a b': production } },
      {},
      [/is no name of an environment/],
    ],
    [
      'an environment that is no object',
      { environments: { a: 'eu-west-1' } },
      {},
      [/environments\.a in cdktf\.json: is no object/],
    ],
    [
      'an account that is none',
      { environments: { a: { region: 'eu-west-1', accountId: '1' } } },
      {},
      [/a\.accountId .*: write 12 digits/],
    ],
    [
      'a map without values',
      both,
      { STAGE: 'production', EMAIL_EVENTS_TAGS: 'a' },
      [/EMAIL_EVENTS_TAGS: .* not allowed here: write names with texts/],
    ],
  ])(
    'are refused, with every mistake under the name that it was written with: %s',
    (_, context, environment, messages) => {
      const attempt = () => read(context, environment);
      expect(attempt).toThrow(/^the configuration of the email events cannot be used:\n/);
      for (const message of messages) expect(attempt).toThrow(message);
    },
  );
});
