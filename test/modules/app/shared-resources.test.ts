import { readDeployments } from '../../../modules/app/deployments';

const [one, other] = ['111122223333', '444455556666'];
const here = { region: 'eu-west-1' };
const catalog = { catalog: true, catalogFrom: '2026-03-01' };
const existingBucket = { createBucket: false, bucketName: 'shared' };

const read = (a: object, b: object, environment: NodeJS.ProcessEnv = {}) =>
  readDeployments({ context: { environments: { a, b } }, environment });

describe('two environments', () => {
  it.each<[what: string, a: object, b: object, setting: string, message: string]>([
    ['with one name', { name: 'xx' }, { name: 'xx' }, 'name', '"xx" is also the name of a'],
    ['without names', {}, {}, 'name', '"email-events" is also the name of a'],
    [
      'with one state object',
      { stateBucket: 'states', stateKey: 'k' },
      { stateBucket: 'states', stateKey: 'k', region: 'us-east-1' },
      'stateKey',
      '"states/k" is also the state object of a',
    ],
    [
      'with a state object that is the default of the other',
      { stateBucket: 'states' },
      { stateBucket: 'states', stateKey: 'email-events/a.tfstate' },
      'stateKey',
      '"states/email-events/a.tfstate" is also the state object of a',
    ],
    [
      'with one bucket, even in two regions and two accounts',
      { bucketName: 'mail', accountId: one },
      { bucketName: 'mail', accountId: other, region: 'us-east-1' },
      'bucketName',
      '"mail" is also the bucket of a',
    ],
    [
      'with a bucket that is the default of the other',
      { name: 'a-events', accountId: one },
      { bucketName: `a-events-${one}-eu-west-1`, accountId: other },
      'bucketName',
      `"a-events-${one}-eu-west-1" is also the bucket of a`,
    ],
    [
      'with one existing bucket and one folder',
      existingBucket,
      existingBucket,
      'bucketName',
      '"shared" is also the bucket of a, and both write to "events/"',
    ],
    [
      'with one existing bucket and a folder in a folder of the other',
      { ...existingBucket, errorPrefix: 'a-errors/' },
      { ...existingBucket, dataPrefix: 'events/b/', errorPrefix: 'b-errors/' },
      'bucketName',
      '"shared" is also the bucket of a, and both write to "events/b/"',
    ],
    [
      'with one created configuration set',
      { configurationSets: ['news', 'receipts'] },
      { configurationSets: ['offers', 'news'] },
      'configurationSets',
      '"news" is also a configuration set of a',
    ],
    [
      'with a set that one creates and that exists for the other',
      { configurationSets: ['news'] },
      { existingConfigurationSets: ['news'] },
      'existingConfigurationSets',
      '"news" is also a configuration set of a',
    ],
    [
      'with one existing set',
      { existingConfigurationSets: ['news'] },
      { existingConfigurationSets: ['news'] },
      'existingConfigurationSets',
      '"news" is also a configuration set of a',
    ],
    [
      'with a set that has the name of the other environment',
      { name: 'news' },
      { configurationSets: ['news'] },
      'configurationSets',
      '"news" is also a configuration set of a',
    ],
    [
      'with one stream',
      { streamName: 'mail' },
      { streamName: 'mail' },
      'streamName',
      '"mail" is also the stream of a',
    ],
    [
      'with one database',
      { ...catalog, catalogDatabase: 'mail' },
      { ...catalog, catalogDatabase: 'mail' },
      'catalogDatabase',
      '"mail" is also the Glue database of a',
    ],
    [
      'with a database that is the default of the other',
      { ...catalog, name: 'a-mail' },
      { ...catalog, catalogDatabase: 'a_mail' },
      'catalogDatabase',
      '"a_mail" is also the Glue database of a',
    ],
  ])('are rejected: %s', (_, a, b, setting, message) => {
    const named = (environment: object, name: string) => ({
      ...here,
      ...(setting === 'name' ? {} : { name }),
      ...environment,
    });
    const attempt = () => read(named(a, 'named-a'), named(b, 'named-b'));
    expect(attempt).toThrow(`context.emailEvents.environments.b.${setting} in cdktf.json: ${message}`);
    expect(attempt).toThrow(/^[^\n]*\n[^\n]*$/); // one mistake, one line
  });

  it.each<[what: string, a: object, b: object]>([
    ['in two regions', { name: 'xx' }, { name: 'xx', region: 'us-east-1' }],
    ['in two accounts', { name: 'xx', accountId: one }, { name: 'xx', accountId: other }],
    [
      'with sets, a stream and a database of the same name in two accounts',
      { ...catalog, configurationSets: ['n'], streamName: 's', catalogDatabase: 'd', accountId: one },
      { ...catalog, configurationSets: ['n'], streamName: 's', catalogDatabase: 'd', accountId: other },
    ],
    [
      'with the same names in two regions',
      { ...catalog, configurationSets: ['n'], streamName: 's', catalogDatabase: 'd' },
      { ...catalog, configurationSets: ['n'], streamName: 's', catalogDatabase: 'd', region: 'us-east-1' },
    ],
    ['with local state files', {}, {}],
    ['with two state objects in one bucket', { stateBucket: 'states' }, { stateBucket: 'states' }],
    [
      'with one key in two state buckets',
      { stateBucket: 'states', stateKey: 'k' },
      { stateBucket: 'other-states', stateKey: 'k' },
    ],
    [
      'with one bucket name in two partitions',
      { bucketName: 'mail', accountId: one },
      { bucketName: 'mail', accountId: other, region: 'cn-north-1' },
    ],
    [
      'with one existing bucket and separate folders',
      { ...existingBucket, dataPrefix: 'a/events/', errorPrefix: 'a/errors/' },
      { ...existingBucket, dataPrefix: 'b/events/', errorPrefix: 'b/errors/' },
    ],
    [
      'with a stream that one creates and the other uses',
      { streamName: 'mail' },
      { createStream: false, createBucket: false, streamName: 'mail' },
    ],
  ])('are accepted: %s', (_, a, b) => {
    const named = (environment: object, name: string) => ({ ...here, name, ...environment });
    expect(read(named(a, 'named-a'), named(b, 'named-b'))).toHaveLength(2);
  });

  it('count as one account unless both have an account id', () => {
    const attempt = () => read({ ...here, accountId: one }, here);
    expect(attempt).toThrow(
      'environments.b.name in cdktf.json: "email-events" is also the name of a, in the same region and possibly in ' +
        'the same account, because b has no accountId: use another one, or set accountId',
    );
    expect(() => read(here, { ...here, accountId: one })).toThrow('because a has no accountId');
    expect(() => read({ ...here, accountId: one }, { ...here, accountId: other })).not.toThrow();
  });

  it('are compared even if only one of them is deployed', () => {
    const shared = { ...here, stateBucket: 'states', stateKey: 'k' };
    const attempt = () => read({ ...shared, name: 'xx' }, { ...shared, name: 'yy' }, { STAGE: 'a' });
    expect(attempt).toThrow(
      'environments.a.stateKey in cdktf.json: "states/k" is also the state object of b',
    );
  });

  it('are reported with the name of the environment variable', () => {
    const environment = { STAGE: 'b', EMAIL_EVENTS_NAME: 'xx' };
    expect(() => read({ ...here, name: 'xx' }, { ...here, name: 'yy' }, environment)).toThrow(
      'EMAIL_EVENTS_NAME: "xx" is also the name of a',
    );
  });

  it('are not compared with an invalid environment that is not deployed', () => {
    const wrong = { ...here, name: 'xx', bufferingSize: 'much', configurationSets: 'xx' };
    expect(read(wrong, { ...here, name: 'xx' }, { STAGE: 'b' })).toHaveLength(1);
  });
});
