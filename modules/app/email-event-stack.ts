import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Annotations, LocalBackend, S3Backend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { defined } from '../cdktf/condition';
import { EmailEventStream, providerVersions } from '../email-event-stream';
import { type Deployment, stateKeyOf } from './shared-resources';

/**
 * The regions of AWS at the time of writing. Another region gets a warning, not an error, because it may be
 * new.
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
const knownRegions: ReadonlySet<string> = new Set([
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'ca-west-1', 'mx-central-1'],
  ...['sa-east-1', 'sa-west-1', 'af-south-1', 'il-central-1', 'me-central-1', 'me-south-1', 'me-west-1'],
  ...['eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2'],
  ...['eu-west-3', 'eusc-de-east-1', 'ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2'],
  ...['ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3'],
  ...['ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'cn-north-1', 'cn-northwest-1'],
  ...['us-gov-east-1', 'us-gov-west-1'],
]);

/** The stack of one environment: provider, state, the stream and its outputs. */
class EmailEventStack extends TerraformStack {
  readonly stream: EmailEventStream;

  constructor(scope: Construct, { stage, target, stream }: Deployment) {
    const id = `email-events-${stage}`;
    super(scope, id);
    const { region, accountId, defaultTags, stateBucket, stateRegion } = target;
    if (!knownRegions.has(region)) {
      Annotations.of(this).addWarning(
        `region ${region} is not in the list of AWS regions of this version: check the spelling`,
      );
    }
    new AwsProvider(this, 'aws', {
      region,
      ...defined({ allowedAccountIds: accountId === undefined ? undefined : [accountId] }),
      defaultTags: [{ tags: defaultTags }],
    });
    this.addOverride('terraform.required_providers.aws.version', providerVersions);
    // Version 1.10 is the first that locks a state in S3 without a table.
    this.addOverride('terraform.required_version', '>= 1.10');
    if (stateBucket === undefined) {
      // Relative to the stack's folder below cdktf.out, because CDKTF's default is an absolute path.
      new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    } else {
      const key = stateKeyOf({ stage, target });
      new S3Backend(this, { bucket: stateBucket, key, region: stateRegion ?? region, encrypt: true });
      this.addOverride('terraform.backend.s3.use_lockfile', true);
    }
    this.stream = new EmailEventStream(this, 'Default', stream);
    this.stream.addOutputs(this);
  }
}

export { EmailEventStack };
