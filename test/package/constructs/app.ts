import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { ArchiveBucket, EmailEventStream, providerVersions, SesStreamRole } from 'ses-event-archive/modules';

const app = new App();
const stack = new TerraformStack(app, 'mail');
new AwsProvider(stack, 'aws', { region: 'eu-west-1' });
stack.addOverride('terraform.required_providers.aws.version', providerVersions);
const stream = new EmailEventStream(stack, 'Default', { name: 'mail-events', alarms: true });
new ArchiveBucket(stack, 'second', { bucketName: 'a-second-bucket' });
new SesStreamRole(stack, 'another', {
  name: 'another',
  streamArn: stream.deliveryStream.streamArn,
  configurationSetNames: ['another'],
});
app.synth();
