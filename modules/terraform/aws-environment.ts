import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition';
import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

/** An id that nobody else's data sources have. */
const id = 'email-events-environment';

/** The name of the data sources in Terraform. */
const name = 'email_events';

/** Where a stack is deployed, as Terraform finds it: nothing of it is fixed when the stack is synthesized. */
class AwsEnvironment extends Construct {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  /** `amazonaws.com`, and what stands for it in other partitions. */
  readonly dnsSuffix: string;

  private constructor(stack: TerraformStack) {
    super(stack, id);
    const partition = new DataAwsPartition(this, 'partition', {});
    const caller = new DataAwsCallerIdentity(this, 'caller', {});
    const region = new DataAwsRegion(this, 'region', {});
    for (const source of [partition, caller, region]) source.overrideLogicalId(name);
    this.accountId = caller.accountId;
    // Not `.region`: version 5 of the provider does not have it.
    this.region = region.id;
    this.partition = partition.partition;
    this.dnsSuffix = partition.dnsSuffix;
  }

  /** The environment of the stack that a construct belongs to; its data sources are read once a stack. */
  static of(scope: Construct): AwsEnvironment {
    const stack = TerraformStack.of(scope);
    const existing = stack.node.tryFindChild(id);
    return existing instanceof AwsEnvironment ? existing : new AwsEnvironment(stack);
  }
}

export { AwsEnvironment };
