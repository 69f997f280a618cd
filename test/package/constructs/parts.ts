import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { ArchiveBucket, ObjectQueue, SesStreamRole, StreamAlarms } from 'ses-event-archive/modules';

// Each construct separately.
const app = new App();
const stack = new TerraformStack(app, 'parts');
new AwsProvider(stack, 'aws', { region: 'eu-west-1' });
const { bucketName, bucketArn } = new ArchiveBucket(stack, 'archive', { bucketName: 'a-bucket-of-mine' });
new ObjectQueue(stack, 'objects', { bucketName, bucketArn });
new StreamAlarms(stack, 'alarms', { streamName: 'mine', alarmsWithoutActions: true });
new SesStreamRole(stack, 'ses', {
  streamArn: 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/mine',
  configurationSetNames: ['mine'],
});
app.synth();
