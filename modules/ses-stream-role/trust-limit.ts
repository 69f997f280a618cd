import { Fn, Op, type Postcondition, TerraformSelf, Token } from 'cdktf';
import type { Condition } from '../cdktf/condition';
import {
  configurationSetArn,
  partitionOf,
  sesTrustPolicy,
  trustPolicyLength,
} from '../policies/policy-documents';
import type { ConfigurationIssue } from '../settings/configuration-error';

/** Where a role is; a text that only Terraform knows stands for any. */
interface Where {
  readonly partition: string;
  readonly region: string;
}

/** What the length of a trust policy depends on. */
interface TrustOptions extends Where {
  readonly createSesRole: Condition;
  readonly trustMode: string;
  /** Names of the configuration sets for which SES may assume the role. */
  readonly names: readonly string[];
  /** IAM's quota, in characters. */
  readonly trustPolicyLimit: number;
}

/** No region makes a shorter policy, and none a longer one. */
const shortest: Where = { partition: 'aws', region: 'us-east-1' };
const longest: Where = { partition: 'aws-us-gov', region: 'ap-southeast-10' };

/** How long the policy is for some sets: as IAM counts, without white space. */
function lengthFor(names: readonly string[], where: Where): number {
  const accountId = '000000000000'; // every account id has 12 digits
  const configurationSetArns = names.map((name) => configurationSetArn({ ...where, accountId, name }));
  return trustPolicyLength(sesTrustPolicy({ mode: 'source-arn', accountId, configurationSetArns }));
}

/** How many of the sets, from the first on, have room in the policy. */
function setsThatFit(names: readonly string[], limit: number, where: Where): number {
  const first = names.findIndex((_, index) => lengthFor(names.slice(0, index + 1), where) > limit);
  return first === -1 ? names.length : first;
}

const areKnown = (names: readonly string[]) =>
  !Token.isUnresolved(names) && !names.some((name) => Token.isUnresolved(name));

/**
 * Whether the configuration sets are too many for the role's trust policy, as far as it is known: where the region is
 * not, only what is too long in every region is refused.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
function trustLimitIssues(options: TrustOptions): ConfigurationIssue[] {
  const { createSesRole, trustMode, names, trustPolicyLimit, partition, region } = options;
  if (createSesRole !== true || trustMode !== 'source-arn') return [];
  if (Token.isUnresolved(trustPolicyLimit) || !areKnown(names)) return [];
  const known = Token.isUnresolved(partition) ? partitionOf(region) : partition;
  const where = Token.isUnresolved(region) ? shortest : { partition: known, region };
  const length = lengthFor(names, where);
  if (length <= trustPolicyLimit) return [];
  const fit = setsThatFit(names, trustPolicyLimit, where);
  return [
    {
      setting: 'trustMode',
      message:
        `is source-arn, which makes a trust policy of ${length} characters for ${names.length} configuration ` +
        `sets, and IAM allows ${trustPolicyLimit}: keep the first ${fit}, set trustMode to external-id, or have ` +
        'AWS raise the quota and set trustPolicyLimit',
    },
  ];
}

/**
 * The same for Terraform, which knows the region: checked when it plans, or, where the names are not known by then,
 * when it applies. Undefined where the policy fits in every region.
 */
function trustLimitCheck({
  trustMode,
  names,
  trustPolicyLimit: limit,
}: Omit<TrustOptions, keyof Where>): Postcondition | undefined {
  if (trustMode === 'external-id') return undefined;
  if (areKnown(names) && !Token.isUnresolved(limit) && lengthFor(names, longest) <= limit) return undefined;
  const length = Fn.lengthOf(TerraformSelf.getString('assume_role_policy'));
  const [characters, sets, allowed] = [length, Fn.lengthOf(names), limit].map((value) =>
    Token.asString(value),
  );
  return {
    condition: Op.lte(length, limit),
    errorMessage:
      `The trust policy of the role for SES has ${characters} characters for ${sets} configuration sets, and IAM ` +
      `allows ${allowed}: name fewer sets, use the trust mode external-id, or have AWS raise the quota and raise the ` +
      'trust policy limit with it.',
  };
}

export { trustLimitCheck, trustLimitIssues };
