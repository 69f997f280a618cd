import { z } from 'zod';
import type { AwsAnswer } from '../handler';

/** Maximum length of a record, in bytes before base64. */
const maxRecordBytes = 1000 * 1024;

/** Maximum size of a batch, in records and in bytes before base64. */
const maxBatchRecords = 500;
const maxBatchBytes = 4 * 1024 * 1024;

/**
 * An error of Firehose, with the name from AWS.
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html#API_PutRecordBatch_Errors
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/CommonErrors.html
 */
class FirehoseError extends Error {
  override readonly name:
    | 'ResourceNotFoundException'
    | 'InvalidArgumentException'
    | 'ServiceUnavailableException'
    | 'ValidationException'
    | 'SerializationException';

  constructor(name: FirehoseError['name'], message: string) {
    super(message);
    this.name = name;
  }
}

/** Decodes base64. A pattern would exceed the stack size for the longest records. */
function fromBase64(text: string, context: z.RefinementCtx): Buffer {
  const bytes = Buffer.from(text, 'base64');
  const padding = text.endsWith('==') ? 2 : Number(text.endsWith('='));
  const isOtherAlphabet = /[-_]/.test(text); // Node also accepts base64url
  if (isOtherAlphabet || text.length % 4 !== 0 || bytes.length !== (text.length / 4) * 3 - padding) {
    context.addIssue({ code: 'custom', message: 'the data is not base64' });
  }
  return bytes;
}

const streamName = z.string();
const record = z.object({ Data: z.string().transform(fromBase64) });
const calls = {
  PutRecord: z
    .object({ DeliveryStreamName: streamName, Record: record })
    .transform(({ DeliveryStreamName, Record }) => ({ DeliveryStreamName, Records: [Record] })),
  PutRecordBatch: z.object({ DeliveryStreamName: streamName, Records: z.array(record) }),
};

/** An operation that puts records. */
type PutOperation = keyof typeof calls;

/** The input of both operations. */
interface PutRecords {
  streamName: string;
  records: readonly Buffer[];
}

/** Checks whether an operation puts records. */
function isPutOperation(name: string | undefined): name is PutOperation {
  return name !== undefined && Object.hasOwn(calls, name);
}

function invalid(value: string, at: string, constraint: string): FirehoseError {
  const message = `1 validation error detected: Value ${value} at '${at}' failed to satisfy constraint: Member must ${constraint}`;
  return new FirehoseError('ValidationException', message);
}

/**
 * Checks the limits of AWS: 1 to 500 records, at most 1,000 KiB per record, and at most 4 MiB per batch.
 * @throws {FirehoseError} a ValidationException or InvalidArgumentException
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_Record.html
 */
function checkRecords({ streamName: name, records }: PutRecords): void {
  if (!/^[a-zA-Z0-9_.-]{1,64}$/.test(name)) {
    throw invalid(
      `'${name}'`,
      'deliveryStreamName',
      'satisfy regular expression pattern: [a-zA-Z0-9_.-]+, and have length from 1 to 64',
    );
  }
  if (records.length < 1) throw invalid("'[]'", 'records', 'have length greater than or equal to 1');
  if (records.length > maxBatchRecords) {
    throw invalid(
      `'[${records.length} records]'`,
      'records',
      `have length less than or equal to ${maxBatchRecords}`,
    );
  }
  const tooLong = records.findIndex(({ length }) => length > maxRecordBytes);
  if (tooLong >= 0) {
    throw invalid(
      `'[${records[tooLong]?.length} bytes]'`,
      `records.${tooLong + 1}.member.data`,
      `have length less than or equal to ${maxRecordBytes}`,
    );
  }
  const bytes = records.reduce((sum, { length }) => sum + length, 0);
  if (bytes > maxBatchBytes) {
    throw new FirehoseError('InvalidArgumentException', 'Records size exceeds 4 MB limit');
  }
}

/**
 * Parses the body of a call that puts records. `checkRecords` checks their number and size.
 * @throws {FirehoseError} a SerializationException
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecord.html
 */
function parsePutRecords(operation: PutOperation, body: Buffer): PutRecords {
  let json: unknown;
  try {
    json = JSON.parse(body.toString());
  } catch {
    throw new FirehoseError('SerializationException', 'the body is not valid JSON');
  }
  const { success, data, error } = calls[operation].safeParse(json);
  if (!success) throw new FirehoseError('SerializationException', z.prettifyError(error));
  return {
    streamName: data.DeliveryStreamName,
    records: data.Records.map(({ Data }) => Data),
  };
}

/** Returns the HTTP status of an exception: a server error or a client error. */
function statusOf({ name }: FirehoseError): number {
  return name === 'ServiceUnavailableException' ? 500 : 400;
}

const headers = { 'Content-Type': 'application/x-amz-json-1.1' };

/** Returns a response in the protocol of the API: JSON 1.1. */
function answer(output: object): AwsAnswer {
  return { status: 200, headers, body: JSON.stringify(output) };
}

/** Returns the response for an error. */
function refusal(error: FirehoseError): AwsAnswer {
  const { name, message } = error;
  return { status: statusOf(error), headers, body: JSON.stringify({ __type: name, message }) };
}

export { answer, checkRecords, FirehoseError, isPutOperation, parsePutRecords, refusal };
