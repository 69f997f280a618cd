import { HiddenMessages } from '../../sources/queue/hidden-messages';
import { messageContent } from '../../sources/queue/message-content';
import { Queue, queueRegion } from '../../sources/queue/queue';
import { withWritableArchive } from '../file/writable-archive';
import { ArchiveError } from '../store/archive-error';
import type { OnBatch } from './follow';
import type { IngestOptions } from './ingest';
import { addQueueCounts, noQueueCounts, type QueueCounts } from './ingest-counts';
import { ingestMessages } from './ingest-messages';

/** How to ingest what a queue tells of. */
interface IngestQueueOptions extends Omit<IngestOptions, 'onlyObjects' | 'onProgress'> {
  /**
   * Whether to wait for more messages when there are none, until the signal says stop; the archive is closed
   * meanwhile, and one that another process holds is waited for.
   * @default false
   */
  follow?: boolean | undefined;
  /**
   * Another server that speaks SQS.
   * @default - what AWS_ENDPOINT_URL_SQS or AWS_ENDPOINT_URL says, otherwise the server in the queue's URL
   */
  queueEndpoint?: string | undefined;
  /**
   * Seconds for which a message is hidden from other consumers at a time, and after which it comes again when
   * its object could not be read. It is extended while a batch takes longer.
   * @default 120
   */
  visibilityTimeout?: number | undefined;
  /** Called in each batch of messages after each object that was read, with how far the batch has come. */
  onProgress?: IngestOptions['onProgress'];
  /** Called after each batch of messages. */
  onBatch?: OnBatch<QueueCounts> | undefined;
}

/** Objects that are gathered before they are ingested: as many as go into one transaction. */
const batchObjects = 1_000;

/** Seconds: the longest that SQS waits for a message. */
const longPoll = 20;

/** Seconds: a receive that does not wait asks some of SQS's servers only, and may miss what there is. */
const shortPoll = 1;

/** Receives messages until there are none at the moment, or they are enough for a batch. */
async function gather(queue: Queue, messages: HiddenMessages, options: IngestQueueOptions): Promise<void> {
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

/** One batch; undefined when there are no messages, or the signal came before the archive could be opened. */
async function ingestBatch(queue: Queue, options: IngestQueueOptions): Promise<QueueCounts | undefined> {
  const messages = new HiddenMessages(queue, options.visibilityTimeout ?? 120);
  try {
    await gather(queue, messages, options);
    const { all } = messages;
    if (all.length === 0) return undefined;
    const counts = await ingestMessages(queue, all, options);
    if (counts === undefined) await messages.giveBack();
    else messages.check();
    return counts;
  } catch (error) {
    if (error instanceof ArchiveError) await messages.giveBack();
    throw error;
  } finally {
    messages.release();
  }
}

/**
 * Ingests the objects that the notifications in an SQS queue name, and deletes each message once the archive
 * has what it names. A process that is killed in between gets the messages again and finds their objects in
 * the archive. It ends when the queue is empty, unless it is to follow it.
 *
 * A message whose object cannot be read comes again; at its fifth time the object is kept among the rejects
 * as `unreadable-object`, and so is a message at once that is no notification.
 *
 * @param url the queue's URL
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
  const { s3, follow = false, queueEndpoint, signal, onBatch } = options;
  const region = s3?.region ?? queueRegion(url); // S3 notifies queues of its own region
  const queue = new Queue(url, { endpoint: queueEndpoint, region });
  const reached = { ...options, s3: { ...s3, region } };
  const total = noQueueCounts();
  // Whether there is an archive to write to is known before any message is received.
  await withWritableArchive({ ...options, isPatient: follow }, async () => {});
  while (signal?.aborted !== true) {
    const started = Date.now();
    const counts = await ingestBatch(queue, reached);
    if (counts !== undefined) {
      addQueueCounts(total, counts);
      onBatch?.(counts, (Date.now() - started) / 1000);
    } else if (!follow) break;
  }
  return total;
}

export { type IngestQueueOptions, ingestQueue };
