import type { SQSClient } from '@aws-sdk/client-sqs';
import { type ClientOptions, clientSettings } from '../client-settings';
import { describeS3Error, errorCode } from '../s3-error';
import { SourceError } from '../source-error';

/**
 * Hosts of queues: the current ones (`sqs.eu-west-1.amazonaws.com`, FIPS, dual-stack and VPC endpoints) and
 * the old ones (`eu-west-1.queue.amazonaws.com`).
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/sqs-service.html
 */
const awsHost =
  /(?:^|\.)(?:sqs(?:-fips)?\.([a-z0-9-]+)(?:\.vpce)?|([a-z0-9-]+)\.queue)\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$/;

/** Returns the region in the URL of a queue; undefined for servers outside of AWS. */
function queueRegion(queueUrl: string): string | undefined {
  const { hostname } = new URL(queueUrl);
  if (hostname === 'queue.amazonaws.com') return 'us-east-1';
  const [, region, oldRegion] = awsHost.exec(hostname) ?? [];
  return region ?? oldRegion;
}

/** Creates a client for one queue. The server in the URL of the queue is the default endpoint. */
async function sqsClient(queueUrl: string, options: ClientOptions = {}): Promise<SQSClient> {
  // Only loaded to read a queue: the SDK takes a third of a second.
  const { SQSClient: Client } = await import('@aws-sdk/client-sqs');
  const own = { endpoint: new URL(queueUrl).origin, region: queueRegion(queueUrl) };
  return new Client(clientSettings('SQS', options, own));
}

/** A message, as it was received. */
interface QueueMessage {
  /** Identical in every delivery. */
  id: string;
  /** Identifies this delivery, to delete or extend it. */
  receiptHandle: string;
  /** Number of deliveries, including this one. */
  receiveCount: number;
  body: string;
}

/** Options to receive messages. */
interface ReceiveOptions {
  /** Seconds to wait for the first message, at most 20. */
  waitSeconds: number;
  /** Seconds during which no other consumer receives the messages. */
  visibilityTimeout: number;
  /** Ends the waiting without a message. */
  signal?: AbortSignal | undefined;
}

/** Maximum number of messages per request. */
const messagesPerRequest = 10;

function inRequests<Item>(items: readonly Item[]): Item[][] {
  const requests: Item[][] = [];
  for (let at = 0; at < items.length; at += messagesPerRequest)
    requests.push(items.slice(at, at + messagesPerRequest));
  return requests;
}

function entries(messages: readonly QueueMessage[]) {
  return messages.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
}

const refused = 'allow sqs:ReceiveMessage, sqs:DeleteMessage and sqs:ChangeMessageVisibility on the queue';
const missing = 'check the URL of the queue';

const advice: Readonly<Record<string, string>> = {
  AccessDenied: refused,
  AccessDeniedException: refused,
  KmsAccessDenied: "allow kms:Decrypt on the queue's key",
  QueueDoesNotExist: missing,
  'AWS.SimpleQueueService.NonExistentQueue': missing,
  InvalidAddress: missing,
  InvalidClientTokenId: 'check the credentials',
  OverLimit: 'too many messages are in flight: stop other consumers of the queue, or wait',
};

/** Returns the error of a queue and its fix, in one line. */
function describeSqsError(error: unknown): string {
  const code = errorCode(error);
  return advice[code] === undefined ? describeS3Error(error) : `${code}: ${advice[code]}`;
}

/**
 * An SQS queue.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues.html
 */
class Queue {
  private client: Promise<SQSClient> | undefined;

  constructor(
    readonly url: string,
    private readonly options: ClientOptions = {},
  ) {}

  /**
   * Receives up to ten messages. The result is empty when there are none, or the signal ends the waiting.
   * @throws {SourceError} when the queue does not exist or access is denied
   */
  async receive({ waitSeconds, visibilityTimeout, signal }: ReceiveOptions): Promise<QueueMessage[]> {
    const input = {
      QueueUrl: this.url,
      MaxNumberOfMessages: messagesPerRequest,
      WaitTimeSeconds: waitSeconds,
      VisibilityTimeout: visibilityTimeout,
      MessageSystemAttributeNames: ['ApproximateReceiveCount' as const],
    };
    const received = this.request('receive from', async (client, { ReceiveMessageCommand }) => {
      const command = new ReceiveMessageCommand(input);
      const { Messages = [] } = await client.send(command, signal && { abortSignal: signal });
      return Messages.map(({ MessageId = '', ReceiptHandle = '', Body = '', Attributes }) => ({
        id: MessageId,
        receiptHandle: ReceiptHandle,
        receiveCount: Number(Attributes?.ApproximateReceiveCount ?? 1),
        body: Body,
      }));
    });
    return received.catch((error: unknown) => {
      if (signal?.aborted === true) return [];
      throw error;
    });
  }

  /**
   * Deletes messages and returns those that were deleted. SQS redelivers the others, whose receipts have
   * expired.
   * @throws {SourceError} when the queue does not exist or access is denied
   */
  async delete(messages: readonly QueueMessage[]): Promise<QueueMessage[]> {
    return this.request('delete from', async (client, { DeleteMessageBatchCommand }) => {
      const deleted: QueueMessage[] = [];
      for (const some of inRequests(messages)) {
        const command = new DeleteMessageBatchCommand({ QueueUrl: this.url, Entries: entries(some) });
        const { Failed = [] } = await client.send(command);
        const failed = new Set(Failed.map(({ Id }) => Id));
        deleted.push(...some.filter((_, index) => !failed.has(String(index))));
      }
      return deleted;
    });
  }

  /**
   * Hides messages for a number of seconds before SQS redelivers them; 0 returns them immediately. Skips
   * messages that were deleted or redelivered.
   * @throws {SourceError} when the queue does not exist or access is denied
   */
  async hide(messages: readonly QueueMessage[], seconds: number): Promise<void> {
    return this.request('extend messages of', async (client, { ChangeMessageVisibilityBatchCommand }) => {
      for (const some of inRequests(messages)) {
        const timed = entries(some).map((entry) => ({ ...entry, VisibilityTimeout: seconds }));
        await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.url, Entries: timed }));
      }
    });
  }

  private async request<Result>(
    what: string,
    work: (client: SQSClient, sdk: typeof import('@aws-sdk/client-sqs')) => Promise<Result>,
  ): Promise<Result> {
    try {
      this.client ??= sqsClient(this.url, this.options);
      return await work(await this.client, await import('@aws-sdk/client-sqs'));
    } catch (error) {
      const message = `cannot ${what} the queue ${this.url}: ${describeSqsError(error)}`;
      throw new SourceError(message, { cause: error });
    }
  }
}

export { Queue, type QueueMessage, queueRegion, sqsClient };
