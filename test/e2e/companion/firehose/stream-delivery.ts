import { DeliveryError, type ObjectWriter, type OutputType } from './object-writer';
import { type RecordBatch, RecordBuffer } from './record-buffer';
import type { RecordProcessor, TakenRecord } from './record-processor';
import type { ObjectDestination, StreamConfiguration } from './stream-configuration';

/** A batch that has not become an object yet. */
interface WaitingBatch {
  batch: RecordBatch;
  destination: ObjectDestination;
  outputType: OutputType;
  attempt?: Promise<void>;
  retry?: NodeJS.Timeout;
}

/** An object that could not be written, as the stream's error log has it. */
interface DeliveryFailure {
  streamName: string;
  code: string;
  message: string;
}

/** What a stream delivers with. */
interface DeliveryOptions {
  writer: ObjectWriter;
  processor: RecordProcessor;
  /** How long after an object could not be written it is tried again. */
  retryMilliseconds: number;
  now: () => Date;
  onFailure: (failure: DeliveryFailure) => void;
}

/**
 * One stream, with one configuration: takes records, and tries each batch of them until it is an object.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/basic-deliver.html
 */
class StreamDelivery {
  private readonly waiting = new Set<WaitingBatch>();
  private readonly data: RecordBuffer;
  private readonly failed: RecordBuffer;
  private readonly backup: RecordBuffer | undefined;
  private isClosed = false;

  constructor(
    readonly stream: StreamConfiguration,
    private readonly options: DeliveryOptions,
  ) {
    this.data = this.buffer(stream.data, 'data');
    this.failed = this.buffer(stream.data, 'processing-failed');
    this.backup = stream.backup && this.buffer(stream.backup, 'data');
  }

  /** How many records are in no object yet; those of which objects hold a copy count once. */
  get waitingRecords(): number {
    const batches = [...this.waiting].map(({ batch }) => batch.records.length);
    const buffers = [this.data, this.failed, ...(this.backup ? [this.backup] : [])];
    return [...batches, ...buffers.map(({ length }) => length)].reduce((sum, length) => sum + length, 0);
  }

  /** Takes records, which wait until there are enough of them. */
  async take(records: readonly TakenRecord[]): Promise<void> {
    for (const record of records) this.backup?.add(record);
    const { data, failed } = await this.options.processor.process(this.stream, records, this.options.now);
    // Parquet is not made here; the backup has the records.
    if (!this.stream.isConverted) for (const record of data) this.data.add(record);
    for (const record of failed) this.failed.add(record);
  }

  /**
   * Writes all that it has; what may not be written goes on waiting.
   * @throws {Error} what AWS does not know, such as a prefix that it would not have taken
   */
  async flush(): Promise<void> {
    const earlier = new Set(this.waiting);
    for (const buffer of [this.data, this.failed, this.backup]) buffer?.completeAll();
    await Promise.all(
      [...this.waiting].map(async (waiting) => {
        // An attempt that is under way may have asked for its rights before they were given.
        if (earlier.has(waiting)) await waiting.attempt?.catch(() => {});
        if (this.waiting.has(waiting)) await this.attempt(waiting);
      }),
    );
  }

  /** Stops, once what is under way has ended; what waits is lost. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const buffer of [this.data, this.failed, this.backup]) buffer?.stop();
    for (const { retry } of this.waiting) clearTimeout(retry);
    await Promise.allSettled([...this.waiting].map(({ attempt }) => attempt));
  }

  private buffer(destination: ObjectDestination, outputType: OutputType): RecordBuffer {
    return new RecordBuffer(destination.buffering, (batch) => {
      const waiting: WaitingBatch = { batch, destination, outputType };
      this.waiting.add(waiting);
      this.attempt(waiting).catch(() => {}); // told already, and tried again
    });
  }

  private attempt(waiting: WaitingBatch): Promise<void> {
    clearTimeout(waiting.retry);
    waiting.attempt ??= this.write(waiting).finally(() => {
      delete waiting.attempt;
    });
    return waiting.attempt;
  }

  private async write(waiting: WaitingBatch): Promise<void> {
    const { writer, retryMilliseconds, onFailure } = this.options;
    const { destination, outputType, batch } = waiting;
    try {
      await writer.write(this.stream, destination, outputType, batch);
      this.waiting.delete(waiting);
    } catch (error) {
      const isKnown = error instanceof DeliveryError;
      const message = error instanceof Error ? error.message : String(error);
      onFailure({ streamName: this.stream.name, code: isKnown ? error.code : 'InternalError', message });
      if (!this.isClosed) {
        waiting.retry = setTimeout(() => this.attempt(waiting).catch(() => {}), retryMilliseconds);
      }
      if (!isKnown) throw error;
    }
  }
}

export { type DeliveryFailure, StreamDelivery };
