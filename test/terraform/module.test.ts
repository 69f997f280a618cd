import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { snakeName } from '../../modules/cdktf/logical-id';
import { isAllowed } from '../../modules/policies/policy-evaluator';
import { moduleBlocks, snakeCase } from '../../modules/terraform-module/module-blocks';
import { account } from '../modules/configurations';
import { beyondLimits, mistakes } from '../modules/mistakes';
import { type AppliedResource, applyMocked } from './applied';
import { viewDefinition } from './catalog';
import { describeWithTerraform } from './describe-with-terraform';
import { callingModule, examples, moduleFiles, moduleFolder, moduleRun, variablesRun } from './module-files';
import { terraform, terraformFolder, writeFiles } from './terraform';

/** The topic that the mocked provider creates. */
const topicArn = `arn:aws:sns:eu-west-1:${account}:made-topic`;

/** Terraform's report of a mistake. */
interface Diagnostic {
  detail: string;
  snippet: unknown;
}

const named = (applied: readonly AppliedResource[], type: string, attribute: string) =>
  applied.filter((resource) => resource.type === type).map(({ values }) => values[attribute]);

/** The resources of applied examples, by example and workspace. */
const appliedExamples = new Map<string, AppliedResource[]>();

/** Applies an example once; a second provider is also mocked. */
function applyExample(example: string, workspace?: string): AppliedResource[] {
  const key = `${example} ${workspace}`;
  const applied = appliedExamples.get(key) ?? applyUncached(example, workspace);
  appliedExamples.set(key, applied);
  return applied;
}

function applyUncached(example: string, workspace?: string): AppliedResource[] {
  const files = moduleFiles();
  const root = `terraform/examples/${example}`;
  const [, alias] = /alias\s*=\s*"(\w+)"/.exec(files[`${root}/main.tf`] ?? '') ?? [];
  return applyMocked(files, { root, workspace, alias });
}

