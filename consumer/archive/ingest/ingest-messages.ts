import { type CurrentObject, currentObject } from '../../sources/queue/current-object';
import { messageContent, type NamedObject } from '../../sources/queue/message-content';
import type { Queue, QueueMessage } from '../../sources/queue/queue';
import type { S3Options } from '../../sources/s3-options';
import type { SkippedObjects, SourceObject } from '../../sources/source';
import { withWritableArchive } from '../file/writable-archive';
import type { IngestOptions } from './ingest';
import { addQueueCounts, noQueueCounts, type QueueCounts } from './ingest-counts';
import { ingestSlices, type SliceOptions } from './ingest-slices';
import { keepQueueRejects, type QueueReject } from './queue-rejects';

/** Options for ingesting received messages. */
interface IngestMessagesOptions extends Omit<IngestOptions, 'onlyObjects'> {
  /** @default false */
  follow?: boolean | undefined;
}

/** A message with the addresses of the objects that it names. */
interface ReadMessage {
  message: QueueMessage;
  objects: string[];
}

/**
 * Receipts of a message after which its unreadable object becomes a reject: the deployed queue then moves the message
 * to its dead-letter queue.
 */
const maxReceiveCount = 5;

/** Concurrent requests to S3. */
const concurrentRequests = 16;

const address = ({ bucket, key }: NamedObject) => `s3://${bucket}/${key}`;

const isLastReceive = ({ message }: ReadMessage) => message.receiveCount >= maxReceiveCount;

async function currentObjects(named: readonly NamedObject[], s3: S3Options): Promise<CurrentObject[]> {
  const current: CurrentObject[] = [];
  for (let at = 0; at < named.length; at += concurrentRequests) {
    const part = named.slice(at, at + concurrentRequests);
    current.push(...(await Promise.all(part.map((object) => currentObject(object, s3)))));
  }
  return current;
}

/** Received messages, and the state of the objects that they name. */
class MessageBatch {
  readonly counts = noQueueCounts();
  private readonly read: ReadMessage[] = [];
  private readonly named = new Map<string, NamedObject>();
  private readonly faults: QueueReject[] = [];
  /** The errors of objects that could not be read, by name. */
  private readonly failures = new Map<string, string>();

  constructor(queueUrl: string, messages: readonly QueueMessage[]) {
    this.counts.messages = messages.length;
    for (const message of messages) {
      const { objects, fault } = messageContent(message.body);
      for (const object of objects) this.named.set(address(object), object);
      this.read.push({ message, objects: objects.map(address) });
      if (fault === undefined) continue;
      // The id is the same at every delivery, so a redelivered message is the same reject.
      const text = `${fault.message} (message ${message.id})`;
      const raw = Buffer.from(message.body);
      this.faults.push({ object: queueUrl, reason: fault.reason, message: text, raw });
    }
  }

  /** The objects that exist, in their present version. */
  async present(s3: S3Options): Promise<{ objects: SourceObject[]; skippedObjects: SkippedObjects }> {
    const { counts, failures } = this;
    const current = await currentObjects([...this.named.values()], s3);
    for (const found of current) {
      if (found.state === 'gone') counts.missingObjects++;
      else if (found.state === 'unreadable') failures.set(found.uri, found.message);
    }
    const objects = current.flatMap((found) => (found.state === 'present' ? [found.object] : []));
    const foreign = current.filter(({ state }) => state === 'folder').length;
    return { objects, skippedObjects: { foreign, beforeSince: 0 } };
  }

  /** Whether there are rejects to write, beside the existing objects. */
  get hasRejects(): boolean {
    return this.faults.length + this.failures.size > 0;
  }

  /** Ingests the objects, and stores the rejects. */
  async ingest(objects: readonly SourceObject[], options: SliceOptions): Promise<void> {
    const { counts, failures } = this;
    for await (const slice of ingestSlices(objects, options))
      addQueueCounts(counts, { ...noQueueCounts(), ...slice });
    for (const { object, message } of counts.failed) failures.set(object, message);
    const rejects = [...this.faults, ...this.objectsToReject()];
    if (rejects.length > 0)
      await withWritableArchive(options, (database) => keepQueueRejects(database, rejects));
    const lost = new Set(rejects.map(({ object }) => object));
    counts.failed = [...failures]
      .filter(([object]) => !lost.has(object))
      .map(([object, message]) => ({ object, message }));
    counts.read.rejects += rejects.length;
    for (const { raw } of rejects) counts.read.bytes.rejects += raw.length;
  }

  /** The messages that are processed. */
  get done(): QueueMessage[] {
    return this.read
      .filter((read) => isLastReceive(read) || read.objects.every((object) => !this.failures.has(object)))
      .map(({ message }) => message);
  }

  /** The objects that could not be read and that a message names for the last time. */
  private objectsToReject(): QueueReject[] {
    const names = new Set(this.read.filter(isLastReceive).flatMap(({ objects }) => objects));
    return [...this.failures]
      .filter(([object]) => names.has(object))
      .map(([object, message]) => ({
        object,
        reason: 'unreadable-object',
        message,
        raw: Buffer.alloc(0),
      }));
  }
}

/**
 * Ingests the objects that messages name, and deletes the processed messages after the commit.
 * @returns undefined when the signal ended the waiting for the archive; nothing has been done then
 */
async function ingestMessages(
  queue: Queue,
  messages: readonly QueueMessage[],
  options: IngestMessagesOptions,
): Promise<QueueCounts | undefined> {
  const batch = new MessageBatch(queue.url, messages);
  const { objects, skippedObjects } = await batch.present(options.s3 ?? {});
  if (objects.length > 0 || batch.hasRejects) {
    const { follow: waitForever } = options;
    const isFree =
      waitForever !== true || (await withWritableArchive({ ...options, waitForever }, async () => true));
    if (isFree === undefined) return undefined;
    // Without the signal: the batch is completed.
    await batch.ingest(objects, { ...options, waitForever, signal: undefined });
  }
  const { counts } = batch;
  counts.skippedObjects = skippedObjects;
  counts.deletedMessages = (await queue.delete(batch.done)).length;
  return counts;
}

export { ingestMessages };
