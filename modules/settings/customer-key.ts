import type { Condition } from '../cdktf/condition';
import { ConfigurationError } from './configuration-error';

/** The customer-managed key that encrypts something, if there is one. */
interface CustomerKeyProps {
  /**
   * The key's ARN.
   * @default - a key of AWS
   */
  readonly keyArn?: string | undefined;
  /**
   * Whether there is such a key: for when only Terraform knows.
   * @default - whether `keyArn` is given
   */
  readonly isCustomerManaged?: Condition | undefined;
}

/**
 * The key that some props name: whether there is one, and its ARN where there is.
 * @throws {ConfigurationError} when they say that there is one and not which
 */
function customerKey(subject: string, { keyArn, isCustomerManaged }: CustomerKeyProps) {
  if (isCustomerManaged === true && keyArn === undefined) {
    throw new ConfigurationError(subject, [
      { setting: 'keyArn', message: 'is missing: isCustomerManaged is true, so name the key' },
    ]);
  }
  return { isCustomerManaged: isCustomerManaged ?? keyArn !== undefined, keyArn: keyArn ?? '' };
}

export { type CustomerKeyProps, customerKey };
