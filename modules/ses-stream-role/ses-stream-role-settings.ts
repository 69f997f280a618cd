import { z } from 'zod';
import { trustPolicyQuota } from '../policies/policy-documents';
import { field } from '../settings/field';

const roleArn = z.string().regex(/^arn:[a-z0-9-]+:iam::[0-9]{12}:role\/.+$/);

/** Settings of the role that SES assumes to put records. */
const sesStreamRoleFields = {
  createSesRole: field(z.boolean().default(true), {
    description: 'Create the role that SES assumes to put events into the stream.',
  }),
  sesRoleArn: field(roleArn.optional(), {
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
    description: 'The existing role for SES, when none is created. It is used as it is.',
    allowed: 'the ARN of an IAM role',
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

export { roleArn, sesStreamRoleFields };
