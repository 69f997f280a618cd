import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { EmailEventStream, providerVersions } from 'ses-event-archive/modules';

const app = new App();
const stack = new TerraformStack(app, 'mail');
new AwsProvider(stack, 'aws', { region: 'eu-west-1' });
stack.addOverride('terraform.required_providers.aws.version', providerVersions); // that this package supports
const stream = new EmailEventStream(stack, 'Default', { name: 'shop-events', expirationDays: 400 });
stream.addOutputs(stack);
app.synth();
