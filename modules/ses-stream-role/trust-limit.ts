import { Fn, Op, type Postcondition, TerraformSelf, Token } from 'cdktf';
import type { Condition } from '../cdktf/condition';
import {
  configurationSetArn,
  partitionOf,
  sesTrustPolicy,
  trustPolicyLength,
} from '../policies/policy-documents';
import type { ConfigurationIssue } from '../settings/configuration-error';

/** The partition and region of a role; an unresolved token counts as any. */
interface Location {
  readonly partition: string;
  readonly region: string;
}

/** The values that determine the length of a trust policy. */
interface TrustOptions extends Location {
  readonly createSesRole: Condition;
  readonly trustMode: string;
  /** Names of the configuration sets for which SES can assume the role. */
  readonly names: readonly string[];
  /** IAM's quota, in characters. */
  readonly trustPolicyLimit: number;
}

/** The regions with the shortest and the longest possible policy. */
const shortest: Location = { partition: 'aws', region: 'us-east-1' };
const longest: Location = { partition: 'aws-us-gov', region: 'ap-southeast-10' };

/** Returns the length of the policy for some sets, as IAM counts it, without white space. */
function lengthFor(names: readonly string[], where: Location): number {
  const accountId = '000000000000'; // every account id has 12 digits
  const configurationSetArns = names.map((name) => configurationSetArn({ ...where, accountId, name }));
  return trustPolicyLength(sesTrustPolicy({ mode: 'source-arn', accountId, configurationSetArns }));
}

/** Returns the number of sets that fit into the policy, from the first one on. */
function setsThatFit(names: readonly string[], limit: number, where: Location): number {
  const first = names.findIndex((_, index) => lengthFor(names.slice(0, index + 1), where) > limit);
  return first === -1 ? names.length : first;
}

const areKnown = (names: readonly string[]) =>
  !Token.isUnresolved(names) && !names.some((name) => Token.isUnresolved(name));

/**
 * Checks whether the role's trust policy has too many configuration sets. If the region is unknown, only a
 * policy that is too long in every region is an error.
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
        `is source-arn, which requires a trust policy of ${length} characters for ${names.length} configuration ` +
        `sets, but IAM allows ${trustPolicyLimit}: keep the first ${fit} sets, set trustMode to external-id, or ` +
        'request a higher quota from AWS and set trustPolicyLimit',
    },
  ];
}

/**
 * Creates the same check for Terraform, where the region is known. It runs during the plan, or during the
 * apply where the names are unknown before. Undefined where the policy fits in every region.
 */
function trustLimitCheck({
  trustMode,
  names,
  trustPolicyLimit: limit,
}: Omit<TrustOptions, keyof Location>): Postcondition | undefined {
  if (trustMode === 'external-id') return undefined;
  if (areKnown(names) && !Token.isUnresolved(limit) && lengthFor(names, longest) <= limit) return undefined;
  const length = Fn.lengthOf(TerraformSelf.getString('assume_role_policy'));
  const [characters, sets, allowed] = [length, Fn.lengthOf(names), limit].map((value) =>
    Token.asString(value),
  );
  return {
    condition: Op.lte(length, limit),
    errorMessage:
      `the trust policy of the role for SES has ${characters} characters for ${sets} configuration sets, but IAM ` +
      `allows ${allowed}: use fewer sets, set trustMode to external-id, or request a higher quota from AWS and set ` +
      'trustPolicyLimit',
  };
}

export { trustLimitCheck, trustLimitIssues };
