import { textsAround } from '../cdktf/condition';
import { denyWithoutTls, type PolicyDocument, policyOf } from '../policies/policy-documents';
import { bucketActions, otherAccountActions, useOfBucketKey } from './delivery-policies';

// Policies that the owner of a bucket in another account attaches. As in policy-documents.ts, every text may be
// a CDKTF token.

/** A bucket in another account, and the role that writes to it. */
interface CentralBucket {
  readonly bucketArn: string;
  /** The role with which Firehose writes. */
  readonly roleArn: string;
}

/**
 * Creates the policy of the bucket: the role can find the bucket, and write below its folders. Requests without
 * TLS are denied, as for a created bucket.
 * @param prefixes the fixed beginnings of keys, each with its slash
 * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#cross-account-delivery-s3
 */
function centralBucketPolicy({
  bucketArn,
  roleArn,
  prefixes,
}: CentralBucket & { readonly prefixes: readonly string[] }): PolicyDocument {
  const delivery = { Effect: 'Allow', Principal: { AWS: roleArn } } as const; // not any text
  return policyOf(
    { Sid: 'FoundByDelivery', ...delivery, Action: bucketActions, Resource: [bucketArn] },
    {
      Sid: 'WrittenByDelivery',
      ...delivery,
      Action: otherAccountActions,
      Resource: textsAround(`${bucketArn}/`, prefixes, '*'),
    },
    denyWithoutTls('s3:*', [bucketArn, `${bucketArn}/*`]),
  );
}

/**
 * Creates the policy of the key that encrypts the objects: the account of the key administers it, and the role
 * can use it through S3, for this bucket only.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 */
function centralBucketKeyPolicy({
  bucketArn,
  roleArn,
  partition,
  region,
  dnsSuffix,
  accountId,
}: CentralBucket &
  Readonly<Record<'partition' | 'region' | 'dnsSuffix' | 'accountId', string>>): PolicyDocument {
  const thisKey = '*';
  const { Sid: _, Effect, ...use } = useOfBucketKey({ keyArn: thisKey, bucketArn, region, dnsSuffix });
  return policyOf(
    {
      Sid: 'AdministeredByAccount',
      Effect,
      Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
      Action: 'kms:*',
      Resource: thisKey,
    },
    { Sid: 'UsedByDelivery', Effect, Principal: { AWS: roleArn }, ...use },
  );
}

export { centralBucketKeyPolicy, centralBucketPolicy };
