import type { Condition } from '../cdktf/condition';
import { ConfigurationError } from './configuration-error';

/** The customer-managed key that encrypts a resource, if there is one. */
interface CustomerKeyProps {
  /**
   * The key's ARN.
   * @default - a key of AWS
   */
  readonly keyArn?: string | undefined;
  /**
   * Whether there is a customer-managed key; set it where only Terraform can evaluate this.
   * @default - whether `keyArn` is given
   */
  readonly isCustomerManaged?: Condition | undefined;
}

/**
 * Returns the key in some props: whether there is one, and its ARN.
 * @throws {ConfigurationError} when the props require a key and do not contain its ARN
 */
function customerKey(subject: string, { keyArn, isCustomerManaged }: CustomerKeyProps) {
  if (isCustomerManaged === true && keyArn === undefined) {
    throw new ConfigurationError(subject, [
      {
        setting: 'keyArn',
        message: 'is required if isCustomerManaged is true: set it to the ARN of the key',
      },
    ]);
  }
  return { isCustomerManaged: isCustomerManaged ?? keyArn !== undefined, keyArn: keyArn ?? '' };
}

export { type CustomerKeyProps, customerKey };
