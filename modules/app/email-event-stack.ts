import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Annotations, LocalBackend, S3Backend, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { defined } from '../cdktf/defined';
import { providerVersions } from '../cdktf/provider-versions';
import { EmailEventStream } from '../email-event-stream';
import type { Deployment } from './deployments';
import { knownRegions } from './known-regions';
import { stateKeyOf } from './shared-resources';

/** The stack of one environment: provider, state, the stream and its outputs. */
class EmailEventStack extends TerraformStack {
  readonly stream: EmailEventStream;

  constructor(scope: Construct, { stage, target, stream }: Deployment) {
    const id = `email-events-${stage}`;
    super(scope, id);
    const { region, accountId, defaultTags, stateBucket, stateRegion } = target;
    if (!knownRegions.has(region)) {
      Annotations.of(this).addWarning(
        `region is ${region}, which is not a region that this version knows: check the spelling`,
      );
    }
    new AwsProvider(this, 'aws', {
      region,
      ...defined({ allowedAccountIds: accountId === undefined ? undefined : [accountId] }),
      defaultTags: [{ tags: defaultTags }],
    });
    this.addOverride('terraform.required_providers.aws.version', providerVersions);
    // 1.10 is the first that locks a state in S3 without a table.
    this.addOverride('terraform.required_version', '>= 1.10');
    if (stateBucket === undefined) {
      // Relative to the stack's folder below cdktf.out: CDKTF's own default is a path of this machine.
      new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    } else {
      const key = stateKeyOf({ stage, target });
      new S3Backend(this, { bucket: stateBucket, key, region: stateRegion ?? region, encrypt: true });
      this.addOverride('terraform.backend.s3.use_lockfile', true);
    }
    this.stream = new EmailEventStream(this, 'Default', stream);
    for (const [name, { description, value }] of Object.entries(this.stream.outputs)) {
      if (value !== undefined) new TerraformOutput(this, name, { description, value });
    }
  }
}

export { EmailEventStack };
