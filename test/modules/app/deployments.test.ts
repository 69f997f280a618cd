import { readDeployments } from '../../../modules/app/deployments';

const production = { region: 'eu-west-1', name: 'events' };
const staging = { region: 'eu-central-1', name: 'events-staging', objectQueue: true };
const both = { environments: { staging, production } };

const sets = (count: number) => Array.from({ length: count }, (_, index) => `set-${index}`.padEnd(22, '-'));

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:123456789012:${resource}`;

const read = (context: unknown, environment: NodeJS.ProcessEnv = {}) =>
  readDeployments({ context, environment });

describe('deployments', () => {
  it('are one per environment in cdktf.json', () => {
    expect(read(both)).toMatchObject([
      {
        stage: 'staging',
        target: { region: 'eu-central-1' },
        stream: { name: 'events-staging', objectQueue: true },
      },
      { stage: 'production', target: { region: 'eu-west-1' }, stream: { name: 'events' } },
    ]);
  });

  it('can name as many sets as fit in the trust policy', () => {
    const environments = { a: { region: 'eu-west-1', configurationSets: sets(20) } };
    expect(read({ environments })).toHaveLength(1);
  });

  it('are only the environment in STAGE, if it is set', () => {
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
  ])('use environment variables instead of cdktf.json: %s', (_, variables, stream) => {
    expect(read(both, { STAGE: 'production', ...variables })).toMatchObject([{ stream }]);
  });

  it('use the region in the environment variable', () => {
    const environment = { STAGE: 'production', EMAIL_EVENTS_REGION: 'us-gov-west-1' };
    expect(read(both, environment)).toMatchObject([{ target: { region: 'us-gov-west-1' } }]);
  });

  it('pass region and account to their stream', () => {
    const accountId = '111122223333';
    expect(read({ environments: { production: { ...production, accountId } } })).toMatchObject([
      { target: { region: 'eu-west-1', accountId }, stream: { region: 'eu-west-1', accountId } },
    ]);
  });

  it('report an invalid region once', () => {
    expect(() => read({ environments: { a: { region: 'Ireland' } } })).toThrow(/^(?!(.*Ireland){2})/s);
  });

  it.each<[string, unknown, NodeJS.ProcessEnv, RegExp[]]>([
    ['no context', undefined, {}, [/context\.emailEvents\.environments in cdktf\.json is missing/]],
    [
      'a setting beside the environments',
      { environments: { a: { region: 'eu-west-1' } }, expirationDays: 400 },
      {},
      [/context\.emailEvents\.expirationDays in cdktf\.json has no effect: move it into an environment/],
    ],
    ['no environment', { environments: {} }, {}, [/is missing: define at least one/]],
    [
      'an unknown stage',
      both,
      { STAGE: 'live' },
      [/STAGE: "live" is not an environment in cdktf\.json: use staging or production/],
    ],
    [
      'an invalid and a missing region',
      { environments: { a: { region: 'Ireland' }, b: {} } },
      {},
      [
        /environments\.a\.region in cdktf\.json: "Ireland" is not valid: expected a region such as eu-west-1/,
        /environments\.b\.region in cdktf\.json is missing: expected a region such as eu-west-1/,
      ],
    ],
    [
      'an unknown setting',
      { environments: { a: { region: 'eu-west-1', bufferSize: 3 } } },
      { EMAIL_EVENTS_BUFFERING_SIZ: '3' },
      [
        /a\.bufferSize in cdktf\.json is not a setting \(closest: bufferingSize\)\./,
        /EMAIL_EVENTS_BUFFERING_SIZ is not a setting \(closest: EMAIL_EVENTS_BUFFERING_SIZE\)\./,
      ],
    ],
    [
      'invalid values in cdktf.json and the environment, and a broken rule',
      { environments: { a: { region: 'eu-west-1', bufferingInterval: 1000, createSesRole: false } } },
      { EMAIL_EVENTS_BUFFERING_SIZE: 'much' },
      [
        /EMAIL_EVENTS_BUFFERING_SIZE: "much" is not valid: expected a whole number from 1 to 128 MiB/,
        /a\.bufferingInterval in cdktf\.json: 1000 is not valid/,
        /a\.sesRoleArn in cdktf\.json is required if createSesRole is false/,
      ],
    ],
    [
      'variables that would apply to every environment',
      both,
      { EMAIL_EVENTS_ALARMS: 'true' },
      [/EMAIL_EVENTS_ALARMS would apply to every environment: set STAGE to staging or production/],
    ],
    [
      'two environments with one name in one region',
      { environments: { a: production, b: { ...production } } },
      {},
      [/environments\.b\.name in cdktf\.json: "events" is also the name of a, /],
    ],
    [
      'a list of environments',
      { environments: [production] },
      {},
      [/environments in cdktf\.json is a list: use an object with a key for each environment/],
    ],
    [
      'an account as a number',
      { environments: { a: { ...production, accountId: 123456789012 } } },
      {},
      [/a\.accountId .*: 123456789012 is not valid: expected 12 digits, as a string in quotes/],
    ],
    [
      'resources in another region',
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
          new RegExp(`a\\.${setting} .*: "arn:.*" is in eu-central-1, but the stream is in eu-west-1: `),
      ),
    ],
    [
      'more sets than fit in the trust policy in this region',
      { environments: { a: { region: 'ap-southeast-2', configurationSets: sets(22) } } },
      {},
      [
        /a\.trustMode in cdktf\.json is source-arn, which requires a trust policy of 2\d{3} characters for 22 /,
      ],
    ],
    [
      'a state key without a state bucket',
      { environments: { a: { ...production, stateKey: 'a' } } },
      {},
      [/a\.stateKey in cdktf\.json has no effect: set stateBucket/],
    ],
    [
      'an invalid environment name',
      { environments: { 'a b': production } },
      {},
      [/is not a valid environment name/],
    ],
    [
      'an environment that is not an object',
      { environments: { a: 'eu-west-1' } },
      {},
      [/environments\.a in cdktf\.json is not an object/],
    ],
    [
      'an invalid account id',
      { environments: { a: { region: 'eu-west-1', accountId: '1' } } },
      {},
      [/a\.accountId .*: expected 12 digits/],
    ],
    [
      'a map without values',
      both,
      { STAGE: 'production', EMAIL_EVENTS_TAGS: 'a' },
      [/EMAIL_EVENTS_TAGS: .* is not valid: expected pairs of name=text, separated by commas/],
    ],
  ])('are rejected, with the location of every mistake: %s', (_, context, environment, messages) => {
    const attempt = () => read(context, environment);
    expect(attempt).toThrow(/^invalid configuration of email events:\n/);
    for (const message of messages) expect(attempt).toThrow(message);
  });
});
