import { isJsonObject, type JsonObject } from '../events/json-object';
import type { RecordFamily } from './family';
import { itemSpans, memberSpan } from './member-span';
import type { Envelope } from './outcome';

/** One record inside an envelope. */
interface EnvelopeContent {
  /** Its path from the envelope. */
  path: readonly (string | number)[];
  /** Its bytes; undefined when the envelope contains no readable ones at the path. */
  bytes: Buffer | undefined;
  /**
   * The bytes of the envelope for this record alone: all of them, unless the envelope contains several
   * records.
   */
  entry: Buffer;
}

/** An envelope with its contents. */
interface OpenedEnvelope {
  envelope: Envelope;
  contents: readonly EnvelopeContent[];
  /** The fields of a Firehose error record, without the data. */
  firehoseError?: JsonObject;
}

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

function textBytes(text: unknown): Buffer | undefined {
  return typeof text === 'string' ? Buffer.from(text) : undefined;
}

function base64Bytes(text: unknown): Buffer | undefined {
  return typeof text === 'string' && base64.test(text) ? Buffer.from(text, 'base64') : undefined;
}

/** Returns the bytes of each entry in a list of the envelope. */
function entriesOf(envelope: Buffer, list: string): Buffer[] {
  const array = memberSpan(envelope, list);
  return array === undefined ? [] : itemSpans(array);
}

/** Returns the contents of a batch in the form of Lambda: each record is a separate SNS or SQS envelope. */
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

/** Returns the records of a Firehose transformation batch. */
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

/**
 * Maximum length of a Firehose error, in characters of JSON, that is repeated in full for each record of an
 * envelope.
 */
const longestError = 1_000;
const longestErrorText = 100;
const maxErrorFields = 10;

/**
 * Returns the Firehose error for the second and later records of an error record. The first record has the
 * full error. Thousands of repetitions of a long error would fill the disk.
 */
function repeatedError(error: JsonObject): JsonObject {
  if (JSON.stringify(error).length <= longestError) return error;
  const scalars = Object.entries(error).filter(([, value]) => typeof value !== 'object' || value === null);
  return Object.fromEntries(
    scalars.slice(0, maxErrorFields).map(([key, value]) => {
      const isLong = typeof value === 'string' && value.length > longestErrorText;
      const shown = isLong
        ? `${value.slice(0, longestErrorText)}… (cut; complete at the first record)`
        : value;
      return [key.slice(0, longestErrorText), shown];
    }),
  );
}

/**
 * Takes the records out of an envelope. Supported envelopes:
 *
 * - SNS (the record is text) and SQS;
 * - EventBridge (the record is an object, whose spelling remains);
 * - a Firehose error record or transformation batch (base64);
 * - a batch of them in the form of Lambda.
 *
 * @param bytes the bytes of the envelope itself
 * @returns undefined when the family is not an envelope
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
        // The family guarantees that records is a list.
        contents: firehoseContents(record.records as unknown[], bytes),
      };
    case 'lambda-batch':
      // The family guarantees that Records is a list.
      return { envelope: 'lambda', contents: batchContents(record.Records as unknown[], bytes) };
    default:
      return undefined;
  }
}

export { type EnvelopeContent, type OpenedEnvelope, openEnvelope, repeatedError };
