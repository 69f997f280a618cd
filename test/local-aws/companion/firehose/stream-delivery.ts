import { DeliveryError, type ObjectWriter, type OutputType } from './object-writer';
import { type RecordBatch, RecordBuffer } from './record-buffer';
import type { RecordProcessor, TakenRecord } from './record-processor';
import type { ObjectDestination, StreamConfiguration } from './stream-configuration';

/** A batch that is not an object yet. */
interface WaitingBatch {
  batch: RecordBatch;
  destination: ObjectDestination;
  outputType: OutputType;
  attempt?: Promise<void>;
  retry?: NodeJS.Timeout;
}

/** A failed attempt to write an object, as in the error log of the stream. */
interface DeliveryFailure {
  streamName: string;
  code: string;
  message: string;
}

/** Dependencies of a stream. */
interface DeliveryOptions {
  writer: ObjectWriter;
  processor: RecordProcessor;
  /** Time between attempts to write an object. */
  retryMilliseconds: number;
  now: () => Date;
  onFailure: (failure: DeliveryFailure) => void;
}

/**
 * A stream with one configuration. Receives records and retries each batch until it is written.
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

  /** Number of records that are not in an object yet. Records that are delivered twice count once. */
  get waitingRecords(): number {
    const batches = [...this.waiting].map(({ batch }) => batch.records.length);
    const buffers = [this.data, this.failed, ...(this.backup ? [this.backup] : [])];
    return [...batches, ...buffers.map(({ length }) => length)].reduce((sum, length) => sum + length, 0);
  }

  /** Adds records to the buffer. */
  async take(records: readonly TakenRecord[]): Promise<void> {
    for (const record of records) this.backup?.add(record);
    const { data, failed } = await this.options.processor.process(this.stream, records, this.options.now);
    // Conversion to Parquet is not supported. The backup contains the records.
    if (!this.stream.isConverted) for (const record of data) this.data.add(record);
    for (const record of failed) this.failed.add(record);
  }

  /**
   * Writes all records. Records that cannot be written remain in the buffer.
   * @throws {Error} for errors that AWS does not have, such as a prefix that it would reject
   */
  async flush(): Promise<void> {
    const earlier = new Set(this.waiting);
    for (const buffer of [this.data, this.failed, this.backup]) buffer?.completeAll();
    await Promise.all(
      [...this.waiting].map(async (waiting) => {
        // A running attempt can have requested the permissions before they were added.
        if (earlier.has(waiting)) await waiting.attempt?.catch(() => {});
        if (this.waiting.has(waiting)) await this.attempt(waiting);
      }),
    );
  }

  /** Stops after running attempts. Buffered records are lost. */
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
      this.attempt(waiting).catch(() => {}); // reported already, and retried
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
