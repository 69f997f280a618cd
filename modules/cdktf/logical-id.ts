import { TerraformDataSource, type TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';

/**
 * A name as Terraform spells it.
 * @example snakeName('bufferingSize') // 'buffering_size'
 */
function snakeName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The stacks whose addresses are checked when they are synthesized. */
const checked = new WeakSet<TerraformStack>();

/**
 * The name that a construct's resources have in Terraform: the ids from its stack down to it, joined by underscores.
 * Like CDKTF, it passes over the id `Default`: what hangs directly below a stack keeps short names.
 *
 * Unlike CDKTF's own, the name has no hash. It is what users read in a plan, find in a state and write in an import.
 */
function logicalName(construct: Construct, suffix?: string): string {
  const { scopes } = construct.node;
  const ids = scopes.slice(TerraformStack.of(construct).node.scopes.length).map(({ node }) => node.id);
  return [...ids.filter((id) => id !== 'Default'), ...(suffix === undefined ? [] : [suffix])]
    .join('_')
    .replace(/[^A-Za-z0-9_]/g, '_')
    .replace(/^(?=[0-9])/, '_');
}

function addressOf(element: IConstruct): string | undefined {
  if (TerraformResource.isTerraformResource(element)) {
    return `${element.terraformResourceType}.${element.friendlyUniqueId}`;
  }
  if (TerraformDataSource.isTerraformDataSource(element)) {
    return `data.${element.terraformResourceType}.${element.friendlyUniqueId}`;
  }
  return undefined;
}

/** The addresses in a stack that stand for more than one resource: CDKTF would make them into one. */
function sharedAddresses(stack: TerraformStack): string[] {
  const paths = new Map<string, string[]>();
  for (const element of stack.node.findAll()) {
    const address = addressOf(element);
    if (address !== undefined) paths.set(address, [...(paths.get(address) ?? []), element.node.path]);
  }
  return [...paths]
    .filter(([, sharing]) => sharing.length > 1)
    .map(
      ([address, sharing]) =>
        `${address} is the address of ${sharing.join(' and ')}: choose other construct ids`,
    );
}

/**
 * Gives a resource of a construct the construct's name: `aws_s3_bucket.archive` for the bucket of the construct
 * `archive`. Several of one type in one construct are told apart by a suffix. A stack in which an address stands for
 * two resources, whoever made them, is refused when it is synthesized.
 */
function nameAfter<Element extends TerraformElement>(
  owner: Construct,
  element: Element,
  suffix?: string,
): Element {
  const stack = TerraformStack.of(owner);
  if (!checked.has(stack)) {
    checked.add(stack);
    stack.node.addValidation({ validate: () => sharedAddresses(stack) });
  }
  element.overrideLogicalId(logicalName(owner, suffix));
  return element;
}

export { nameAfter, snakeName };
