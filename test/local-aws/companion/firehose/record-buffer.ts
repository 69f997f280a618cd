/** A buffered record. */
interface BufferedRecord {
  bytes: Buffer;
  /** Time at which Firehose received it. */
  arrival: Date;
  /** Whether it is delivered again with the next object. */
  isRepeated?: boolean;
}

/** Records for one object. */
interface RecordBatch {
  records: readonly BufferedRecord[];
  /** Arrival of the oldest record. */
  arrival: Date;
}

/** Limits of a batch. */
interface Buffering {
  /** Maximum size, in bytes before compression. */
  sizeBytes: number;
  /** Maximum time after the first record, in milliseconds. */
  intervalMilliseconds: number;
}

/**
 * Collects records until the maximum size or time of a batch.
 *
 * @example new RecordBuffer({ sizeBytes: 5 * 1024 * 1024, intervalMilliseconds: 300_000 }, (batch) => write(batch))
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html
 */
class RecordBuffer {
  private records: BufferedRecord[] = [];
  private bytes = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly buffering: Buffering,
    private readonly onBatch: (batch: RecordBatch) => void,
  ) {}

  /** Number of buffered records. */
  get length(): number {
    return this.records.length;
  }

  add(record: BufferedRecord): void {
    const { sizeBytes, intervalMilliseconds } = this.buffering;
    this.timer ??= setTimeout(() => this.complete(), intervalMilliseconds);
    this.records.push(record);
    this.bytes += record.bytes.length;
    if (this.bytes >= sizeBytes) this.complete();
  }

  /** Completes the current batch, if there is one. Records that are delivered twice start the next one. */
  complete(): void {
    const { records } = this;
    const [first] = records;
    this.stop();
    if (first === undefined) return;
    this.onBatch({ records, arrival: first.arrival }); // records are in the order of arrival
    for (const { bytes, arrival: at, isRepeated } of records) {
      if (isRepeated === true) this.add({ bytes, arrival: at });
    }
  }

  /** Completes all batches: the current one, and those with repeated records. */
  completeAll(): void {
    while (this.records.length > 0) this.complete();
  }

  /** Discards the buffered records. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.records = [];
    this.bytes = 0;
  }
}

export { type BufferedRecord, type Buffering, type RecordBatch, RecordBuffer };
