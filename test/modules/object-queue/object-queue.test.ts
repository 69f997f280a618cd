import { ObjectQueue, type ObjectQueueProps } from '../../../modules/object-queue/object-queue';
import { resourcesInConfigurations } from '../in-configurations';
import { addresses, resourceAt, synthesizeStream, synthesizeWith } from '../synthesize';

type Props = Omit<ObjectQueueProps, 'bucketName' | 'bucketArn'>;
const wiring = { bucketName: 'archive', bucketArn: 'arn:aws:s3:::archive' };

const synthesized = (props: Props = {}) =>
  synthesizeWith((stack) => new ObjectQueue(stack, 'objects', { ...wiring, ...props }));

describe('the queue of new objects', () => {
  it('is off by default', () => {
    expect(addresses(synthesizeStream()).filter((address) => /sqs|notification/.test(address))).toEqual([]);
  });

  it('gets a notification for every new object under the data prefix', () => {
    expect(
      resourceAt(synthesized({ dataPrefix: 'mail/' }), 'aws_s3_bucket_notification.objects'),
    ).toMatchObject({
      bucket: 'archive',
      queue: [{ events: ['s3:ObjectCreated:*'], filter_prefix: 'mail/' }],
      depends_on: ['aws_sqs_queue_policy.objects'],
    });
  });

  it('moves failed messages to a dead-letter queue, which accepts no others', () => {
    const stack = synthesized({ queueMaxReceiveCount: 3 });
    const { redrive_policy: redrive } = resourceAt(stack, 'aws_sqs_queue.objects');
    expect(redrive).toContain('"deadLetterTargetArn" = aws_sqs_queue.objects_failed.arn');
    expect(redrive).toContain('"maxReceiveCount" = 3');
    expect(resourceAt(stack, 'aws_sqs_queue_redrive_allow_policy.objects').redrive_allow_policy).toContain(
      '"byQueue"',
    );
  });

  it('keeps failed messages for the maximum time of SQS, longer than waiting messages', () => {
    const retention = (name: string) =>
      resourceAt(synthesized(), `aws_sqs_queue.${name}`).message_retention_seconds;
    expect([retention('objects'), retention('objects_failed')]).toEqual([345_600, 1_209_600]);
  });

  it('accepts messages of its bucket only', () => {
    const { policy } = resourceAt(synthesized(), 'aws_sqs_queue_policy.objects');
    expect(policy).toContain('"aws:SourceArn" = "arn:aws:s3:::archive"');
    expect(policy).toContain('"aws:SourceAccount" = data.aws_caller_identity.email_events.account_id');
  });

  it('is used over TLS only, and so is the dead-letter queue', () => {
    for (const name of ['objects', 'objects_failed']) {
      const { policy, queue_url: url } = resourceAt(synthesized(), `aws_sqs_queue_policy.${name}`);
      expect(url).toBe(`\${aws_sqs_queue.${name}.url}`);
      expect(policy).toContain('"aws:SecureTransport" = "false"');
      expect(policy).toMatch(new RegExp(`:email-events-objects${name === 'objects' ? '' : '-failed'}"`));
    }
  });

  it('encrypts messages with SSE-SQS, or with a customer-managed key', () => {
    const queue = (props: Props) => resourceAt(synthesized(props), 'aws_sqs_queue.objects');
    expect(queue({})).toMatchObject({ sqs_managed_sse_enabled: true });
    expect(queue({})).not.toHaveProperty('kms_master_key_id');
    const keyed = queue({ keyArn: 'arn:key' });
    expect(keyed).toMatchObject({ kms_master_key_id: 'arn:key' });
    expect(keyed).not.toHaveProperty('sqs_managed_sse_enabled');
  });

  it('leaves the notifications of the bucket to EventBridge too, with or without the queue', () => {
    const address = 'aws_s3_bucket_notification.objects';
    expect(resourceAt(synthesized(), address)).not.toHaveProperty('eventbridge');
    const both = resourceAt(synthesized({ eventBridgeNotifications: true }), address);
    expect(both).toMatchObject({ eventbridge: true, queue: [{ filter_prefix: 'events/' }] });
    const stack = synthesized({ objectQueue: false, eventBridgeNotifications: true });
    expect(addresses(stack)).toEqual([address]);
    expect(resourceAt(stack, address)).toMatchObject({ bucket: 'archive', eventbridge: true });
    expect(resourceAt(stack, address)).not.toHaveProperty('queue');
  });

  it('has the added statements after its own in its policy, and not in that of the dead-letter queue', () => {
    const added = JSON.stringify({ Sid: 'ReceivedByAudit', Effect: 'Allow', Action: 'sqs:ReceiveMessage' });
    const stack = synthesized({ queuePolicyStatements: [added] });
    const { policy } = resourceAt(stack, 'aws_sqs_queue_policy.objects');
    expect(policy).toMatch(/SentByS3ForBucket.*DenyWithoutTls.*ReceivedByAudit/s);
    expect(resourceAt(stack, 'aws_sqs_queue_policy.objects_failed').policy).not.toContain('ReceivedByAudit');
  });

  it('matches its snapshot in every configuration', () => {
    expect(resourcesInConfigurations('objects')).toMatchSnapshot();
  });
});
