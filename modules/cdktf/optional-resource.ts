import { conditional, dependable, Fn, propertyAccess, type TerraformResource, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { type Condition, isKnown } from './condition';
import { nameAfter } from './logical-id';

/** What a resource's arguments get so that it exists only under a condition. */
interface Count {
  count?: number;
}

/**
 * A resource that exists only under a condition: it is made or not made when that is known, and counted when only
 * Terraform can tell.
 *
 * @example
 * const key = new OptionalResource(condition, (count) => new KmsKey(this, 'key', { ...count }));
 * key.attribute('arn'); // undefined or null where there is no key
 */
class OptionalResource<Resource extends TerraformResource> {
  /** Undefined when it is known that there is none. */
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

  /** An attribute as text; undefined when it is known that there is none, null in Terraform when it finds none. */
  attribute(name: string): string | undefined {
    if (this.resource === undefined) return undefined;
    if (isKnown(this.condition)) return this.resource.getStringAttribute(name);
    // A counted resource is a list: its attributes have an index, and none where there is none.
    return Token.asString(Fn.one(Token.asList(propertyAccess(this.resource, ['*', name]))));
  }

  /**
   * The same, for what exists only under the same condition.
   * @throws {Error} when it is known that there is no such resource
   */
  existingAttribute(name: string): string {
    const value = this.attribute(name);
    if (value === undefined) throw new Error(`attribute ${name} of a resource that does not exist`);
    return value;
  }

  /** Has it wait for a resource that is made after it here; Terraform then destroys that one last. */
  waitFor(resource: TerraformResource): void {
    if (this.resource === undefined) return;
    this.resource.dependsOn = [...(this.resource.dependsOn ?? []), dependable(resource)];
  }

  /** The resource, where it may exist, to depend on. */
  get dependables(): Resource[] {
    return this.resource === undefined ? [] : [this.resource];
  }
}

/**
 * Makes resources of a construct that exist only under a condition, with addresses after the construct. A suffix tells
 * several of one type apart.
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
