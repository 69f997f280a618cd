import type { SQSClient } from '@aws-sdk/client-sqs';

/** How to reach SQS, or another server that speaks its protocol. */
interface QueueOptions {
  /**
   * Another server's URL.
   * @default - what AWS_ENDPOINT_URL_SQS or AWS_ENDPOINT_URL says, otherwise the server in the queue's URL
   */
  endpoint?: string | undefined;
  /** @default - that of the queue's URL where it is AWS's, otherwise AWS_REGION, AWS_DEFAULT_REGION or us-east-1 */
  region?: string | undefined;
}

/** Milliseconds: a long poll is silent for 20 s, so silence is given up well after that. */
const timeouts = { connectionTimeout: 10_000, socketTimeout: 60_000 };

/**
 * Hosts of queues: today's (`sqs.eu-west-1.amazonaws.com`, FIPS, dual-stack and VPC endpoints) and the old one
 * (`eu-west-1.queue.amazonaws.com`).
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/sqs-service.html
 */
const awsHost =
  /(?:^|\.)(?:sqs(?:-fips)?\.([a-z0-9-]+)(?:\.vpce)?|([a-z0-9-]+)\.queue)\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$/;

/** The region that a queue's URL names; undefined where the server is not AWS's. */
function queueRegion(queueUrl: string): string | undefined {
  const { hostname } = new URL(queueUrl);
  if (hostname === 'queue.amazonaws.com') return 'us-east-1';
  const [, region, oldRegion] = awsHost.exec(hostname) ?? [];
  return region ?? oldRegion;
}

/** A client for one queue. Credentials come from the SDK's chain. */
async function sqsClient(queueUrl: string, options: QueueOptions = {}): Promise<SQSClient> {
  // Loaded only where a queue is read: the SDK takes a third of a second.
  const { SQSClient: Client } = await import('@aws-sdk/client-sqs');
  const { AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL, AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  return new Client({
    endpoint: options.endpoint ?? AWS_ENDPOINT_URL_SQS ?? AWS_ENDPOINT_URL ?? new URL(queueUrl).origin,
    region: queueRegion(queueUrl) ?? options.region ?? AWS_REGION ?? AWS_DEFAULT_REGION ?? 'us-east-1',
    requestHandler: timeouts,
  });
}

export { type QueueOptions, queueRegion, sqsClient };
