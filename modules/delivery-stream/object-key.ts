import { Fn, Token } from 'cdktf';
import { type Condition, choose, equals, or } from '../cdktf/condition';
import type { Configured } from '../settings/configure';
import type { deliveryStreamSettings } from './delivery-stream-settings';

/** The key that encrypts the delivered objects, if it is a customer-managed key. */
interface ObjectKey {
  readonly isCustomerManaged: Condition;
  readonly keyArn: string;
}

/** The settings of the key of an existing bucket. */
type BucketKeySettings = Pick<
  Configured<typeof deliveryStreamSettings.fields>,
  'bucketEncryption' | 'bucketKmsKeyArn'
>;

/** Whether the objects are encrypted with another key than that of the stream. */
function hasOwnKey({ bucketEncryption }: Pick<BucketKeySettings, 'bucketEncryption'>): Condition {
  return equals(bucketEncryption, 'existing-key');
}

/** Returns the key of the delivered objects: that of the bucket, if it has its own, or that of the stream. */
function objectKey(config: BucketKeySettings, streamKey: ObjectKey): ObjectKey {
  const isOwn = hasOwnKey(config);
  return {
    isCustomerManaged: or(isOwn, streamKey.isCustomerManaged),
    keyArn: choose(isOwn, config.bucketKmsKeyArn ?? '', streamKey.keyArn),
  };
}

/** Returns the region of a key, which is also the region of a bucket that it encrypts. */
function regionOfKey(keyArn: string): string {
  if (Token.isUnresolved(keyArn)) return Token.asString(Fn.element(Fn.split(':', keyArn), 3));
  return keyArn.split(':')[3] ?? '';
}

export { hasOwnKey, objectKey, regionOfKey };
