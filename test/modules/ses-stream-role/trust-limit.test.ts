import { TerraformVariable } from 'cdktf';
import fc from 'fast-check';
import { EmailEventStream } from '../../../modules/email-event-stream';
import { configurationSetArn, partitionOf, sesTrustPolicy } from '../../../modules/policies/policy-documents';
import { SesStreamRole } from '../../../modules/ses-stream-role/ses-stream-role';
import { trustLimitIssues } from '../../../modules/ses-stream-role/trust-limit';
import { newStack, resourceAt, synthesizeStream, synthesizeWith } from '../synthesize';

const sets = (count: number, length = 20) =>
  Array.from({ length: count }, (_, index) => `set-${index}`.padEnd(length, '-'));

/** The length that IAM counts: of the document without white space. */
function realLength(names: readonly string[], region: string): number {
  const where = { partition: partitionOf(region), region, accountId: '111122223333' };
  const configurationSetArns = names.map((name) => configurationSetArn({ ...where, name }));
  const policy = sesTrustPolicy({ mode: 'source-arn', accountId: where.accountId, configurationSetArns });
  return JSON.stringify(policy, null, 2).replace(/\s/g, '').length;
}

const options = { createSesRole: true, trustMode: 'source-arn', trustPolicyLimit: 2048 };

describe('the trust policy of the role for SES', () => {
  it.each([
    ['eu-west-1', 20],
    ['eu-west-1', 64],
    ['ap-southeast-2', 20],
    ['us-gov-west-1', 1],
    ['cn-northwest-1', 33],
  ])(
    'is rejected with the first set that does not fit, and accepted with one set fewer: %s, %i',
    (region, length) => {
      const names = Array.from({ length: 60 }, (_, index) =>
        length === 1 ? String.fromCharCode(48 + index) : `${index}`.padEnd(length, '-'),
      );
      const fitting = names.findIndex((_, index) => realLength(names.slice(0, index + 1), region) > 2048);
      const partition = partitionOf(region);
      const issues = (count: number) =>
        trustLimitIssues({ ...options, names: names.slice(0, count), partition, region });
      expect(issues(fitting)).toEqual([]);
      expect(issues(fitting + 1)).toEqual([
        {
          setting: 'trustMode',
          message:
            `is source-arn, which requires a trust policy of ${realLength(names.slice(0, fitting + 1), region)} ` +
            `characters for ${fitting + 1} configuration sets, but IAM allows 2048: keep the first ${fitting} sets, ` +
            'set trustMode to external-id, or request a higher quota from AWS and set trustPolicyLimit',
        },
      ]);
    },
  );

  it('is rejected exactly if its document is longer than the limit', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
    const region = fc.constantFrom('eu-west-1', 'ap-southeast-2', 'us-gov-west-1', 'cn-north-1');
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 1, maxLength: 60 }),
        region,
        fc.integer({ min: 2048, max: 4096 }),
        (names, where, trustPolicyLimit) => {
          const issues = trustLimitIssues({
            ...{ ...options, trustPolicyLimit, names },
            ...{ partition: partitionOf(where), region: where },
          });
          expect(issues.length > 0).toBe(realLength(names, where) > trustPolicyLimit);
          const [, fit] = /keep the first (\d+) sets,/.exec(issues[0]?.message ?? '') ?? [];
          if (fit !== undefined) {
            expect(realLength(names.slice(0, Number(fit)), where)).toBeLessThanOrEqual(trustPolicyLimit);
            expect(realLength(names.slice(0, Number(fit) + 1), where)).toBeGreaterThan(trustPolicyLimit);
          }
        },
      ),
    );
  });

  it.each<[string, Partial<Parameters<typeof trustLimitIssues>[0]>]>([
    ['external-id', { trustMode: 'external-id' }],
    ['no role is created', { createSesRole: false }],
    ['the quota is raised', { trustPolicyLimit: 4096 }],
  ])('can name any number of sets: %s', (_, other) => {
    const where = { partition: 'aws', region: 'eu-west-1' };
    expect(trustLimitIssues({ ...options, names: sets(24), ...where })).toHaveLength(1);
    expect(trustLimitIssues({ ...options, names: sets(24), ...where, ...other })).toEqual([]);
  });

  it('is rejected by a construct without a region if it is too long in every region', () => {
    const build = (configurationSets: string[], more = {}) =>
      new EmailEventStream(newStack(), 'Default', { configurationSets, ...more });
    expect(() => build(sets(40))).toThrow(
      /trustMode is source-arn, which requires a trust policy of \d+ characters/,
    );
    expect(() => build(sets(12), { existingConfigurationSets: sets(24).slice(12) })).toThrow(
      'for 24 configuration',
    );
    expect(() => build(sets(40), { trustMode: 'external-id' })).not.toThrow();
    expect(() => build(sets(21))).not.toThrow();
  });

  it('is measured by the construct for its region, if one is given', () => {
    const build = (region: string) =>
      new EmailEventStream(newStack(), 'Default', { region, configurationSets: sets(22, 22) });
    expect(() => build('eu-west-1')).not.toThrow();
    expect(() => build('ap-southeast-2')).toThrow(
      'a trust policy of 2090 characters for 22 configuration sets',
    );
  });

  it('is checked by Terraform if a part of it is unknown', () => {
    const conditionOf = (names: (stack: ReturnType<typeof newStack>) => readonly string[]) => {
      const stack = synthesizeWith((scope) => {
        const streamArn = 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/mail';
        new SesStreamRole(scope, 'ses', { streamArn, configurationSetNames: names(scope) });
      });
      return resourceAt(stack, 'aws_iam_role.ses').lifecycle;
    };
    const list = conditionOf(
      (stack) => new TerraformVariable(stack, 'names', { type: 'list(string)' }).listValue,
    );
    const oneOfMany = conditionOf((stack) => [
      ...sets(40),
      new TerraformVariable(stack, 'one', { type: 'string' }).stringValue,
    ]);
    for (const lifecycle of [list, oneOfMany]) {
      expect(lifecycle).toMatchObject({
        postcondition: [
          {
            condition: '${(length(self.assume_role_policy) <= 2048)}',
            error_message: expect.stringContaining('set trustMode to external-id'),
          },
        ],
      });
    }
  });

  it('has no condition if it fits in every region', () => {
    expect(resourceAt(synthesizeStream(), 'aws_iam_role.ses')).not.toHaveProperty('lifecycle.postcondition');
    expect(
      resourceAt(
        synthesizeStream({ trustMode: 'external-id', configurationSets: sets(40) }),
        'aws_iam_role.ses',
      ),
    ).not.toHaveProperty('lifecycle.postcondition');
    expect(resourceAt(synthesizeStream({ configurationSets: sets(21) }), 'aws_iam_role.ses')).toHaveProperty(
      'lifecycle.postcondition',
    );
  });
});
