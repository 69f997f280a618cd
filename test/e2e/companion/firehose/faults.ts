/**
 * What goes wrong, as it does with AWS; nothing does by default. The functions may be replaced while records arrive.
 */
interface FirehoseFaults {
  /**
   * Whether a whole call is refused with ServiceUnavailableException; calls are counted from 0.
   * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html
   */
  refusesCall?: (call: number) => boolean;
  /** Whether a record of a batch fails with ServiceUnavailableException; records are counted from 0, refused ones too. */
  refusesRecord?: (bytes: Buffer, record: number) => boolean;
  /**
   * Whether a record is delivered twice, the second time with the next object.
   * @see https://docs.aws.amazon.com/firehose/latest/dev/basic-deliver.html
   */
  repeats?: (bytes: Buffer, record: number) => boolean;
  /**
   * Whether a record cannot be processed, and goes to the error prefix.
   * @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html
   */
  failsProcessing?: (bytes: Buffer, record: number) => boolean;
}

export type { FirehoseFaults };
