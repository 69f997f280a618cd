/** A region of a partition, with the ARNs of deployed resources. */
interface PartitionExample {
  partition: string;
  region: string;
  dnsSuffix: string;
  accountId: string;
  streamArn: string;
  bucketArn: string;
  queueArn: string;
  keyArn: string;
  logGroupArn: string;
  functionArn: string;
}

function example(partition: string, region: string, dnsSuffix: string): PartitionExample {
  const accountId = '111122223333';
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  return {
    ...{ partition, region, dnsSuffix, accountId },
    streamArn: arn('firehose', 'deliverystream/events'),
    bucketArn: `arn:${partition}:s3:::archive`,
    queueArn: arn('sqs', 'objects'),
    keyArn: arn('kms', 'key/1234abcd-12ab-34cd-56ef-1234567890ab'),
    logGroupArn: arn('logs', 'log-group:/aws/kinesisfirehose/events'),
    functionArn: arn('lambda', 'function:clean'),
  };
}

/** One region of each partition. */
const partitionExamples: readonly [name: string, example: PartitionExample][] = [
  ['aws', example('aws', 'eu-west-1', 'amazonaws.com')],
  ['aws-cn', example('aws-cn', 'cn-north-1', 'amazonaws.com.cn')],
  ['aws-us-gov', example('aws-us-gov', 'us-gov-west-1', 'amazonaws.com')],
];

export { type PartitionExample, partitionExamples };
