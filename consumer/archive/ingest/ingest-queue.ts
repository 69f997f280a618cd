import {
  type Check,
  checkArchive,
  checkBoolean,
  checkFunction,
  checkOptions,
  checkText,
  checkWhole,
} from '../../records/check-options';
import { HiddenMessages } from '../../sources/queue/hidden-messages';
import { messageContent } from '../../sources/queue/message-content';
import { Queue, queueRegion } from '../../sources/queue/queue';
import { withWritableArchive } from '../file/writable-archive';
import { ArchiveError } from '../store/archive-error';
import type { OnBatch } from './follow';
import { commonChecks, type IngestOptions } from './ingest';
import { addQueueCounts, noQueueCounts, type QueueCounts } from './ingest-counts';
import { ingestMessages } from './ingest-messages';

/** Options for ingesting the objects in the messages of a queue. */
interface IngestQueueOptions extends Omit<IngestOptions, 'onlyObjects' | 'onProgress'> {
  /**
   * Whether to wait for more messages when there are none, until the signal ends it. The archive is closed meanwhile.
   * Waits for an archive that another process has open.
   * @default false
   */
  follow?: boolean | undefined;
  /**
   * Another server with the API of SQS.
   * @default - AWS_ENDPOINT_URL_SQS or AWS_ENDPOINT_URL, otherwise the server in the queue's URL
   */
  queueEndpoint?: string | undefined;
  /**
   * Seconds for which a message is hidden from other consumers at a time. After them, SQS redelivers it when its object
   * could not be read. The time is extended while a batch takes longer.
   * @default 120
   */
  visibilityTimeout?: number | undefined;
  /** Called in each batch of messages after each object that was read, with the progress of the batch. */
  onProgress?: IngestOptions['onProgress'];
  /** Called after each batch of messages. */
  onBatch?: OnBatch<QueueCounts> | undefined;
}

const queueChecks: Readonly<Record<keyof IngestQueueOptions, Check>> = {
  ...commonChecks,
  follow: checkBoolean,
  queueEndpoint: checkText,
  visibilityTimeout: checkWhole(1),
  onBatch: checkFunction,
};

/** Objects that are collected before they are ingested: the size of one transaction. */
const batchObjects = 1_000;

/** Seconds: the maximum that SQS waits for a message. */
const longPoll = 20;

/** Seconds: a receive without waiting asks only some of SQS's servers, and can miss messages. */
const shortPoll = 1;

/** Receives messages until there are none at the moment, or enough for a batch. */
async function collect(queue: Queue, messages: HiddenMessages, options: IngestQueueOptions): Promise<void> {
  const { follow = false, visibilityTimeout = 120, signal } = options;
  let objects = 0;
  let waitSeconds = follow ? longPoll : shortPoll;
  while (objects < batchObjects && signal?.aborted !== true) {
    const received = await queue.receive({ waitSeconds, visibilityTimeout, signal });
    if (received.length === 0) return;
    messages.add(received);
    for (const { body } of received) objects += Math.max(1, messageContent(body).objects.length);
    waitSeconds = shortPoll;
  }
}

/**
 * Ingests one batch; undefined when there are no messages, or when the signal came before the archive could be opened.
 */
async function ingestBatch(queue: Queue, options: IngestQueueOptions): Promise<QueueCounts | undefined> {
  const messages = new HiddenMessages(queue, options.visibilityTimeout ?? 120);
  try {
    await collect(queue, messages, options);
    const { all } = messages;
    if (all.length === 0) return undefined;
    const counts = await ingestMessages(queue, all, options);
    if (counts === undefined) await messages.makeVisible();
    else messages.check();
    return counts;
  } catch (error) {
    if (error instanceof ArchiveError) await messages.makeVisible();
    throw error;
  } finally {
    messages.release();
  }
}

/**
 * Ingests the objects that the notifications in an SQS queue name, and deletes each message after its objects are in
 * the archive. A process that is killed in between receives the messages again and finds their objects in the archive.
 * It ends when the queue is empty, unless `follow` is set.
 *
 * SQS redelivers a message whose object cannot be read. At its fifth receipt, the object becomes a reject with the
 * reason `unreadable-object`. A message that is not a notification becomes a reject at once.
 *
 * @param url the queue's URL
 * @throws {TypeError} for an argument of another type or an unknown option
 * @throws {ArchiveError} when the archive cannot be opened
 * @throws {SourceError} when the queue or S3 cannot be reached at all
 *
 * @example
 * ```ts
 * const url = 'https://sqs.eu-west-1.amazonaws.com/123456789012/email-events-objects';
 * const { newEvents } = await ingestQueue(url, { archive: 'ses-events.duckdb' });
 * ```
 */
async function ingestQueue(url: string, options: IngestQueueOptions): Promise<QueueCounts> {
  checkText('the URL of the queue', url);
  checkOptions(options, queueChecks);
  checkArchive('archive', options.archive);
  const { s3, follow = false, queueEndpoint, signal, onBatch } = options;
  const region = s3?.region ?? queueRegion(url); // S3 notifies queues of its region only
  const queue = new Queue(url, { endpoint: queueEndpoint, region });
  const queueOptions = { ...options, s3: { ...s3, region } };
  const total = noQueueCounts();
  // Checks before any message is received that the archive can be written.
  await withWritableArchive({ ...options, waitForever: follow }, async () => {});
  while (signal?.aborted !== true) {
    const started = Date.now();
    const counts = await ingestBatch(queue, queueOptions);
    if (counts !== undefined) {
      addQueueCounts(total, counts);
      onBatch?.(counts, (Date.now() - started) / 1000);
    } else if (!follow) break;
  }
  return total;
}

export { type IngestQueueOptions, ingestQueue };
