import { S3BucketNotification } from '@cdktf/provider-aws/lib/s3-bucket-notification';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { SqsQueueRedriveAllowPolicy } from '@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy';
import { Fn, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { AwsEnvironment } from '../cdktf/aws-environment';
import { type Condition, defined, not, or, when } from '../cdktf/condition';
import { addBlocks, blocks } from '../cdktf/optional-block';
import { type OptionalResource, optionalResources } from '../cdktf/optional-resource';
import { deliveryStreamSettings } from '../delivery-stream/delivery-stream-settings';
import { denyWithoutTls, type PolicyDocument, policyOf } from '../policies/policy-documents';
import { withStatements } from '../settings/added-statements';
import { combine, configure, pick } from '../settings/configure';
import { type CustomerKeyProps, customerKey } from '../settings/customer-key';
import { namingSettings } from '../settings/shared-settings';
import type { StreamProps } from '../settings/stream-props.generated';
import { objectQueueSettings } from './object-queue-settings';

const settings = combine(
  pick(namingSettings, 'name', 'tags', 'accountId', 'region', 'partition'),
  objectQueueSettings,
  pick(deliveryStreamSettings, 'dataPrefix'),
);

/** Settings of a queue of new objects, and the bucket that notifies it. */
interface ObjectQueueProps extends Pick<StreamProps, keyof typeof settings.fields>, CustomerKeyProps {
  /** The bucket whose new objects cause notifications. Its other notifications are replaced. */
  readonly bucketName: string;
  readonly bucketArn: string;
  /**
   * Resources that the notifications depend on.
   * @default - none
   */
  readonly dependsOn?: readonly TerraformResource[];
}

/**
 * Creates the policy of the queue of new objects: S3 can send to it for this bucket of this account. Both
 * conditions are needed, because a bucket's ARN does not contain an account, and anyone can take a deleted
 * bucket's name.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
 */
function objectQueuePolicy({
  queueArn,
  bucketArn,
  accountId,
}: Readonly<Record<'queueArn' | 'bucketArn' | 'accountId', string>>): PolicyDocument {
  return policyOf(
    {
      Sid: 'SentByS3ForBucket',
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: [queueArn],
      Condition: {
        StringEquals: { 'aws:SourceAccount': accountId },
        ArnLike: { 'aws:SourceArn': bucketArn },
      },
    },
    denyWithoutTls('sqs:*', [queueArn]),
  );
}

/**
 * Creates the policy of the dead-letter queue, which denies plain HTTP. SQS itself moves messages there.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
 */
function deadLetterQueuePolicy({ queueArn }: { readonly queueArn: string }): PolicyDocument {
  return policyOf(denyWithoutTls('sqs:*', [queueArn]));
}

/** Returns the names of the queues before they exist. */
function objectQueueNames({ name }: { readonly name: string }) {
  return { queueName: `${name}-objects`, deadLetterQueueName: `${name}-objects-failed` };
}

/** Maximum retention of SQS in seconds, because a message keeps its age when it moves here. */
const deadLetterRetention = 1_209_600;

/**
 * A queue of notifications about new objects under the data prefix, for event-driven consumers, with a
 * dead-letter queue. Only notifications of this bucket can be sent to it.
 *
 * @example new ObjectQueue(this, 'objects', { bucketName, bucketArn })
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html
 */
class ObjectQueue extends Construct {
  /** The queue's resource, where it is created. */
  readonly queue: OptionalResource<SqsQueue>;
  /** The resource of the queue for messages that repeatedly fail, where it is created. */
  readonly deadLetterQueue: OptionalResource<SqsQueue>;

  constructor(scope: Construct, id: string, props: ObjectQueueProps) {
    super(scope, id);
    const config = configure(this.node.path, settings, { objectQueue: true, ...props });

    const { accountId, region, partition } = AwsEnvironment.of(this, config);
    const { tags, dataPrefix, queueVisibilityTimeout, queueMaxReceiveCount } = config;
    const { bucketName, bucketArn } = props;
    const { isCustomerManaged, keyArn } = customerKey(this.node.path, props);
    const arn = (queueName: string) => `arn:${partition}:sqs:${region}:${accountId}:${queueName}`;
    const { queueName, deadLetterQueueName } = objectQueueNames(config);
    const resource = optionalResources(this, config.objectQueue);
    const encryption = defined({
      sqsManagedSseEnabled: when<Condition>(not(isCustomerManaged), true),
      kmsMasterKeyId: when(isCustomerManaged, keyArn),
    });

    this.deadLetterQueue = resource(
      (count) =>
        new SqsQueue(this, 'failed', {
          ...count,
          name: deadLetterQueueName,
          messageRetentionSeconds: deadLetterRetention,
          ...encryption,
          tags,
        }),
      'failed',
    );
    this.queue = resource(
      (count) =>
        new SqsQueue(this, 'queue', {
          ...count,
          name: queueName,
          visibilityTimeoutSeconds: queueVisibilityTimeout,
          messageRetentionSeconds: config.queueMessageRetention,
          redrivePolicy: Fn.jsonencode({
            deadLetterTargetArn: this.deadLetterQueue.existingAttribute('arn'),
            maxReceiveCount: queueMaxReceiveCount,
          }),
          ...encryption,
          tags,
        }),
    );
    resource(
      (count) =>
        new SqsQueueRedriveAllowPolicy(this, 'redrive', {
          ...count,
          queueUrl: this.deadLetterQueue.existingAttribute('url'),
          redriveAllowPolicy: Fn.jsonencode({
            redrivePermission: 'byQueue',
            sourceQueueArns: [arn(queueName)],
          }),
        }),
    );
    resource(
      (count) =>
        new SqsQueuePolicy(this, 'failed-policy', {
          ...count,
          queueUrl: this.deadLetterQueue.existingAttribute('url'),
          policy: Fn.jsonencode(deadLetterQueuePolicy({ queueArn: arn(deadLetterQueueName) })),
        }),
      'failed',
    );
    const policy = resource(
      (count) =>
        new SqsQueuePolicy(this, 'policy', {
          ...count,
          queueUrl: this.queue.existingAttribute('url'),
          policy: withStatements(
            objectQueuePolicy({ queueArn: arn(queueName), bucketArn, accountId }),
            config.queuePolicyStatements,
          ),
        }),
    );
    const { objectQueue, eventBridgeNotifications } = config;
    const notification = optionalResources(
      this,
      or(objectQueue, eventBridgeNotifications),
    )(
      (count) =>
        new S3BucketNotification(this, 'notification', {
          ...count,
          bucket: bucketName,
          ...defined({ eventbridge: when<Condition>(eventBridgeNotifications, true) }),
          // S3 sends a test message, and rejects a queue that does not accept it.
          dependsOn: [...policy.dependables, ...(props.dependsOn ?? [])],
        }),
    );
    if (notification.resource !== undefined)
      addBlocks(
        notification.resource,
        undefined,
        blocks('queue', {
          condition: objectQueue,
          content: {
            queue_arn: this.queue.attribute('arn'),
            events: ['s3:ObjectCreated:*'],
            filter_prefix: dataPrefix,
          },
        }),
      );
  }
}

export { deadLetterQueuePolicy, ObjectQueue, type ObjectQueueProps, objectQueueNames, objectQueuePolicy };
