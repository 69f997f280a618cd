import { readDeployments } from '../../../modules/app/deployments';

const [one, other] = ['111122223333', '444455556666'];
const here = { region: 'eu-west-1' };
const catalog = { catalog: true, catalogFrom: '2026-03-01' };
const existingBucket = { createBucket: false, bucketName: 'shared' };

const read = (a: object, b: object, environment: NodeJS.ProcessEnv = {}) =>
  readDeployments({ context: { environments: { a, b } }, environment });

describe('two environments', () => {
  it.each<[what: string, a: object, b: object, setting: string, message: string]>([
    ['of one name', { name: 'xx' }, { name: 'xx' }, 'name', '"xx" is the name in a too'],
    ['without names', {}, {}, 'name', '"email-events" is the name in a too'],
    [
      'with one state object',
      { stateBucket: 'states', stateKey: 'k' },
      { stateBucket: 'states', stateKey: 'k', region: 'us-east-1' },
      'stateKey',
      '"states/k" is the state object of a too',
    ],
    [
      'with a state object that is the default of the other',
      { stateBucket: 'states' },
      { stateBucket: 'states', stateKey: 'email-events/a.tfstate' },
      'stateKey',
      '"states/email-events/a.tfstate" is the state object of a too',
    ],
    [
      'with one bucket, even in two regions and two accounts',
      { bucketName: 'mail', accountId: one },
      { bucketName: 'mail', accountId: other, region: 'us-east-1' },
      'bucketName',
      '"mail" is the bucket of a too',
    ],
    [
      'with a bucket that is the default of the other',
      { name: 'a-events', accountId: one },
      { bucketName: `a-events-${one}-eu-west-1`, accountId: other },
      'bucketName',
      `"a-events-${one}-eu-west-1" is the bucket of a too`,
    ],
    [
      'with one existing bucket and one folder',
      existingBucket,
      existingBucket,
      'bucketName',
      '"shared" is the bucket of a too, and both write below "events/"',
    ],
    [
      'with one existing bucket and a folder in a folder of the other',
      { ...existingBucket, errorPrefix: 'a-errors/' },
      { ...existingBucket, dataPrefix: 'events/b/', errorPrefix: 'b-errors/' },
      'bucketName',
      '"shared" is the bucket of a too, and both write below "events/b/"',
    ],
    [
      'with one created configuration set',
      { configurationSets: ['news', 'receipts'] },
      { configurationSets: ['offers', 'news'] },
      'configurationSets',
      '"news" is a configuration set of a too',
    ],
    [
      'with a set that exists for one and is created by the other',
      { configurationSets: ['news'] },
      { existingConfigurationSets: ['news'] },
      'existingConfigurationSets',
      '"news" is a configuration set of a too',
    ],
    [
      'with one existing set',
      { existingConfigurationSets: ['news'] },
      { existingConfigurationSets: ['news'] },
      'existingConfigurationSets',
      '"news" is a configuration set of a too',
    ],
    [
      'with a set that is called like the other environment',
      { name: 'news' },
      { configurationSets: ['news'] },
      'configurationSets',
      '"news" is a configuration set of a too',
    ],
    [
      'with one stream',
      { streamName: 'mail' },
      { streamName: 'mail' },
      'streamName',
      '"mail" is the stream of a too',
    ],
    [
      'with one database',
      { ...catalog, catalogDatabase: 'mail' },
      { ...catalog, catalogDatabase: 'mail' },
      'catalogDatabase',
      '"mail" is the Glue database of a too',
    ],
    [
      'with a database that is the default of the other',
      { ...catalog, name: 'a-mail' },
      { ...catalog, catalogDatabase: 'a_mail' },
      'catalogDatabase',
      '"a_mail" is the Glue database of a too',
    ],
  ])('are refused: %s', (_, a, b, setting, message) => {
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
      'with sets, a stream and a database of one name in two accounts',
      { ...catalog, configurationSets: ['n'], streamName: 's', catalogDatabase: 'd', accountId: one },
      { ...catalog, configurationSets: ['n'], streamName: 's', catalogDatabase: 'd', accountId: other },
    ],
    [
      'with those in two regions',
      { ...catalog, configurationSets: ['n'], streamName: 's', catalogDatabase: 'd' },
      { ...catalog, configurationSets: ['n'], streamName: 's', catalogDatabase: 'd', region: 'us-east-1' },
    ],
    ['with states in files', {}, {}],
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
      'with one existing bucket and folders of their own',
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

  it('may be of one account unless both say that they are not', () => {
    const attempt = () => read({ ...here, accountId: one }, here);
    expect(attempt).toThrow(
      'environments.b.name in cdktf.json: "email-events" is the name in a too, in the same region and perhaps in ' +
        'the same account, because b has no accountId: choose another, or set it',
    );
    expect(() => read(here, { ...here, accountId: one })).toThrow('because a has no accountId');
    expect(() => read({ ...here, accountId: one }, { ...here, accountId: other })).not.toThrow();
  });

  it('are compared when only one of them is deployed', () => {
    const shared = { ...here, stateBucket: 'states', stateKey: 'k' };
    const attempt = () => read({ ...shared, name: 'xx' }, { ...shared, name: 'yy' }, { STAGE: 'a' });
    expect(attempt).toThrow('environments.a.stateKey in cdktf.json: "states/k" is the state object of b too');
  });

  it('are told under the name of the variable that says it', () => {
    const environment = { STAGE: 'b', EMAIL_EVENTS_NAME: 'xx' };
    expect(() => read({ ...here, name: 'xx' }, { ...here, name: 'yy' }, environment)).toThrow(
      'EMAIL_EVENTS_NAME: "xx" is the name in a too',
    );
  });

  it('are not compared with one that has mistakes and is not deployed', () => {
    const wrong = { ...here, name: 'xx', bufferingSize: 'much', configurationSets: 'xx' };
    expect(read(wrong, { ...here, name: 'xx' }, { STAGE: 'b' })).toHaveLength(1);
  });
});
