import { type TerraformElement, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

/** The addresses that are taken, by stack. */
const taken = new WeakMap<TerraformStack, Set<string>>();

/**
 * The name that a construct's resources have in Terraform: the ids from its stack down to it, joined by underscores.
 * Like CDKTF, it passes over the id `Default`: what hangs directly below a stack keeps short names.
 *
 * Unlike CDKTF's own, the name has no hash. It is what users read in a plan, find in a state and write in an import.
 */
function logicalName(construct: Construct, suffix?: string): string {
  const ids = construct.node.scopes
    .slice(TerraformStack.of(construct).node.scopes.length)
    .map(({ node }) => node.id);
  return [...ids.filter((id) => id !== 'Default'), ...(suffix === undefined ? [] : [suffix])]
    .join('_')
    .replace(/[^A-Za-z0-9_]/g, '_');
}

/**
 * Gives a resource of a construct the construct's name: `aws_s3_bucket.archive` for the bucket of the construct
 * `archive`. Several of one type in one construct are told apart by a suffix.
 * @throws {Error} when the address is taken
 */
function nameAfter<Element extends TerraformElement>(
  owner: Construct,
  element: Element,
  suffix?: string,
): Element {
  const name = logicalName(owner, suffix);
  const stack = TerraformStack.of(owner);
  const addresses = taken.get(stack) ?? new Set<string>();
  taken.set(stack, addresses);
  const address = `${element.constructor.name} ${name}`;
  if (addresses.has(address)) {
    throw new Error(
      `the address ${address} of ${owner.node.path} is taken in its stack: choose another construct id`,
    );
  }
  addresses.add(address);
  element.overrideLogicalId(name);
  return element;
}

export { logicalName, nameAfter };
