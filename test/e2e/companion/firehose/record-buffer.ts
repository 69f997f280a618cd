/** A record on its way. */
interface BufferedRecord {
  bytes: Buffer;
  /** When Firehose took it. */
  arrival: Date;
  /** Whether it is delivered a second time, with the next object. */
  isRepeated?: boolean;
}

/** Records that become one object. */
interface RecordBatch {
  records: readonly BufferedRecord[];
  /** The arrival of the oldest. */
  arrival: Date;
}

/** How long records wait for one another. */
interface Buffering {
  /** So many bytes, before compression, end a batch. */
  sizeBytes: number;
  /** So many milliseconds after its first record a batch ends. */
  intervalMilliseconds: number;
}

/**
 * Collects records until they are many enough or old enough, whichever comes first.
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

  /** How many records wait. */
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

  /** Ends the batch that has been begun, if one has; records that are delivered twice begin the next. */
  complete(): void {
    const { records } = this;
    const [first] = records;
    this.stop();
    if (first === undefined) return;
    this.onBatch({ records, arrival: first.arrival }); // they come in the order of their arrival
    for (const { bytes, arrival: at, isRepeated } of records) {
      if (isRepeated === true) this.add({ bytes, arrival: at });
    }
  }

  /** Ends all batches: that which has been begun, and those that repeat its records. */
  completeAll(): void {
    while (this.records.length > 0) this.complete();
  }

  /** Forgets the records that it has. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.records = [];
    this.bytes = 0;
  }
}

export { type BufferedRecord, type Buffering, type RecordBatch, RecordBuffer };
