import { z } from 'zod';
import { not } from '../cdktf/condition';
import { trustPolicyQuota } from '../policies/policy-documents';
import type { Configured } from '../settings/configure';
import { field } from '../settings/field';
import { roleArn } from '../settings/forms';
import { idleUnless, needs, type Rule } from '../settings/rule';

/** Settings of the role that SES assumes to put records. */
const fields = {
  createSesRole: field(z.boolean().default(true), {
    description: 'Create the role that SES assumes to put events into the stream.',
  }),
  sesRoleArn: field(roleArn.schema.optional(), {
    description: 'The existing role for SES, when none is created. It is used as it is.',
    ...roleArn.words,
    leftOut: 'none',
  }),
  trustMode: field(z.enum(['source-arn', 'external-id']).default('source-arn'), {
    description:
      "When SES may assume the role: source-arn, for this account's configuration sets (the SES guide); " +
      'external-id, with the account id as external id (the Pinpoint Email API guide). ' +
      'source-arn names each set in the trust policy, which has room for about 20: with more, choose external-id.',
    source: 'https://docs.aws.amazon.com/ses/latest/dg/event-publishing-add-event-destination-firehose.html',
  }),
  trustPolicyLimit: field(z.number().int().min(trustPolicyQuota).max(8192).default(trustPolicyQuota), {
    description:
      "IAM's quota for the length of a role's trust policy. Raise it only after AWS has raised the quota of the account.",
    unit: 'characters',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  }),
};

type Config = Configured<typeof fields>;

const rules: readonly Rule<Config>[] = [
  needs(
    'sesRoleArn',
    ({ createSesRole }) => not(createSesRole),
    'createSesRole is off, so name the existing role',
  ),
  idleUnless('sesRoleArn', ({ createSesRole }) => not(createSesRole), 'set createSesRole to false'),
];

const sesStreamRoleSettings = { title: 'Role for SES', fields, rules };

export { sesStreamRoleSettings };
