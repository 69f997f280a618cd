import { TerraformDataSource, type TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';

/**
 * Spells a name as Terraform does.
 * @example snakeName('bufferingSize') // 'buffering_size'
 */
function snakeName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The stacks whose addresses are checked at synthesis. */
const checked = new WeakSet<TerraformStack>();

/**
 * Returns the name of a construct's resources in Terraform: the ids from its stack down to it, joined by
 * underscores. Like CDKTF, it skips the id `Default`, so that constructs directly below a stack have short
 * names.
 *
 * Unlike CDKTF's own names, it has no hash, because users read it in plans and states and write it in
 * imports.
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

/** Finds addresses in a stack that more than one resource has, because CDKTF would merge these resources. */
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
        `${address} is the address of ${sharing.join(' and ')}: use different construct ids`,
    );
}

/**
 * Names a resource after its construct: `aws_s3_bucket.archive` for the bucket of the construct `archive`. A
 * suffix distinguishes several resources of one type in a construct. Synthesis fails when two resources of
 * the stack, also of other constructs, have one address.
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
