import { z } from 'zod';
import type { AwsAnswer } from '../handler';

/** The longest record, in bytes before base64. */
const maxRecordBytes = 1000 * 1024;

/** The largest batch: so many records and bytes, before base64. */
const maxBatchRecords = 500;
const maxBatchBytes = 4 * 1024 * 1024;

/**
 * What Firehose refuses a call with, named as AWS names it.
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

/** The bytes of a base64 text; a pattern for it runs out of stack with the longest of records. */
function fromBase64(text: string, context: z.RefinementCtx): Buffer {
  const bytes = Buffer.from(text, 'base64');
  const padding = text.endsWith('==') ? 2 : Number(text.endsWith('='));
  const isOtherAlphabet = /[-_]/.test(text); // Node takes base64url as well
  if (isOtherAlphabet || text.length % 4 !== 0 || bytes.length !== (text.length / 4) * 3 - padding) {
    context.addIssue({ code: 'custom', message: 'the data is no base64' });
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

/** What either operation puts. */
interface PutRecords {
  streamName: string;
  records: readonly Buffer[];
}

/** Whether an operation's name is of one that puts records. */
function isPutOperation(name: string | undefined): name is PutOperation {
  return name !== undefined && Object.hasOwn(calls, name);
}

function invalid(value: string, at: string, constraint: string): FirehoseError {
  const message = `1 validation error detected: Value ${value} at '${at}' failed to satisfy constraint: Member must ${constraint}`;
  return new FirehoseError('ValidationException', message);
}

/**
 * Refuses what AWS refuses: more than 500 records, none, one of more than 1,000 KiB, or 4 MiB of them.
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
 * Reads the body of a call that puts records; how many and how large they are is for `checkRecords`.
 * @throws {FirehoseError} a SerializationException
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecord.html
 */
function parsePutRecords(operation: PutOperation, body: Buffer): PutRecords {
  let json: unknown;
  try {
    json = JSON.parse(body.toString());
  } catch {
    throw new FirehoseError('SerializationException', 'the body is no JSON');
  }
  const { success, data, error } = calls[operation].safeParse(json);
  if (!success) throw new FirehoseError('SerializationException', z.prettifyError(error));
  return {
    streamName: data.DeliveryStreamName,
    records: data.Records.map(({ Data }) => Data),
  };
}

/** The status of an exception: a fault of the service's own, or of the caller. */
function statusOf({ name }: FirehoseError): number {
  return name === 'ServiceUnavailableException' ? 500 : 400;
}

const headers = { 'Content-Type': 'application/x-amz-json-1.1' };

/** What a call is answered, in the protocol that the API's model names: JSON 1.1. */
function answer(output: object): AwsAnswer {
  return { status: 200, headers, body: JSON.stringify(output) };
}

/** What a call is answered that Firehose refuses. */
function refusal(error: FirehoseError): AwsAnswer {
  const { name, message } = error;
  return { status: statusOf(error), headers, body: JSON.stringify({ __type: name, message }) };
}

export { answer, checkRecords, FirehoseError, isPutOperation, parsePutRecords, refusal };
