import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type PolicyDocument,
  sesPermissionsPolicy,
  sesTrustPolicy,
} from '../../../modules/policies/policy-documents';
import { findImports } from '../../package/imports';
import { packageFolder } from '../compiled-command';
import { run } from '../run-command';

const account = '111122223333';
const trust = ['policy', 'trust', '--account', account, '--region'];
const permissions = ['policy', 'permissions', '--account', account, '--region'];

/** Returns the printed document: indented JSON, without other output. */
async function printed(args: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await run(args);
  expect([code, stderr]).toEqual([0, '']);
  const document: unknown = JSON.parse(stdout);
  expect(stdout).toBe(`${JSON.stringify(document, null, 2)}\n`);
  return document;
}

async function refused(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).not.toMatch(/^ +at /m);
  return stderr;
}

describe('policy', () => {
  it.concurrent.each<[name: string, args: string[], document: PolicyDocument]>([
    [
      'trust for one configuration set',
      [...trust, 'eu-west-1', '--configuration-set', 'newsletter'],
      sesTrustPolicy({
        mode: 'source-arn',
        accountId: account,
        configurationSetArns: ['arn:aws:ses:eu-west-1:111122223333:configuration-set/newsletter'],
      }),
    ],
    [
      'trust for several, in China',
      [...trust, 'cn-north-1', '--configuration-set', 'one', '--configuration-set', 'an_other-1'],
      sesTrustPolicy({
        mode: 'source-arn',
        accountId: account,
        configurationSetArns: [
          'arn:aws-cn:ses:cn-north-1:111122223333:configuration-set/one',
          'arn:aws-cn:ses:cn-north-1:111122223333:configuration-set/an_other-1',
        ],
      }),
    ],
    [
      'trust by external id',
      [...trust, 'eu-west-1', '--mode', 'external-id'],
      sesTrustPolicy({ mode: 'external-id', accountId: account }),
    ],
    [
      'permissions',
      [...permissions, 'ap-southeast-2', '--stream', 'email-events.v1'],
      sesPermissionsPolicy({
        streamArn: 'arn:aws:firehose:ap-southeast-2:111122223333:deliverystream/email-events.v1',
      }),
    ],
    [
      'permissions with a key of another account, in GovCloud',
      [
        ...[...permissions, 'us-gov-west-1', '--stream', 'events'],
        ...['--key', 'arn:aws-us-gov:kms:us-gov-west-1:444455556666:key/mrk-1234abcd'],
      ],
      sesPermissionsPolicy({
        streamArn: 'arn:aws-us-gov:firehose:us-gov-west-1:111122223333:deliverystream/events',
        key: {
          keyArn: 'arn:aws-us-gov:kms:us-gov-west-1:444455556666:key/mrk-1234abcd',
          region: 'us-gov-west-1',
          dnsSuffix: 'amazonaws.com',
        },
      }),
    ],
  ])('prints the document of %s', async (_, args, document) => {
    expect(await printed(args)).toEqual(document);
  });

  const key = (arn: string) => [...permissions, 'eu-west-1', '--stream', 'events', '--key', arn];

  it.concurrent.each([
    ['no configuration set', [...trust, 'eu-west-1'], '--mode source-arn requires --configuration-set NAME'],
    [
      'a configuration set that has no effect',
      [...trust, 'eu-west-1', '--mode', 'external-id', '--configuration-set', 'newsletter'],
      '--configuration-set requires --mode source-arn',
    ],
    [
      'a mode without a condition',
      [...trust, 'eu-west-1', '--mode', 'none'],
      'choices are source-arn, external-id',
    ],
    ['no account', ['policy', 'trust', '--region', 'eu-west-1'], "'--account <id>' not specified"],
    ['no region', ['policy', 'permissions', '--account', account], "'--region <region>' not specified"],
    ['no stream', [...permissions, 'eu-west-1'], "'--stream <name>' not specified"],
    [
      'an account of 11 digits',
      ['policy', 'trust', '--account', '11112222333'],
      'Expected an account id of 12 digits',
    ],
    ['a zone', [...trust, 'eu-west-1a'], 'Expected a region, such as eu-west-1'],
    ['a region of an unknown partition', [...trust, 'us-iso-east-1'], 'Expected a region, such as eu-west-1'],
    [
      'the ARN of a configuration set',
      [
        ...trust,
        'eu-west-1',
        '--configuration-set',
        'arn:aws:ses:eu-west-1:111122223333:configuration-set/a',
      ],
      'Expected the name of a configuration set, not its ARN',
    ],
    [
      'a configuration set of 65 characters',
      [...trust, 'eu-west-1', '--configuration-set', 'a'.repeat(65)],
      '1 to 64 letters, digits, _ and -',
    ],
    [
      'a configuration set with a dot',
      [...trust, 'eu-west-1', '--configuration-set', 'a', '--configuration-set', 'a.b'],
      '1 to 64 letters, digits, _ and -',
    ],
    [
      'a stream with a space',
      [...permissions, 'eu-west-1', '--stream', 'a b'],
      '1 to 64 letters, digits, _, . and -',
    ],
    [
      'a stream of 65 characters',
      [...permissions, 'eu-west-1', '--stream', 'a'.repeat(65)],
      'not its ARN: 1 to 64',
    ],
    [
      'the alias of a key',
      key('arn:aws:kms:eu-west-1:111122223333:alias/events'),
      'Expected the ARN of a key, not of an alias',
    ],
    ['the id of a key', key('1234abcd-12ab-34cd-56ef-1234567890ab'), 'Expected the ARN of a key'],
    [
      'a key of another region',
      key('arn:aws:kms:eu-west-2:111122223333:key/1'),
      'is not in the region of the stream, eu-west-1',
    ],
    [
      'a key of another partition',
      key('arn:aws-cn:kms:eu-west-1:111122223333:key/1'),
      'is not in the region of the stream, eu-west-1',
    ],
  ])('rejects %s with a fix', async (_, args, message) => {
    expect(await refused(args)).toContain(message);
  });

  it.each([
    [20, ''],
    [
      30,
      'warning: the document has 2474 characters, and the default quota of IAM for trust policies is 2048: ' +
        'use --mode external-id for this number of configuration sets, or request a higher quota from AWS\n',
    ],
  ])(
    'prints the trust policy for %i sets, and warns above the default quota of IAM',
    async (count, warning) => {
      const sets = Array.from({ length: count }, (_, index) => [
        '--configuration-set',
        `set-${index}-of-the-shop`,
      ]);
      const { code, stdout, stderr } = await run([...trust, 'eu-west-1', ...sets.flat()]);
      expect([code, stderr]).toEqual([0, warning]);
      expect(JSON.parse(stdout).Statement[0].Condition.ArnLike['aws:SourceArn']).toHaveLength(count);
    },
  );

  it('imports only the documents, so that it starts quickly', () => {
    const source = readFileSync(join(packageFolder, 'consumer/cli/commands/policy.ts'), 'utf8');
    const specifiers = findImports(source).map(({ specifier }) => specifier);
    expect(specifiers).toEqual([
      'commander',
      '../../../modules/policies/policy-documents',
      '../../pages/page-address',
      '../options/help-text',
      '../options/option-values',
      '../process/context',
      '../process/correction',
      '../process/exit-code',
      './policy-deploy',
    ]);
    const documents = readFileSync(join(packageFolder, 'modules/policies/policy-documents.ts'), 'utf8');
    expect(findImports(documents)).toEqual([]);
  });
});
