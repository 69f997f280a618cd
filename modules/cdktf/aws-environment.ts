import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition';
import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region';
import { Fn, ref, type TerraformDataSource, TerraformLocal, TerraformStack, Token } from 'cdktf';
import { Construct } from 'constructs';
import { equals, valueOr } from './condition';
import { snakeName } from './logical-id';

/** A construct id that does not collide with other data sources. */
const id = 'email-events-environment';

/** The name of the data sources in Terraform. */
const name = 'email_events';

/** The known part of a stream's environment. */
interface GivenEnvironment {
  readonly accountId?: string | undefined;
  readonly region?: string | undefined;
  readonly partition?: string | undefined;
}

/** The account, region and partition of a stream: given, or read by Terraform. */
interface Environment {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  /** `amazonaws.com`, or the suffix of another partition. */
  readonly dnsSuffix: string;
}

/** The suffixes of the most common partitions. */
const dnsSuffixes: Readonly<Record<string, string>> = {
  aws: 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-us-gov': 'amazonaws.com',
};

/**
 * The data sources for the account, region and partition of a stack.
 *
 * Terraform reads them during the apply when a resource in a module's `depends_on` is about to change. Values
 * that depend on them are then unknown in the plan, and given values remain known.
 */
class AwsEnvironment extends Construct {
  private readonly account = new DataAwsCallerIdentity(this, 'caller', {});
  private readonly region = new DataAwsRegion(this, 'region', {});
  private readonly partition = new DataAwsPartition(this, 'partition', {});
  /** Computed values by given value, because several constructs receive the same one. */
  private readonly values = new Map<string, string>();

  private constructor(stack: TerraformStack) {
    super(stack, id);
    for (const source of [this.account, this.region, this.partition]) source.overrideLogicalId(name);
  }

  /**
   * Returns the environment of a construct; each stack reads its data sources once. A plan fails when a data
   * source returns another value than the given one.
   */
  static of(scope: Construct, given: GivenEnvironment): Environment {
    const stack = TerraformStack.of(scope);
    const existing = stack.node.tryFindChild(id);
    const environment = existing instanceof AwsEnvironment ? existing : new AwsEnvironment(stack);
    return environment.found(given);
  }

  private found({ accountId, region, partition }: GivenEnvironment): Environment {
    return {
      accountId: this.value('accountId', accountId, this.account, 'account_id'),
      // Not the attribute `region`, because version 5 of the provider does not have it.
      region: this.value('region', region, this.region, 'id'),
      partition: this.value('partition', partition, this.partition, 'partition'),
      dnsSuffix: this.dnsSuffix(partition),
    };
  }

  /** Returns the given value, or the data source's value. */
  private value(
    setting: string,
    given: string | undefined,
    source: TerraformDataSource,
    attribute: string,
  ): string {
    const found = source.getStringAttribute(attribute);
    if (given === undefined) return found;
    return this.once(setting, given, () => {
      requireEqual(source, attribute, setting, given);
      return valueOr(given, found);
    });
  }

  private dnsSuffix(partition: string | undefined): string {
    const found = this.partition.dnsSuffix;
    if (partition === undefined) return found;
    if (!Token.isUnresolved(partition)) return dnsSuffixes[partition] ?? found;
    return this.once('dnsSuffix', partition, () =>
      Fn.lookup(dnsSuffixes, Fn.coalesce([partition, '-']), found),
    );
  }

  /** Computes a value once per given value. An expression gets a short name, because many others contain it. */
  private once(setting: string, given: string, make: () => string): string {
    const key = `${setting}=${given}`;
    let value = this.values.get(key);
    if (value === undefined) {
      value = make();
      if (Token.isUnresolved(value)) value = this.local(setting, value);
      this.values.set(key, value);
    }
    return value;
  }

  private local(setting: string, value: string): string {
    const number = [...this.values.keys()].filter((key) => key.startsWith(`${setting}=`)).length + 1;
    const local = new TerraformLocal(this, `${setting}-${number}`, value);
    local.overrideLogicalId(`${name}_${snakeName(setting)}${number === 1 ? '' : `_${number}`}`);
    return local.asString;
  }
}

/** Makes a plan fail when its provider returns another value than the given one. */
function requireEqual(source: TerraformDataSource, attribute: string, setting: string, given: string): void {
  const found = Token.asString(ref(`self.${attribute}`));
  const expected = valueOr(given, found);
  const postcondition = {
    condition: equals(expected, found),
    errorMessage: `${setting} is ${expected}, but the provider uses ${found}: correct ${setting}, or the credentials or region of the provider`,
  };
  source.lifecycle = { postcondition: [...(source.lifecycle?.postcondition ?? []), postcondition] };
}

export { AwsEnvironment, type GivenEnvironment };
