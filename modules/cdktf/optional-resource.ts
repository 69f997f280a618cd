import { conditional, dependable, Fn, propertyAccess, type TerraformResource, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { type Condition, isKnown } from './condition';
import { nameAfter } from './logical-id';

/** The arguments of a resource that make its existence conditional. */
interface Count {
  count?: number;
}

/**
 * A resource that exists only under a condition. A known condition decides at synthesis; otherwise the
 * resource gets a `count`, which Terraform evaluates.
 *
 * @example
 * const key = new OptionalResource(condition, (count) => new KmsKey(this, 'key', { ...count }));
 * key.attribute('arn'); // undefined or null where there is no key
 */
class OptionalResource<Resource extends TerraformResource> {
  /** Undefined when the condition is known to be false. */
  readonly resource: Resource | undefined;

  constructor(
    private readonly condition: Condition,
    create: (count: Count) => Resource,
  ) {
    if (!isKnown(condition)) {
      this.resource = create({ count: Token.asNumber(conditional(condition, 1, 0)) });
    } else if (condition) {
      this.resource = create({});
    }
  }

  /**
   * Returns an attribute as text. Without a resource it is undefined, or null where Terraform evaluates the
   * condition.
   */
  attribute(name: string): string | undefined {
    if (this.resource === undefined) return undefined;
    if (isKnown(this.condition)) return this.resource.getStringAttribute(name);
    // A resource with `count` is a list, which may be empty, so its attributes require an index.
    return Token.asString(Fn.one(Token.asList(propertyAccess(this.resource, ['*', name]))));
  }

  /**
   * Returns an attribute as text, for a caller that exists under the same condition.
   * @throws {Error} when the resource is known not to exist
   */
  existingAttribute(name: string): string {
    const value = this.attribute(name);
    if (value === undefined) throw new Error(`attribute ${name} of a resource that does not exist`);
    return value;
  }

  /** Makes the resource depend on one that is created later in the code; Terraform destroys that one last. */
  waitFor(resource: TerraformResource): void {
    if (this.resource === undefined) return;
    this.resource.dependsOn = [...(this.resource.dependsOn ?? []), dependable(resource)];
  }

  /** The resource as a dependency, unless it is known not to exist. */
  get dependables(): Resource[] {
    return this.resource === undefined ? [] : [this.resource];
  }
}

/**
 * Creates conditional resources of a construct, with addresses after the construct. A suffix distinguishes
 * several resources of one type.
 *
 * @example
 * const resource = optionalResources(this, createBucket);
 * const bucket = resource((count) => new S3Bucket(this, 'bucket', { ...count, bucket: name }));
 */
function optionalResources(owner: Construct, condition: Condition) {
  return <Resource extends TerraformResource>(
    create: (count: Count) => Resource,
    suffix?: string,
  ): OptionalResource<Resource> =>
    new OptionalResource(condition, (count) => nameAfter(owner, create(count), suffix));
}

export { type Count, OptionalResource, optionalResources };
