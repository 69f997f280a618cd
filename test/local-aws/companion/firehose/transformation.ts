import { randomUUID } from 'node:crypto';
import type { BufferedRecord } from './record-buffer';
import type { StreamConfiguration } from './stream-configuration';

/**
 * The event for a function that transforms records.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
 */
interface TransformationEvent {
  invocationId: string;
  deliveryStreamArn: string;
  region: string;
  records: readonly {
    recordId: string;
    /** Milliseconds since 1970. */
    approximateArrivalTimestamp: number;
    /** In base64. */
    data: string;
  }[];
}

/** The result of the function, with each record by id. */
interface TransformationResult {
  records: readonly {
    recordId: string;
    result: 'Ok' | 'Dropped' | 'ProcessingFailed';
    /** In base64. */
    data?: string;
  }[];
}

/** A Lambda function, called in this process. */
type TransformationFunction = (
  event: TransformationEvent,
) => TransformationResult | Promise<TransformationResult>;

/**
 * The reason why a record could not be processed.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html
 */
interface ProcessingFailure {
  errorCode: string;
  errorMessage: string;
}

const failures = {
  functionError: {
    errorCode: 'Lambda.FunctionError',
    errorMessage: 'The Lambda function was successfully invoked but it returned an error result.',
  },
  accessDenied: {
    errorCode: 'Lambda.InvokeAccessDenied',
    errorMessage:
      'Access was denied. Ensure that the access policy allows access to invoke the Lambda function.',
  },
  failedStatus: {
    errorCode: 'Lambda.ProcessingFailedStatus',
    errorMessage: 'ProcessingFailed status set for record',
  },
  missingId: {
    errorCode: 'Lambda.MissingRecordId',
    errorMessage:
      'One or more record Ids were not returned. Ensure that the Lambda function returns all received record Ids.',
  },
} satisfies Record<string, ProcessingFailure>;

/** Functions by their ARNs. */
type TransformationFunctions = Readonly<Record<string, TransformationFunction>>;

/** The result for a record: bytes, dropped, or a failure. */
type Transformed = { bytes: Buffer } | { failure: ProcessingFailure } | undefined;

/**
 * Transforms records with a function. Returns the results in order.
 * @param retries number of retries of a function that throws
 * @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
 */
async function transform(
  call: TransformationFunction,
  { arn, region }: StreamConfiguration,
  records: readonly BufferedRecord[],
  retries: number,
): Promise<Transformed[]> {
  const event = {
    ...{ deliveryStreamArn: arn, region, invocationId: randomUUID() },
    records: records.map(({ bytes, arrival }, index) => ({
      recordId: String(index),
      approximateArrivalTimestamp: arrival.getTime(),
      data: bytes.toString('base64'),
    })),
  };
  for (let attempt = 0; attempt <= retries; attempt++) {
    try {
      const result = await call(event);
      const found = new Map(result.records.map((record) => [record.recordId, record]));
      return event.records.map(({ recordId }) => {
        const record = found.get(recordId);
        if (record === undefined) return { failure: failures.missingId };
        if (record.result === 'ProcessingFailed') return { failure: failures.failedStatus };
        return record.result === 'Dropped' ? undefined : { bytes: Buffer.from(record.data ?? '', 'base64') };
      });
    } catch {
      // A function that throws is called again.
    }
  }
  return records.map(() => ({ failure: failures.functionError }));
}

/**
 * Returns a failed record for the error prefix: a line of JSON.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html
 */
function failedRecord(
  { bytes, arrival }: BufferedRecord,
  failure: ProcessingFailure,
  { functionArn, retries, now }: { functionArn: string | undefined; retries: number; now: Date },
): Buffer {
  const document = {
    attemptsMade: retries + 1,
    arrivalTimestamp: arrival.getTime(),
    ...failure,
    attemptEndingTimestamp: now.getTime(),
    rawData: bytes.toString('base64'),
    ...(functionArn !== undefined && { lambdaArn: functionArn }),
  };
  return Buffer.from(`${JSON.stringify(document)}\n`);
}

export {
  failedRecord,
  failures,
  type TransformationFunction,
  type TransformationFunctions,
  type Transformed,
  transform,
};
