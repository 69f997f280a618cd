// Policy documents are plain data. Every argument may be a CDKTF token that only Terraform resolves, so texts
// are joined and lists are inserted unchanged. No function here reads, splits or checks them.

/** One value, or several alternatives. */
type OneOrMore = string | readonly string[];

/**
 * One statement of a policy: its principals, actions, resources and conditions, and whether it allows or
 * denies.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html
 */
interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  /** The principals, in trust and resource policies. */
  readonly Principal?: '*' | Readonly<Record<string, OneOrMore>>;
  readonly Action: OneOrMore;
  /** In all policies except trust policies. */
  readonly Resource?: OneOrMore;
  /** Operator → condition key → values. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
}

/**
 * An IAM policy document; `JSON.stringify` converts it to AWS's format.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

/** Creates a document of some statements. */
function policyOf(...statements: readonly PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

/** Denies plain HTTP to everyone, whatever the other statements. */
function denyWithoutTls(action: string, resources: readonly string[]): PolicyStatement {
  return {
    Sid: 'DenyWithoutTls',
    Effect: 'Deny',
    Principal: '*',
    Action: action,
    Resource: resources,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

/**
 * The condition by which the role recognizes SES: the sending configuration set, or that of the Pinpoint
 * Email API.
 */
type SesTrust =
  | {
      readonly mode: 'source-arn';
      readonly accountId: string;
      /** `*` matches any characters, and `?` any single one. */
      readonly configurationSetArns: readonly string[];
    }
  | { readonly mode: 'external-id'; readonly accountId: string };

/** The parts of an ARN. */
interface ArnParts {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
}

/** Partitions other than `aws`, by the prefix of their regions' names. */
const partitions: readonly (readonly [regionPrefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
];

/**
 * Returns the partition of a region. The region must be known, not a token.
 * @example partitionOf('cn-north-1') // 'aws-cn'
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
function partitionOf(region: string): string {
  return partitions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/**
 * Returns the suffix of a partition's endpoint names. The partition must be known, not a token.
 * @example dnsSuffixOf('aws-cn') // 'amazonaws.com.cn'
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
function dnsSuffixOf(partition: string): string {
  return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}

/**
 * Returns the ARN of a Firehose stream.
 * @example deliveryStreamArn({ partition: 'aws', region: 'eu-west-1', accountId: '111122223333', name: 'events' })
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonkinesisfirehose.html
 */
function deliveryStreamArn({ partition, region, accountId, name }: ArnParts): string {
  return `arn:${partition}:firehose:${region}:${accountId}:deliverystream/${name}`;
}

/**
 * Returns the ARN of an SES configuration set.
 * @example configurationSetArn({ partition: 'aws', region: 'eu-west-1', accountId: '111122223333', name: 'news' })
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonses.html
 */
function configurationSetArn({ partition, region, accountId, name }: ArnParts): string {
  return `arn:${partition}:ses:${region}:${accountId}:configuration-set/${name}`;
}

/**
 * Creates the trust policy of the role with which SES puts records: SES can assume it, on behalf of one
 * account.
 *
 * `source-arn` follows the SES guide: it requires the account and the sending configuration sets.
 * `external-id` is the document of the Pinpoint Email API's guide, unchanged. Every mode has a condition,
 * because without one any customer of SES could name the role.
 *
 * @example sesTrustPolicy({ mode: 'external-id', accountId: '111122223333' })
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-add-event-destination-firehose.html
 * @see https://docs.aws.amazon.com/pinpoint/latest/developerguide/permissions-stream-email-events-kinesis.html
 */
function sesTrustPolicy(trust: SesTrust): PolicyDocument {
  const assumedBySes = {
    Effect: 'Allow',
    Principal: { Service: 'ses.amazonaws.com' },
    Action: 'sts:AssumeRole',
  } as const;
  const statement: PolicyStatement =
    trust.mode === 'source-arn'
      ? {
          Sid: 'AssumedBySesForConfigurationSets',
          ...assumedBySes,
          Condition: {
            StringEquals: { 'aws:SourceAccount': trust.accountId },
            // The guide has StringEquals here too; without wildcards the two are equivalent.
            ArnLike: { 'aws:SourceArn': trust.configurationSetArns },
          },
        }
      : {
          Sid: '', // as in the guide
          ...assumedBySes,
          Condition: { StringEquals: { 'sts:ExternalId': trust.accountId } },
        };
  return policyOf(statement);
}

/**
 * IAM's default quota for a trust policy, in characters.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const trustPolicyQuota = 2048;

/**
 * Returns the length of a trust policy in characters. IAM does not count white space, and names and ids in
 * these policies contain none.
 * @example trustPolicyLength(sesTrustPolicy({ mode: 'external-id', accountId: '111122223333' })) // 192
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
function trustPolicyLength(policy: PolicyDocument): number {
  return JSON.stringify(policy).length;
}

/** The customer-managed key of a stream, with its region. */
interface StreamKey {
  readonly keyArn: string;
  /** The region of the key and the stream. */
  readonly region: string;
  /** The suffix of the partition's endpoint names: `amazonaws.com`. */
  readonly dnsSuffix: string;
}

/**
 * Permits the use of the stream's key, which putting records into a stream with a customer-managed key
 * requires. Firehose uses the key on the caller's behalf. AWS's own roles that put records, WAF's for
 * example, have the same condition.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/WAFLoggingServiceRolePolicy.html
 */
function useOfStreamKey({ keyArn, region, dnsSuffix }: StreamKey): PolicyStatement {
  return {
    Sid: 'UseStreamKey',
    Effect: 'Allow',
    Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
    Resource: [keyArn],
    Condition: { StringEquals: { 'kms:ViaService': `firehose.${region}.${dnsSuffix}` } },
  };
}

/**
 * Creates the permissions of the role that SES assumes: put records into one stream and describe it. The
 * Pinpoint guide includes the second permission, and the SES guide does not. Without a key this is the
 * Pinpoint guide's document, and so has no Sid.
 *
 * @example sesPermissionsPolicy({ streamArn: 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/events' })
 * @see https://docs.aws.amazon.com/pinpoint/latest/developerguide/permissions-stream-email-events-kinesis.html
 */
function sesPermissionsPolicy({
  streamArn,
  key,
}: {
  readonly streamArn: string;
  /** @default - the stream is not encrypted with a customer-managed key */
  readonly key?: StreamKey | undefined;
}): PolicyDocument {
  const putRecords: PolicyStatement = {
    Effect: 'Allow',
    Action: ['firehose:PutRecordBatch', 'firehose:DescribeDeliveryStream'],
    Resource: [streamArn],
  };
  return key === undefined ? policyOf(putRecords) : policyOf(putRecords, useOfStreamKey(key));
}

/**
 * Creates the part of `sesPermissionsPolicy` for the stream's key, as a separate policy.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/encryption.html
 */
function sesKeyPermissionsPolicy(key: StreamKey): PolicyDocument {
  return policyOf(useOfStreamKey(key));
}

export {
  configurationSetArn,
  deliveryStreamArn,
  denyWithoutTls,
  dnsSuffixOf,
  type OneOrMore,
  type PolicyDocument,
  type PolicyStatement,
  partitionOf,
  policyOf,
  sesKeyPermissionsPolicy,
  sesPermissionsPolicy,
  sesTrustPolicy,
  trustPolicyLength,
  trustPolicyQuota,
};
