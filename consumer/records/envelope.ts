import { isJsonObject, type JsonObject } from '../events/json-object';
import type { RecordFamily } from './family';
import { itemSpans, memberSpan } from './member-span';
import type { Envelope } from './outcome';

/** One record inside an envelope. */
interface EnvelopeContent {
  /** The path to it from the envelope. */
  path: readonly (string | number)[];
  /** Its bytes; undefined when the envelope has none there that can be read. */
  bytes: Buffer | undefined;
  /** The bytes of the envelope that belong to this record alone: all of them unless it holds several. */
  entry: Buffer;
}

/** An envelope with what it holds. */
interface OpenedEnvelope {
  envelope: Envelope;
  contents: readonly EnvelopeContent[];
  /** What a Firehose error record says beside the data. */
  firehoseError?: JsonObject;
}

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

function textBytes(text: unknown): Buffer | undefined {
  return typeof text === 'string' ? Buffer.from(text) : undefined;
}

function base64Bytes(text: unknown): Buffer | undefined {
  return typeof text === 'string' && base64.test(text) ? Buffer.from(text, 'base64') : undefined;
}

/** The bytes of each entry of an envelope's list. */
function entriesOf(envelope: Buffer, list: string): Buffer[] {
  const array = memberSpan(envelope, list);
  return array === undefined ? [] : itemSpans(array);
}

/** Batches as a Lambda function receives them: each record is an SNS or SQS envelope of its own. */
function batchContents(records: readonly unknown[], envelope: Buffer): EnvelopeContent[] {
  return entriesOf(envelope, 'Records').map((entry, index) => {
    const record = records[index];
    const isSns = isJsonObject(record) && isJsonObject(record.Sns);
    return {
      path: isSns ? ['Records', index, 'Sns'] : ['Records', index],
      bytes: isSns ? memberSpan(entry, 'Sns') : entry,
      entry,
    };
  });
}

/** The records of a Firehose transformation batch. */
function firehoseContents(records: readonly unknown[], envelope: Buffer): EnvelopeContent[] {
  return entriesOf(envelope, 'records').map((entry, index) => {
    const record = records[index];
    return {
      path: ['records', index, 'data'],
      bytes: isJsonObject(record) ? base64Bytes(record.data) : undefined,
      entry,
    };
  });
}

/** A Firehose error in more characters of JSON is repeated for a record's neighbors in part only. */
const longestError = 1_000;
const longestErrorText = 100;
const mostErrorFields = 10;

/**
 * What the second and later records of a Firehose error record say of it: its first record has all of it, and a
 * long one for each of thousands of records would fill any disk.
 */
function repeatedError(error: JsonObject): JsonObject {
  if (JSON.stringify(error).length <= longestError) return error;
  const scalars = Object.entries(error).filter(([, value]) => typeof value !== 'object' || value === null);
  return Object.fromEntries(
    scalars.slice(0, mostErrorFields).map(([key, value]) => {
      const isLong = typeof value === 'string' && value.length > longestErrorText;
      const shown = isLong ? `${value.slice(0, longestErrorText)}… (cut; whole at the first record)` : value;
      return [key.slice(0, longestErrorText), shown];
    }),
  );
}

/**
 * Takes the records out of an envelope: SNS (the record is text), SQS, EventBridge (the record is an
 * object, whose spelling is kept), a Firehose error record or transformation batch (base64), or a batch
 * of them as Lambda receives it.
 *
 * @param bytes the envelope's own bytes
 * @returns undefined when the family is no envelope
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ses.html
 * @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html
 */
function openEnvelope(
  record: JsonObject,
  family: RecordFamily | undefined,
  bytes: Buffer,
): OpenedEnvelope | undefined {
  switch (family) {
    case 'sns': {
      const { Message: message } = record;
      const isText = typeof message === 'string';
      const content = isText
        ? Buffer.from(message)
        : isJsonObject(message)
          ? memberSpan(bytes, 'Message')
          : undefined;
      return { envelope: 'sns', contents: [{ path: ['Message'], bytes: content, entry: bytes }] };
    }
    case 'sqs': {
      const path = 'body' in record ? 'body' : 'Body';
      return { envelope: 'sqs', contents: [{ path: [path], bytes: textBytes(record[path]), entry: bytes }] };
    }
    case 'eventbridge-email': {
      const content = isJsonObject(record.detail) ? memberSpan(bytes, 'detail') : undefined;
      return { envelope: 'eventbridge', contents: [{ path: ['detail'], bytes: content, entry: bytes }] };
    }
    case 'firehose-error': {
      const { rawData, ...firehoseError } = record;
      return {
        envelope: 'firehose-error',
        contents: [{ path: ['rawData'], bytes: base64Bytes(rawData), entry: bytes }],
        firehoseError,
      };
    }
    case 'firehose-batch':
      return {
        envelope: 'firehose-batch',
        // The family says that records is a list.
        contents: firehoseContents(record.records as unknown[], bytes),
      };
    case 'lambda-batch':
      // The family says that Records is a list.
      return { envelope: 'lambda', contents: batchContents(record.Records as unknown[], bytes) };
    default:
      return undefined;
  }
}

export { type EnvelopeContent, type OpenedEnvelope, openEnvelope, repeatedError };
