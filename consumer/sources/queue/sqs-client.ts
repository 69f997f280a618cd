import type { SQSClient } from '@aws-sdk/client-sqs';
import { type ClientOptions, clientSettings } from '../client-settings';

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

/** A client for one queue. Without another endpoint its server is that of the queue's URL. */
async function sqsClient(queueUrl: string, options: ClientOptions = {}): Promise<SQSClient> {
  // Loaded only where a queue is read: the SDK takes a third of a second.
  const { SQSClient: Client } = await import('@aws-sdk/client-sqs');
  const own = { endpoint: new URL(queueUrl).origin, region: queueRegion(queueUrl) };
  return new Client(clientSettings('SQS', options, own));
}

export { queueRegion, sqsClient };
