import type { EmailEvent, EventKind, EventOf } from '../events';
import { isJsonObject } from '../events/json-object';
import { type Check, checkFunction, checkOptions } from '../records/check-options';
import type { ReadCounts } from '../records/counts';
import type { ReadEvent, Reject } from '../records/outcome';
import { EventReader, type ReadOptions, RejectedRecordError, readChecks } from './event-reader';
import { s3Object } from './s3-object';
import type { S3Options } from './s3-options';
import { type SourceObject, sourceOf } from './source';
import { SourceError, UnreadableObjectError } from './source-error';
import { type TriggerPart, triggerParts } from './trigger-parts';

/** Options to read the input of a trigger. */
interface TriggerOptions extends Omit<ReadOptions, 'strict' | 'concurrency' | 'onReject'> {
  /**
   * Called for each record, or rest of an object, that could not be read. The record counts as handled, except
   * when its object could not be fetched.
   * @default - `result()` reports the message as failed, or throws, so that no record is lost silently
   */
  onReject?: (reject: Reject) => void;
  /**
   * For a Firehose transformation: returns the event to deliver instead, or undefined to drop it.
   * @default - every record is delivered unchanged, byte for byte
   */
  transform?: (event: EmailEvent) => EmailEvent | undefined;
}

const { strict: _, concurrency: __, ...commonChecks } = readChecks;
const triggerChecks: Readonly<Record<keyof TriggerOptions, Check>> = {
  ...commonChecks,
  transform: checkFunction,
};

/** The response of the function to its trigger; undefined if the trigger does not require one. */
type TriggerResult =
  /** SQS: the messages that remain in the queue. */
  | { batchItemFailures: { itemIdentifier: string }[] }
  /** Firehose: the delivered data for each record. */
  | { records: { recordId: string; result: 'Ok' | 'Dropped'; data: string }[] }
  | undefined;

const firehoseName = (recordId: string) => `firehose:${recordId}`;

function memoryObject(uri: string, bytes: Buffer): SourceObject {
  return {
    uri,
    open: async function* () {
      yield bytes;
    },
  };
}

/** Limits a failure to its object, so that the other messages of a batch are still read. */
async function* contained(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  try {
    yield* bytes;
  } catch (error) {
    if (error instanceof SourceError) throw new UnreadableObjectError(error.message, { cause: error });
    throw error;
  }
}

function sourceObject(part: TriggerPart, s3: S3Options): SourceObject {
  if (part.part === 'record') return memoryObject(part.name, Buffer.from(part.text));
  if (part.part === 'firehose') {
    return memoryObject(firehoseName(part.recordId), Buffer.from(part.data, 'base64'));
  }
  const object = s3Object({ bucket: part.bucket, key: part.key, options: s3 });
  return { uri: object.uri, open: (signal) => contained(object.open(signal)) };
}

/** The events of a trigger, and the response to it. Iterate it once. */
class TriggerReader<out Event extends EmailEvent = EmailEvent> implements AsyncIterable<ReadEvent<Event>> {
  private readonly reader: EventReader<Event>;
  private readonly parts: readonly TriggerPart[];
  /** The parts that were not read to their end: the caller has not requested more after their last event. */
  private readonly unfinished: Set<TriggerPart>;
  /** The first reject of each object or record that nothing has handled, by its name. */
  private readonly failed = new Map<string, Reject>();
  /** Firehose records that contain something other than an event. They are delivered unchanged. */
  private readonly untouched = new Set<string>();
  private readonly transformed = new Map<string, string>();

  constructor(
    private readonly input: unknown,
    private readonly options: TriggerOptions = {},
  ) {
    checkOptions(options, triggerChecks);
    const { s3 = {}, transform: _, ...readOptions } = options;
    this.parts = triggerParts(input);
    this.unfinished = new Set(this.parts);
    const partOf = new Map(this.parts.map((part) => [sourceObject(part, s3), part]));
    const readerOptions: ReadOptions = {
      ...readOptions,
      onReject: (reject) => {
        const isHandled = options.onReject !== undefined && reject.reason !== 'unreadable-object';
        if (!isHandled && !this.failed.has(reject.object)) this.failed.set(reject.object, reject);
        this.untouched.add(reject.object);
        options.onReject?.(reject);
      },
      onSkip: (skip) => {
        this.untouched.add(skip.object);
        options.onSkip?.(skip);
      },
    };
    this.reader = new EventReader(sourceOf([...partOf.keys()]), readerOptions, (object) => {
      const part = partOf.get(object);
      if (part !== undefined) this.unfinished.delete(part);
    });
  }

