import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import { EmailEventStream, providerVersions } from 'ses-event-archive/modules';

const app = new App();
const stack = new TerraformStack(app, 'mail');
new AwsProvider(stack, 'aws', { region: 'eu-west-1' });
stack.addOverride('terraform.required_providers.aws.version', providerVersions); // that this package supports
const stream = new EmailEventStream(stack, 'Default', { name: 'shop-events', expirationDays: 400 });
for (const [name, { value, description }] of Object.entries(stream.outputs)) {
  if (value !== undefined) new TerraformOutput(stack, name, { value, description });
}
app.synth();
