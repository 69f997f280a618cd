import type { DeliveryStreamDescription, Processor } from '@aws-sdk/client-firehose';
import type { GivenPolicyDocument, PolicyRequest } from '../../modules/policies/policy-evaluator';
import { pageAddress } from '../pages/page-address';
import { type Answer, found } from './answers/answer';
import { type Finding, failure, ok, unanswered, warning } from './findings/finding';
import { few } from './findings/wording';
import type { ArchivePlace } from './places/archive-place';
import { nameOf, type Place, parseArn } from './places/place';
import { exampleKey } from './places/prefix';
import { judgePolicies, type Verdict } from './policies/verdict';
import type { Role, RolePolicies } from './role';

/** A permission of a role that a stream's delivery requires. */
interface Need {
  readonly action: string;
  readonly resource: string;
  /** Whether nothing is delivered without it. */
  readonly isVital: boolean;
}

/** The fix for missing permissions of the role. */
const ownFix = `give the role its permissions, or deploy it again. See ${pageAddress('security', 'permissions-of-each-part')}`;

/** The fix where the bucket is in another account. */
const centralFix = `give the role its permissions, and let the owner of the bucket attach the printed policies. See ${pageAddress('central-bucket', 'the-printed-policies')}`;

/** Checks whether Firehose's delivery role exists, and whether Firehose can assume it. */
function judgeDeliveryRole(
  role: Answer<Role>,
  { roleArn }: ArchivePlace,
  streamArn: string,
  { accountId }: Place,
): Finding {
  const check = 'delivery-role';
  const name = nameOf(roleArn);
  if (role.state !== 'found') {
    return unanswered(check, `read the role ${name}`, role, {
      message: `the role ${name} of Firehose does not exist`,
      fix: `create it again, and update the destination of the stream. See ${pageAddress('deploying')}`,
    });
  }
  const verdict = judgePolicies(
    { documents: [role.value.trust] },
    {
      principal: { Service: 'firehose.amazonaws.com' },
      action: 'sts:AssumeRole',
      context: {
        'sts:ExternalId': accountId,
        'aws:SourceAccount': accountId,
        'aws:SourceArn': streamArn,
      },
    },
  );
  if (verdict.decision === 'allowed') return ok(check, `${name} exists and trusts Firehose`);
  if (verdict.decision === 'unjudged')
    return warning(
      check,
      `cannot evaluate the trust policy of ${name}: ${verdict.because}`,
      'review the policy manually',
    );
  return failure(
    check,
    `Firehose cannot assume ${name}: ${verdict.because}`,
    'allow firehose.amazonaws.com in the trust policy, with your account ID as sts:ExternalId',
  );
}

/** Returns the Lambda functions that transform a stream's records. */
function functionsOf(processors: readonly Processor[] = []): string[] {
  return processors.flatMap(({ Parameters = [] }) =>
    Parameters.filter(({ ParameterName }) => ParameterName === 'LambdaArn').map(
      ({ ParameterValue = '' }) => ParameterValue,
    ),
  );
}

/**
 * Returns the permissions that the role needs, as the guide lists them. Without `s3:PutObject` nothing
 * arrives; without the rest some deliveries fail, or their errors are not logged.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
 */
function needsOf(
  stream: DeliveryStreamDescription,
  archive: ArchivePlace,
  isInOtherAccount: boolean,
): Need[] {
  const { bucketArn, prefix, errorPrefix = prefix } = archive;
  const name = stream.DeliveryStreamName ?? '';
  const main = stream.Destinations?.[0]?.ExtendedS3DestinationDescription;
  const processing = main?.ProcessingConfiguration;
  const functions = processing?.Enabled === true ? functionsOf(processing.Processors) : [];
  const object = `${bucketArn}/${exampleKey(prefix, name)}`;
  return [
    { action: 's3:PutObject', resource: object, isVital: true },
    ...functions.map((resource) => ({ action: 'lambda:InvokeFunction', resource, isVital: true })),
    { action: 's3:PutObject', resource: `${bucketArn}/${exampleKey(errorPrefix, name)}`, isVital: false },
    ...(isInOtherAccount ? [{ action: 's3:PutObjectAcl', resource: object, isVital: true }] : []),
    { action: 's3:AbortMultipartUpload', resource: object, isVital: false },
    { action: 's3:GetBucketLocation', resource: bucketArn, isVital: false },
    { action: 's3:ListBucket', resource: bucketArn, isVital: false },
    { action: 's3:ListBucketMultipartUploads', resource: bucketArn, isVital: false },
  ];
}