describeWithTerraform('the Terraform module', () => {
  it('is in the format of terraform fmt, with its examples', () => {
    expect(terraform(moduleFolder, 'fmt', '-check', '-recursive').stdout).toBe('');
  });

  it('contains no provider, state, account, region or date', () => {
    const text = Object.entries(moduleFiles())
      .filter(([path]) => !/\/(examples|tests)\//.test(path))
      .map(([, content]) => content)
      .join('');
    expect(text).not.toMatch(
      /^provider |\bbackend "|"metadata"|\b\d{12}\b(?<!107374182400)|\b[a-z]{2}-[a-z]+-\d\b(?<!eu-west-1)/m,
    );
    expect(text).not.toMatch(/\b20\d\d-\d\d-\d\d\b(?<!2012-10-17)/);
  });

  it('has the minimal example at the top of its page', () => {
    const page = readFileSync(join(moduleFolder, 'README.md'), 'utf8');
    const [, shown = ''] = /```hcl\n([\s\S]*?)```/.exec(page) ?? [];
    const example = readFileSync(join(moduleFolder, 'examples', 'minimal', 'main.tf'), 'utf8');
    expect(shown.replace(/source = ".*"/, 'source = "../.."')).toBe(example);
    expect(shown.trim().split('\n').length).toBeLessThanOrEqual(10);
  });

  describe.each(examples)('in the example %s', (example) => {
    it('is valid, and can be applied with a mocked provider', () => {
      const applied = applyExample(example);
      expect(named(applied, 'aws_kinesis_firehose_delivery_stream', 'name').length).toBeGreaterThan(0);
    });
  });

  it('has no example with a topic under the key alias/aws/sns, which services cannot use', () => {
    const texts = Object.entries(moduleFiles()).filter(([path]) => path.includes('/examples/'));
    expect(texts.length).toBeGreaterThan(8);
    expect(texts.filter(([, text]) => text.includes('kms_master_key_id = "alias/aws/sns"'))).toEqual([]);
  });

  describe.each([
    ['cloudwatch.amazonaws.com', 'alarms'],
    ['ses.amazonaws.com', 'feedback'],
  ])('in the example complete %s', (service, name) => {
    const asked = (action: string, accountId = account) => ({
      principal: { Service: service },
      action,
      context: { 'aws:SourceAccount': accountId },
    });
    const policyAt = (address: string) => {
      const found = applyExample('complete').find((resource) => resource.address === address);
      return JSON.parse(String(found?.values.policy));
    };

    it('can use the key of the topics for this account, and other principals cannot', () => {
      const key = policyAt('aws_kms_key.topics');
      for (const action of ['kms:Decrypt', 'kms:GenerateDataKey']) {
        expect(isAllowed([key], asked(action))).toBe(true);
        expect(isAllowed([key], asked(action, '999999999999'))).toBe(false);
        expect(isAllowed([key], { ...asked(action), principal: { Service: 'sns.amazonaws.com' } })).toBe(
          false,
        );
      }
      expect(isAllowed([key], asked('kms:ScheduleKeyDeletion'))).toBe(false);
    });

    it(`can publish to the topic ${name} for this account`, () => {
      const topic = policyAt(`aws_sns_topic_policy.${name}`);
      expect(isAllowed([topic], { ...asked('sns:Publish'), resource: topicArn })).toBe(true);
      expect(isAllowed([topic], { ...asked('sns:Publish', '999999999999'), resource: topicArn })).toBe(false);
      expect(isAllowed([topic], { ...asked('sns:Subscribe'), resource: topicArn })).toBe(false);
    });
  });

  it('lets the delivery role write to the central bucket of the example, with its key', () => {
    const applied = applyExample('central-bucket');
    const policyOf = (type: string) => JSON.parse(String(named(applied, type, 'policy')[0]));
    const [role] = named(applied, 'aws_iam_role', 'arn');
    const asked = { principal: { AWS: String(role) }, context: { 'aws:SecureTransport': true } };
    const bucket = policyOf('aws_s3_bucket_policy');
    const key = policyOf('aws_kms_key_policy');
    const resource = 'arn:aws:s3:::example-central-archive/shop/events/one';
    expect(isAllowed([bucket], { ...asked, action: 's3:PutObjectAcl', resource })).toBe(true);
    expect(isAllowed([bucket], { ...asked, action: 's3:DeleteObject', resource })).toBe(false);
    const context = {
      'kms:ViaService': 's3.eu-west-1.amazonaws.com',
      'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::example-central-archive',
    };
    const encrypt = { ...asked, action: 'kms:GenerateDataKey', resource: 'arn:aws:kms:::key/one' };
    expect(isAllowed([key], { ...encrypt, context })).toBe(true);
    expect(isAllowed([key], encrypt)).toBe(false);
    const owner = { ...encrypt, principal: { AWS: 'arn:aws:iam::222222222222:root' } };
    expect(isAllowed([key], { ...owner, action: 'kms:PutKeyPolicy' })).toBe(true);
  });

  it('makes the created set the default of the identity in the example identities', () => {
    const [set] = named(applyExample('identities'), 'aws_sesv2_configuration_set', 'configuration_set_name');
    expect(set).toBe('receipts');
    expect(named(applyExample('identities'), 'aws_sesv2_email_identity', 'configuration_set_name')).toEqual([
      set,
    ]);
  });

  it('creates a stream per for_each key, without name conflicts', () => {
    const applied = applyExample('for-each');
    for (const [type, attribute] of [
      ['aws_kinesis_firehose_delivery_stream', 'name'],
      ['aws_s3_bucket', 'bucket'],
      ['aws_iam_role', 'name'],
      ['aws_sesv2_configuration_set', 'configuration_set_name'],
      ['aws_cloudwatch_log_group', 'name'],
      ['aws_glue_catalog_database', 'name'],
      ['aws_athena_workgroup', 'name'],
    ] as const) {
      const names = named(applied, type, attribute);
      expect(names.length).toBe(type === 'aws_iam_role' ? 8 : 4);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('resolves the database of a view', () => {
    const applied = applyExample('for-each').filter(({ values }) => values.name === 'events');
    expect(applied.map(({ values }) => [values.database_name, viewDefinition(values).schema]).sort()).toEqual(
      ['mail_development', 'mail_production', 'mail_staging', 'mail_us'].map((name) => [name, name]),
    );
  });

  it('uses other names in another workspace', () => {
    const [staging, production] = ['staging', 'production'].map((workspace) =>
      named(applyExample('multi-environment', workspace), 'aws_s3_bucket', 'bucket'),
    );
    expect([staging, production]).toEqual([
      ['email-events-staging-123456789012-eu-west-1'],
      ['email-events-production-123456789012-eu-west-1'],
    ]);
  });

  it('warns about event types without rendering failures', () => {
    const folder = terraformFolder();
    writeFiles(folder, {
      ...callingModule({}),
      'all.tftest.hcl': moduleRun({ eventTypes: ['RENDERING_FAILURE'] }),
      'some.tftest.hcl': moduleRun(
        { eventTypes: ['BOUNCE'] },
        '  expect_failures = [check.rendering_failures]\n',
      ),
    });
    expect(terraform(folder, 'init', '-no-color')).toMatchObject({ code: 0, stderr: '' });
    expect(terraform(folder, 'test', '-no-color')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('2 passed, 0 failed'),
    });
  });

  it('warns about open and click tracking of existing sets', () => {
    const existing = { existingConfigurationSets: ['marketing'] };
    const warned = '  expect_failures = [check.engagement_tracking]\n';
    const folder = terraformFolder();
    writeFiles(folder, {
      ...callingModule({}),
      'default.tftest.hcl': moduleRun(existing),
      'created-sets.tftest.hcl': moduleRun({
        ...{ ...existing, configurationSets: ['shop'] },
        engagementTracking: 'created-sets',
      }),
      'all-sets.tftest.hcl': moduleRun({ ...existing, engagementTracking: 'all-sets' }, warned),
      'opens.tftest.hcl': moduleRun({ ...existing, eventTypes: ['RENDERING_FAILURE', 'OPEN'] }, warned),
      'clicks.tftest.hcl': moduleRun({ ...existing, eventTypes: ['RENDERING_FAILURE', 'CLICK'] }, warned),
      'untracked.tftest.hcl': moduleRun({ ...existing, eventTypes: ['RENDERING_FAILURE', 'SEND'] }),
      'feedback.tftest.hcl': moduleRun(
        {
          ...existing,
          publishFeedback: true,
          feedbackTopicArn: 'arn:aws:sns:eu-west-1:123456789012:feedback',
          feedbackEventTypes: ['CLICK'],
        },
        warned,
      ),
      'created.tftest.hcl': moduleRun({ configurationSets: ['marketing'], engagementTracking: 'all-sets' }),
    });
    expect(terraform(folder, 'init', '-no-color')).toMatchObject({ code: 0, stderr: '' });
    expect(terraform(folder, 'test', '-no-color')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('8 passed, 0 failed'),
    });
  });

  it('rejects logs of access to the archive bucket in that bucket, with its default name too', () => {
    const folder = terraformFolder();
    const logging = (accessLogBucket: string) => moduleRun({ logAccess: true, accessLogBucket });
    writeFiles(folder, {
      ...callingModule({}),
      'other.tftest.hcl': logging('logs'),
      'same.tftest.hcl': logging(`email-events-${account}-eu-west-1`),
    });
    expect(terraform(folder, 'init', '-no-color')).toMatchObject({ code: 0, stderr: '' });
    const { stdout, stderr } = terraform(folder, 'test', '-no-color');
    expect(stdout).toContain('1 passed, 1 failed');
    expect(stderr.replaceAll(/[\s│]+/g, ' ')).toContain('which is the archive bucket: use another bucket');
  });

  it('rejects sets that do not fit in the trust policy in the region, with its length', () => {
    const folder = terraformFolder();
    // They fit in eu-west-1 and not in ap-southeast-2.
    const configurationSets = Array.from({ length: 22 }, (_, index) => `set-${index}`.padEnd(22, '-'));
    writeFiles(folder, {
      ...callingModule({}),
      'short.tftest.hcl': moduleRun({ configurationSets }),
      'long.tftest.hcl': moduleRun({ configurationSets: [...configurationSets, 'a'.repeat(64)] }),
      'raised.tftest.hcl': moduleRun({
        configurationSets: [...configurationSets, 'a'.repeat(64)],
        trustPolicyLimit: 4096,
      }),
      'external.tftest.hcl': moduleRun({
        configurationSets: [...configurationSets, 'a'.repeat(64)],
        trustMode: 'external-id',
      }),
      'elsewhere.tftest.hcl': moduleRun({ configurationSets }).replaceAll('"eu-west-1"', '"ap-southeast-2"'),
    });
    expect(terraform(folder, 'init', '-no-color')).toMatchObject({ code: 0, stderr: '' });
    const { stdout } = terraform(folder, 'test', '-json');
    const rejected = stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line))
      .filter(({ type }) => type === 'diagnostic')
      .map(({ '@testfile': file, diagnostic }) => [file, diagnostic.detail.replaceAll('\n', ' ')]);
    const messageFor = (length: number, sets: number) =>
      expect.stringContaining(
        `the trust policy of the role for SES has ${length} characters for ${sets} configuration sets, but IAM allows 2048`,
      );
    expect(rejected.sort()).toEqual([
      ['elsewhere.tftest.hcl', messageFor(2090, 22)],
      ['long.tftest.hcl', messageFor(2100, 23)],
    ]);
  });

  describe('rejects the same mistakes as the constructs, with the same messages', () => {
    // Terraform converts these values, or rejects them because of their types.
    const inTypes = mistakes.filter(
      ([values, , message]) =>
        !message.includes('a map of strings') && values.alarms !== 'yes' && values.bufferingSize !== '64',
    );
    const all = [...inTypes, ...beyondLimits].map(([values], index) => [`mistake-${index}`, values] as const);
    let reported: Map<string, Diagnostic[]>;

    /** Runs tests of a folder, and returns what each reports. */
    function diagnostics(files: Readonly<Record<string, string>>): Map<string, Diagnostic[]> {
      const folder = terraformFolder();
      writeFiles(folder, files);
      expect(terraform(folder, 'init', '-no-color')).toMatchObject({ code: 0, stderr: '' });
      const found = new Map<string, Diagnostic[]>();
      const { stdout } = terraform(folder, 'test', '-json');
      for (const line of stdout.split('\n').filter((text) => text.startsWith('{'))) {
        const { type, diagnostic, '@testfile': file = '' } = JSON.parse(line);
        const name = file.replace('.tftest.hcl', '');
        // A check that fails is a warning in a plan, and an error only in `terraform test`.
        if (type === 'diagnostic' && diagnostic.summary !== 'Check block assertion failed')
          found.set(name, [...(found.get(name) ?? []), diagnostic]);
      }
      return found;
    }

    beforeAll(() => {
      const runs = (tests: typeof all, run: (values: object) => string) =>
        Object.fromEntries(tests.map(([name, values]) => [`${name}.tftest.hcl`, run(values)]));
      // The variables alone report most mistakes, in a tenth of the time.
      const variables = Object.fromEntries(
        Object.entries(moduleFiles())
          .filter(([path]) => path.startsWith('terraform/variables'))
          .map(([path, text]) => [basename(path), text]),
      );
      const ofVariables = diagnostics({ ...variables, ...runs(all, variablesRun) });
      const others = all.filter(([name]) => !ofVariables.has(name));
      expect(others.length).toBeLessThan(all.length / 4);
      const ofModule = diagnostics({ ...callingModule({}), ...runs(others, moduleRun) });
      reported = new Map([...ofVariables, ...ofModule]);
    });

    it.each(inTypes.map(([values, ...expected], index) => [values, ...expected, index] as const))(
      '%j',
      (_, setting, message, index) => {
        const reports = reported.get(`mistake-${index}`) ?? [];
        // Terraform shows the complete list, and the message of a rule begins with the variable's name.
        const expected = snakeCase(message.replace(/^.* is not valid/, ' is not valid'));
        expect(reports).toMatchObject([{ detail: expect.stringContaining(expected) }]);
        expect(JSON.stringify(reports[0]?.snippet)).toMatch(
          new RegExp(`var\\.${snakeName(setting)}\\b|variable\\.?.*${snakeName(setting)}`),
        );
      },
    );

    it.each(
      beyondLimits.map(([values, , allowed], index) => [values, allowed, inTypes.length + index] as const),
    )('outside the limits: %j', (_, allowed, index) => {
      expect(reported.get(`mistake-${index}`)).toContainEqual(
        expect.objectContaining({
          detail: expect.stringContaining(` is not valid: expected ${allowed}\n`),
        }),
      );
    });

    it('for every validation of the module', () => {
      const messages = Object.values(moduleBlocks().variable).flatMap(({ validation = [] }) =>
        validation.map(({ error_message: message }) => message),
      );
      const details = [...reported.values()].flat().map(({ detail }) => detail);
      // Text in braces is a value of the configuration.
      const inWords = (message: string) =>
        new RegExp(
          message
            .split(/\$\{[^}]*\}/)
            .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
            .join('.*'),
        );
      expect(messages.length).toBeGreaterThan(80);
      expect(messages.filter((message) => !details.some((detail) => inWords(message).test(detail)))).toEqual(
        [],
      );
    });
  });
});
