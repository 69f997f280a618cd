// Policy documents are plain data: whatever is passed in may be a CDKTF token that only Terraform resolves, so
// texts are joined and lists are placed as they are; nothing here reads, splits or checks them.

/** One value, or several of which any will do. */
type OneOrMore = string | readonly string[];

/**
 * One statement of a policy: whom it lets or forbids to do what, with which resources and under which conditions.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html
 */
interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  /** In trust and resource policies: whom the statement is about. */
  readonly Principal?: '*' | Readonly<Record<string, OneOrMore>>;
  readonly Action: OneOrMore;
  /** Everywhere but in trust policies. */
  readonly Resource?: OneOrMore;
  /** Operator → condition key → values. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
}

/**
 * An IAM policy document: `JSON.stringify` makes of it what AWS takes.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

/** The document of some statements. */
function policyOf(...statements: readonly PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

/** Refuses plain HTTP, to everyone and whatever else allows it. */
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

/** By what the role recognizes SES: by the sending configuration set, or as the Pinpoint Email API had it. */
type SesTrust =
  | {
      readonly mode: 'source-arn';
      readonly accountId: string;
      /** `*` and `?` stand for any characters and any one. */
      readonly configurationSetArns: readonly string[];
    }
  | { readonly mode: 'external-id'; readonly accountId: string };

/** What an ARN is made of. */
interface ArnParts {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
}

/** Partitions other than `aws`, by the beginning of their regions' names. */
const partitions: readonly (readonly [regionPrefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
];

/**
 * The partition of a region's name, which must be known: not for tokens.
 * @example partitionOf('cn-north-1') // 'aws-cn'
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
function partitionOf(region: string): string {
  return partitions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/**
 * What the names of a partition's endpoints end with; not for tokens.
 * @example dnsSuffixOf('aws-cn') // 'amazonaws.com.cn'
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
function dnsSuffixOf(partition: string): string {
  return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}

/**
 * The ARN of a Firehose stream.
 * @example deliveryStreamArn({ partition: 'aws', region: 'eu-west-1', accountId: '111122223333', name: 'events' })
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonkinesisfirehose.html
 */
function deliveryStreamArn({ partition, region, accountId, name }: ArnParts): string {
  return `arn:${partition}:firehose:${region}:${accountId}:deliverystream/${name}`;
}

/**
 * The ARN of an SES configuration set.
 * @example configurationSetArn({ partition: 'aws', region: 'eu-west-1', accountId: '111122223333', name: 'news' })
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonses.html
 */
function configurationSetArn({ partition, region, accountId, name }: ArnParts): string {
  return `arn:${partition}:ses:${region}:${accountId}:configuration-set/${name}`;
}

/**
 * Who may assume the role that SES puts records with: SES, on behalf of one account.
 *
 * `source-arn` is what the SES guide asks for: the account and the configuration sets that send. `external-id` is
 * the document of the Pinpoint Email API's guide, to the letter. There is no mode without a condition: any
 * customer of SES could then name the role.
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
            // The guide has StringEquals here too; without wildcards the two mean the same.
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
 * How many characters IAM takes for a trust policy, unless the account's quota is raised.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const trustPolicyQuota = 2048;

/**
 * How long IAM finds a trust policy: it counts no white space, and there is none in the names and ids of these.
 * @example trustPolicyLength(sesTrustPolicy({ mode: 'external-id', accountId: '111122223333' })) // 192
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
function trustPolicyLength(policy: PolicyDocument): number {
  return JSON.stringify(policy).length;
}

/** The customer-managed key of a stream, and where it is. */
interface StreamKey {
  readonly keyArn: string;
  /** The region of the key and the stream. */
  readonly region: string;
  /** What the names of the partition's endpoints end with: `amazonaws.com`. */
  readonly dnsSuffix: string;
}

/**
 * Putting a record into a stream encrypted with a customer-managed key requires the key too, of the caller. Firehose
 * uses it on the caller's behalf: AWS's own roles that put records, WAF's for example, have the same condition.
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
 * What the role that SES assumes may do: put records into one stream and look at it, which the Pinpoint guide
 * allows and the SES guide leaves out. Without a key this is the Pinpoint guide's document, and so has no Sid.
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
 * The part of `sesPermissionsPolicy` that is about the stream's key, for a policy of its own.
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
