import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition';
import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { nameAfter } from './logical-id';

const id = 'current';

/** Where a stack is deployed, as Terraform finds it: nothing of it is fixed when the stack is synthesized. */
class AwsEnvironment extends Construct {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  /** `amazonaws.com`, and what stands for it in other partitions. */
  readonly dnsSuffix: string;

  private constructor(stack: TerraformStack) {
    super(stack, id);
    const partition = nameAfter(this, new DataAwsPartition(this, 'partition', {}));
    this.accountId = nameAfter(this, new DataAwsCallerIdentity(this, 'caller', {})).accountId;
    // Not `.region`: version 5 of the provider does not have it.
    this.region = nameAfter(this, new DataAwsRegion(this, 'region', {})).id;
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
