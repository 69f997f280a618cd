import { z } from 'zod';
import { not } from '../cdktf/condition';
import { trustPolicyQuota } from '../policies/policy-documents';
import type { Configured } from '../settings/configure';
import { field } from '../settings/field';
import { roleArn } from '../settings/forms';
import { noEffectUnless, type Rule, requiredIf } from '../settings/rule';

/** Settings of the role that SES assumes to put records. */
const fields = {
  createSesRole: field(z.boolean().default(true), {
    description:
      'Create the role that SES assumes to put events into the stream. If false, set `sesRoleArn`.',
  }),
  sesRoleArn: field(roleArn.schema.optional(), {
    description: 'ARN of the existing role for SES, if `createSesRole` is false. The role is not changed.',
    ...roleArn.words,
    whenOmitted: 'none',
  }),
  trustMode: field(z.enum(['source-arn', 'external-id']).default('source-arn'), {
    description:
      "Condition under which SES can assume the role. source-arn: for this account's configuration sets, as in the SES guide. " +
      'external-id: with the account id as external id, as in the Pinpoint Email API guide. ' +
      'source-arn lists each set in the trust policy, which fits about 20 sets. Use external-id for more.',
    source: 'https://docs.aws.amazon.com/ses/latest/dg/event-publishing-add-event-destination-firehose.html',
  }),
  trustPolicyLimit: field(z.number().int().min(trustPolicyQuota).max(8192).default(trustPolicyQuota), {
    description:
      "IAM quota for the length of a role's trust policy. Increase it only after AWS has increased the quota of the account.",
    unit: 'characters',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  }),
};

type Config = Configured<typeof fields>;

const rules: readonly Rule<Config>[] = [
  requiredIf(
    'sesRoleArn',
    ({ createSesRole }) => not(createSesRole),
    'if createSesRole is false: set it to the ARN of the existing role',
  ),
  noEffectUnless('sesRoleArn', ({ createSesRole }) => not(createSesRole), 'set createSesRole to false'),
];

const sesStreamRoleSettings = { title: 'Role for SES', fields, rules };

export { sesStreamRoleSettings };
