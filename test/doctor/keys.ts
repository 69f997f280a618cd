import type { Key } from '../../consumer/doctor/key';
import { encryptionKeyPolicy } from '../../modules/encryption-key/encryption-key-policy';
import type { GivenPolicyDocument } from '../../modules/policies/policy-evaluator';
import { accountId, bucketArn, place } from './healthy';

/** The key of a stream or a bucket, in the region of `place`. */
const keyArn = `arn:aws:kms:eu-west-1:${accountId}:key/1234abcd`;
const dnsSuffix = 'amazonaws.com';
const logGroupArn = `arn:aws:logs:eu-west-1:${accountId}:log-group:email-events`;
/** The key policy of the constructs: it delegates to the account. */
const ofAccount = encryptionKeyPolicy({ ...place, dnsSuffix, logGroupArn, bucketArn });
/** A key of the account with a policy. */
const keyOf = (policy: GivenPolicyDocument | undefined, more: Partial<Key> = {}): Key => ({
  metadata: { KeyId: '1234abcd', Arn: keyArn, KeyState: 'Enabled', KeyManager: 'CUSTOMER' },
  policy,
  grants: [],
  ...more,
});

export { dnsSuffix, keyArn, keyOf, ofAccount };
