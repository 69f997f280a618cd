import type { DeliveryStreamDescription } from '@aws-sdk/client-firehose';
import { dnsSuffixOf } from '../../../modules/policies/policy-documents';
import type { GivenPolicyDocument, GivenStatement } from '../../../modules/policies/policy-evaluator';
import { type Answer, found } from '../ask/answer';
import type { Key } from '../ask/key';
import { type Finding, failure, notChecked, ok, warning } from '../finding';
import type { Place } from '../place';
import { type KeyUser, keyActions, unusable } from './key-state';
import { judgeKeyUse } from './key-use';
import { unanswered } from './no-answer';

/** The key that a stream is encrypted with; undefined when it is none of the customer's. */
function streamKeyArn(stream: DeliveryStreamDescription): string | undefined {
  const { KeyType, KeyARN } = stream.DeliveryStreamEncryptionConfiguration ?? {};
  return KeyType === 'CUSTOMER_MANAGED_CMK' ? KeyARN : undefined;
}

/** What Firehose gives as encryption context of a stream is not documented: conditions on it count as met. */
function withoutEncryptionContext({ Statement }: GivenPolicyDocument): GivenPolicyDocument {
  const known = ({ Condition = {}, ...statement }: GivenStatement): GivenStatement => ({
    ...statement,
    Condition: Object.fromEntries(
      Object.entries(Condition).map(([operator, keys]) => [
        operator,
        Object.fromEntries(Object.entries(keys).filter(([key]) => !/^kms:EncryptionContext/i.test(key))),
      ]),
    ),
  });
  return { Statement: [Statement].flat().map(known) };
}

/** Since when Firehose asks the key of whoever puts records, and until when older streams may do without. */
const askedSince = Date.UTC(2026, 3, 20);
const askedOfAll = Date.UTC(2027, 1, 28);

/**
 * Whether the stream's own key works, and whether the role of SES may use it.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/encryption.html
 */
function judgeStreamKey(
  stream: DeliveryStreamDescription,
  key: Answer<Key> | undefined,
  { role, policies }: KeyUser,
  { place, now }: { place: Place; now: Date },
): Finding {
  const check = 'stream-key';
  const { Status: status, FailureDescription: reason } = stream.DeliveryStreamEncryptionConfiguration ?? {};
  if (status?.endsWith('_FAILED') === true) {
    const why = reason === undefined ? '' : ` (${reason.Type}: ${reason.Details})`;
    return failure(
      check,
      `the encryption of the stream is ${status}${why}`,
      'let Firehose have a grant on the key (kms:CreateGrant), and start the encryption again',
    );
  }
  if (key === undefined) return ok(check, 'the stream is not encrypted with a key of this account');
  const name = streamKeyArn(stream) ?? '';
  const absence = {
    message: `the key ${name} of the stream is not there`,
    fix: 'give the stream another key',
  };
  if (key.state !== 'found') return unanswered(check, `the key ${name}`, key, absence);
  const disabled = unusable(check, key.value, place);
  if (disabled !== undefined) return disabled;
  const known = policies && found(policies);
  if (role === undefined || known === undefined)
    return notChecked(check, 'the policies of the role of SES are not known');
  const { policy } = key.value;
  const verdict = judgeKeyUse(
    { ...key.value, policy: policy && withoutEncryptionContext(policy) },
    {
      roleArn: role.arn,
      policies: { ...known, documents: known.documents.map(withoutEncryptionContext) },
      actions: keyActions,
      context: {
        'kms:ViaService': `firehose.${place.region}.${dnsSuffixOf(place.partition)}`,
        'kms:CallerAccount': place.accountId,
        'aws:PrincipalArn': role.arn,
      },
    },
  );
  if (verdict.decision === 'allowed') return ok(check, `${role.name} may use the key of the stream`);
  if (verdict.decision === 'unjudged')
    return warning(
      check,
      `cannot judge who may use ${name}: ${verdict.because}`,
      'look at the policy yourself',
    );
  const isAskedYet = (stream.CreateTimestamp ?? now).getTime() >= askedSince || now.getTime() >= askedOfAll;
  const message = `${role.name} may not use the key of the stream: ${verdict.because}`;
  const fix =
    'add --key to ses-events policy permissions (docs/aws-cli.md), and let the policy of the key allow it';
  return isAskedYet
    ? failure(check, message, fix)
    : warning(check, `${message}; AWS asks for it from 2027-02-28 on`, fix);
}

export { judgeStreamKey, streamKeyArn };