  /** The counts of all records so far. */
  get counts(): ReadCounts {
    return this.reader.counts;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ReadEvent<Event>, void> {
    for await (const read of this.reader) {
      yield read;
      this.transform(read);
    }
  }

  /**
   * Returns the response of the function, after all events have been read:
   * - SQS: the failed messages, which remain in the queue. Enable `ReportBatchItemFailures` for the function.
   * - Firehose: every record, with its newline. Records that are not events are delivered unchanged.
   * - Others: nothing. A failure throws, so that AWS retries.
   *
   * Failed are objects that could not be fetched and, without `onReject`, all with a record that was rejected. With
   * SQS, so are messages that were not read to their end: after `break`, the message of the last event and all later ones.
   *
   * @throws {Error} when not all events were read and the response cannot report it
   * @throws {UnreadableObjectError} when an object could not be fetched and the response cannot report it
   * @throws {RejectedRecordError} when a record was rejected without `onReject` and the response cannot report it
   */
  result(): TriggerResult {
    const isQueue = isJsonObject(this.input) && this.parts.some((part) => 'message' in part);
    if (isQueue) return { batchItemFailures: this.failedMessages() };
    this.checkFinished();
    const isFirehose = this.parts.some((part) => part.part === 'firehose');
    if (isFirehose) return { records: this.parts.flatMap((part) => this.firehoseResult(part)) };
    const [reject] = this.failed.values();
    if (reject === undefined) return undefined;
    if (reject.reason !== 'unreadable-object') throw new RejectedRecordError(reject);
    throw new UnreadableObjectError(`${reject.object} could not be read: ${reject.message}`);
  }

  /** Refuses to acknowledge events that the function has not received. */
  private checkFinished(): void {
    if (this.unfinished.size === 0) return;
    throw new Error(
      `result() was called before all events were read: ${this.unfinished.size} of ${this.parts.length} objects or ` +
        'records were not read to their end; let the for await loop end first, without break',
    );
  }

  private transform({ event, provenance }: ReadEvent): void {
    if (this.options.transform === undefined || !provenance.object.startsWith(firehoseName(''))) return;
    const replacement = this.options.transform(event);
    const line = replacement === undefined ? '' : `${JSON.stringify(replacement)}\n`;
    this.transformed.set(provenance.object, (this.transformed.get(provenance.object) ?? '') + line);
  }

  private firehoseResult(part: TriggerPart) {
    if (part.part !== 'firehose') return [];
    const { recordId, data } = part;
    const name = firehoseName(recordId);
    const lines = this.untouched.has(name) ? undefined : this.transformed.get(name);
    if (lines === undefined) return [{ recordId, result: 'Ok' as const, data }];
    const result = lines === '' ? ('Dropped' as const) : ('Ok' as const);
    return [{ recordId, result, data: Buffer.from(lines).toString('base64') }];
  }

  private failedMessages(): { itemIdentifier: string }[] {
    const failed = new Set<string>();
    for (const part of this.parts) {
      if (part.part === 'firehose' || part.message === undefined) continue;
      const uri = part.part === 'object' ? `s3://${part.bucket}/${part.key}` : part.name;
      if (this.unfinished.has(part) || this.failed.has(uri)) failed.add(part.message);
    }
    return [...failed].map((itemIdentifier) => ({ itemIdentifier }));
  }
}

/**
 * Reads the email events in the input of a Lambda function. Supported inputs:
 * - an S3 notification, whose objects are fetched;
 * - S3 notifications in SQS, SNS or EventBridge messages;
 * - SES events in SNS, SQS or EventBridge messages;
 * - a Firehose transformation batch.
 *
 * Read all events before `result()`: SQS keeps the other messages, and for other triggers it throws. Pass `onReject`, and
 * log or store what it receives: otherwise AWS retries the message of a damaged record.
 *
 * @throws {SourceError} when the input is not from one of these triggers
 * @throws {TypeError} for an unknown option or kind, a value of another type or an invalid date
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 * @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
 *
 * @example
 * ```ts
 * export async function handler(input: unknown) {
 *   const events = eventsFromTrigger(input, { onReject: (reject) => console.error(reject.reason, reject.object) });
 *   for await (const { event } of events) await save(event);
 *   return events.result();
 * }
 * ```
 */
function eventsFromTrigger<Kind extends EventKind>(
  input: unknown,
  options: TriggerOptions & { kinds: readonly Kind[] },
): TriggerReader<EventOf<Kind>>;
function eventsFromTrigger(input: unknown, options?: TriggerOptions): TriggerReader;
function eventsFromTrigger(input: unknown, options: TriggerOptions = {}): TriggerReader {
  return new TriggerReader(input, options);
}

export { eventsFromTrigger, type TriggerOptions, type TriggerResult };
