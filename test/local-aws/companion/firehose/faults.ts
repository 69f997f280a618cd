/**
 * Faults that can occur with AWS. By default there are none. The functions can be replaced while records arrive.
 */
interface FirehoseFaults {
  /**
   * Whether a whole call fails with ServiceUnavailableException. Calls are counted from 0.
   * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html
   */
  refusesCall?: (call: number) => boolean;
  /** Whether a record of a batch fails with ServiceUnavailableException. Records are counted from 0, including failed ones. */
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
