import type { DeliveryStreamDescription } from '@aws-sdk/client-firehose';
import type { GivenPolicyDocument, GivenStatement } from '../../modules/policies/policy-evaluator';
import { pageAddress } from '../pages/page-address';
import type { Answer } from './answers/answer';
import { type Finding, failure, ok, warning } from './findings/finding';
import { judgeKey, type Key, type KeyUser } from './key';
import type { Place } from './places/place';

/** Returns the customer-managed key of a stream; undefined when there is none. */
function streamKeyArn(stream: DeliveryStreamDescription): string | undefined {
  const { KeyType, KeyARN } = stream.DeliveryStreamEncryptionConfiguration ?? {};
  return KeyType === 'CUSTOMER_MANAGED_CMK' ? KeyARN : undefined;
}

/**
 * Removes conditions on the encryption context, which counts as met: AWS does not document Firehose's context
 * for a stream.
 */
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

/** Time from which Firehose requires key permissions of callers that put records; older streams follow later. */
const requiredSince = Date.UTC(2026, 3, 20);
const requiredForAll = Date.UTC(2027, 1, 28);

/**
 * Checks whether the stream's own key is enabled, and whether the role of SES can use it.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/encryption.html
 */
function judgeStreamKey(
  stream: DeliveryStreamDescription,
  key: Answer<Key> | undefined,
  user: KeyUser,
  { place, now }: { place: Place; now: Date },
): Finding {
  const check = 'stream-key';
  const { Status: status, FailureDescription: reason } = stream.DeliveryStreamEncryptionConfiguration ?? {};
  if (status?.endsWith('_FAILED') === true) {
    const why = reason === undefined ? '' : ` (${reason.Type}: ${reason.Details})`;
    return failure(
      check,
      `the encryption status of the stream is ${status}${why}`,
      'allow Firehose to create a grant on the key (kms:CreateGrant), and start the encryption again',
    );
  }
  if (key === undefined) return ok(check, 'the stream is not encrypted with a customer-managed key');
  const isRequired =
    (stream.CreateTimestamp ?? now).getTime() >= requiredSince || now.getTime() >= requiredForAll;
  const address = pageAddress('aws-cli', 'a-stream-with-a-customer-managed-key');
  const fix = `add --key to ses-events policy permissions, and allow the role in the key policy. See ${address}`;
  return judgeKey(key, user, {
    ...{ check, encrypts: 'stream', service: 'SES', name: streamKeyArn(stream) ?? '', place },
    via: `firehose.${place.region}`,
    counting: withoutEncryptionContext,
    denied: (message) =>
      isRequired
        ? failure(check, message, fix)
        : warning(check, `${message}; AWS requires it from 2027-02-28`, fix),
  });
}

export { judgeStreamKey, streamKeyArn };