/** Returns the accounts whose buckets a role can use, where its policies name them. */
function accountsOfBuckets(policies: RolePolicies | undefined): string[] {
  const { documents = [], boundary } = policies ?? {};
  const conditions = [...documents, ...(boundary === undefined ? [] : [boundary])]
    .flatMap(({ Statement }) => Statement)
    .flatMap(({ Condition = {} }) => Object.values(Condition))
    .flatMap((keys) => Object.entries(keys));
  const accounts = conditions
    .filter(([key]) => key.toLowerCase() === 'aws:resourceaccount')
    .flatMap(([, values]) => [values].flat().map(String));
  return [...new Set(accounts.filter((account) => /^\d{12}$/.test(account)))];
}

/**
 * Evaluates a request to a bucket of another account, which the policies of the role and that of the bucket must
 * both allow. A policy of the bucket that cannot be read is not evaluated.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
function judgeInOtherAccount(
  policies: RolePolicies,
  bucketPolicy: Answer<GivenPolicyDocument>,
  request: PolicyRequest,
): Verdict {
  const byRole = judgePolicies(policies, request);
  if (byRole.decision !== 'allowed') return byRole;
  if (bucketPolicy.state !== 'found' && bucketPolicy.state !== 'absent') return byRole;
  const documents = bucketPolicy.state === 'found' ? [bucketPolicy.value] : [];
  const byBucket = judgePolicies({ documents }, request);
  if (byBucket.decision !== 'denied') return byBucket;
  return { ...byBucket, because: `${byBucket.because} (bucket policy, in another account)` };
}

/** Checks whether the role's policies and the bucket's policy let Firehose write to the bucket. */
function judgeDeliveryPermissions(
  role: Role,
  answers: {
    policies: Answer<RolePolicies>;
    bucketPolicy: Answer<GivenPolicyDocument>;
    /** The account that owns the bucket; undefined when the role's policies do not name it. */
    bucketOwner: string | undefined;
  },
  stream: DeliveryStreamDescription,
  archive: ArchivePlace,
): Finding {
  const check = 'delivery-permissions';
  const { policies, bucketPolicy, bucketOwner = 'another account' } = answers;
  if (policies.state !== 'found') {
    const absence = { message: `a policy of ${role.name} no longer exists`, fix: ownFix };
    return unanswered(check, `read the policies of ${role.name}`, policies, absence);
  }
  const ofBucket = found(bucketPolicy);
  const isInOtherAccount = /^\d+$/.test(bucketOwner) && bucketOwner !== parseArn(role.arn).accountId;
  const judge = ({ action, resource }: Need): Verdict => {
    const request = {
      principal: { AWS: role.arn },
      action,
      resource,
      context: {
        'aws:SecureTransport': true,
        'aws:PrincipalArn': role.arn,
        ...(action.startsWith('s3:') && { 'aws:ResourceAccount': bucketOwner }),
      },
    };
    const { documents, boundary } = policies.value;
    if (isInOtherAccount && action.startsWith('s3:'))
      return judgeInOtherAccount(policies.value, bucketPolicy, request);
    const own = ofBucket === undefined || !action.startsWith('s3:') ? documents : [...documents, ofBucket];
    return judgePolicies({ documents: own, boundary }, request);
  };
  const permissionsFix = isInOtherAccount ? centralFix : ownFix;
  const verdicts = needsOf(stream, archive, isInOtherAccount).map((need) => ({ need, verdict: judge(need) }));
  for (const { need, verdict } of verdicts) {
    if (need.isVital && verdict.decision === 'denied') {
      const message = `${role.name} is not authorized to perform ${need.action} on ${need.resource}: ${verdict.because}`;
      return failure(check, message, permissionsFix);
    }
  }
  for (const { verdict } of verdicts) {
    if (verdict.decision === 'unjudged')
      return warning(
        check,
        `cannot evaluate the policies of ${role.name}: ${verdict.because}`,
        'review the policies manually',
      );
  }
  const missing = verdicts.filter(({ verdict }) => verdict.decision === 'denied');
  if (missing.length > 0) {
    const actions = few(missing.map(({ need: { action, resource } }) => `${action} on ${resource}`));
    return warning(
      check,
      `${role.name} can write events, but is not authorized to perform ${actions}`,
      permissionsFix,
    );
  }
  if (bucketPolicy.state !== 'found' && bucketPolicy.state !== 'absent') {
    const absence = { message: '', fix: '' }; // a bucket needs no policy
    return unanswered(check, `read the policy of the bucket ${archive.bucket}`, bucketPolicy, absence);
  }
  return ok(check, `${role.name} can write to ${archive.bucket}`);
}

export { accountsOfBuckets, judgeDeliveryPermissions, judgeDeliveryRole };
