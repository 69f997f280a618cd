import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition';
import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region';
import { Fn, ref, type TerraformDataSource, TerraformLocal, TerraformStack, Token } from 'cdktf';
import { Construct } from 'constructs';
import { equals, valueOr } from './condition';
import { snakeName } from './logical-id';

/** An id that nobody else's data sources have. */
const id = 'email-events-environment';

/** The name of the data sources in Terraform. */
const name = 'email_events';

/** What is known beforehand of where a stream is deployed. */
interface GivenEnvironment {
  readonly accountId?: string | undefined;
  readonly region?: string | undefined;
  readonly partition?: string | undefined;
}

/** Where a stream is deployed: as given, or else as Terraform finds it. */
interface Environment {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  /** `amazonaws.com`, and what stands for it in other partitions. */
  readonly dnsSuffix: string;
}

/** The suffixes of the partitions that most accounts are in. */
const dnsSuffixes: Readonly<Record<string, string>> = {
  aws: 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-us-gov': 'amazonaws.com',
};

/**
 * The data sources that tell where a stack is deployed.
 *
 * Terraform defers them to the apply while something that a module's `depends_on` names is about to change, and what is
 * made of them is unknown in that plan. What is given stays known.
 */
class AwsEnvironment extends Construct {
  private readonly account = new DataAwsCallerIdentity(this, 'caller', {});
  private readonly region = new DataAwsRegion(this, 'region', {});
  private readonly partition = new DataAwsPartition(this, 'partition', {});
  /** What given values have become: several constructs are given the same. */
  private readonly values = new Map<string, string>();

  private constructor(stack: TerraformStack) {
    super(stack, id);
    for (const source of [this.account, this.region, this.partition]) source.overrideLogicalId(name);
  }

  /**
   * The environment of what belongs to a construct; a stack reads its data sources once. A plan is refused where one of
   * them finds another value than the given one.
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
      // Not the attribute `region`: version 5 of the provider does not have it.
      region: this.value('region', region, this.region, 'id'),
      partition: this.value('partition', partition, this.partition, 'partition'),
      dnsSuffix: this.dnsSuffix(partition),
    };
  }

  /** The given value, or what the data source finds. */
  private value(
    setting: string,
    given: string | undefined,
    source: TerraformDataSource,
    attribute: string,
  ): string {
    const found = source.getStringAttribute(attribute);
    if (given === undefined) return found;
    return this.once(setting, given, () => {
      refuseOther(source, attribute, setting, given);
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

  /** What is made of a given value, made once. An expression gets a short name: it stands in many others. */
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

/** Has a plan refused whose provider finds another value than the given one. */
function refuseOther(source: TerraformDataSource, attribute: string, setting: string, given: string): void {
  const found = Token.asString(ref(`self.${attribute}`));
  const expected = valueOr(given, found);
  const postcondition = {
    condition: equals(expected, found),
    errorMessage: `${setting} is ${expected}, and the provider works with ${found}: correct ${setting}, or the credentials or region of the provider`,
  };
  source.lifecycle = { postcondition: [...(source.lifecycle?.postcondition ?? []), postcondition] };
}

export { AwsEnvironment, type GivenEnvironment };
