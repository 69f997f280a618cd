import { isJsonObject, type JsonObject, type RecordFamily } from './family';
import { memberSpan } from './member-span';
import type { Envelope } from './outcome';

/** One record inside an envelope. */
interface EnvelopeContent {
  /** The path to it from the envelope. */
  path: readonly (string | number)[];
  /** Its bytes; undefined when the envelope has none there that can be read. */
  bytes: Buffer | undefined;
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

/** A batch as a Lambda function receives it: each record is an SNS or SQS envelope of its own. */
function batchContent(record: unknown, index: number): EnvelopeContent {
  const isSns = isJsonObject(record) && isJsonObject(record.Sns);
  return {
    path: isSns ? ['Records', index, 'Sns'] : ['Records', index],
    bytes: textBytes(JSON.stringify(isSns ? record.Sns : record)),
  };
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
      return { envelope: 'sns', contents: [{ path: ['Message'], bytes: content }] };
    }
    case 'sqs': {
      const path = 'body' in record ? 'body' : 'Body';
      return { envelope: 'sqs', contents: [{ path: [path], bytes: textBytes(record[path]) }] };
    }
    case 'eventbridge-email': {
      const content = isJsonObject(record.detail) ? memberSpan(bytes, 'detail') : undefined;
      return { envelope: 'eventbridge', contents: [{ path: ['detail'], bytes: content }] };
    }
    case 'firehose-error': {
      const { rawData, ...firehoseError } = record;
      return {
        envelope: 'firehose-error',
        contents: [{ path: ['rawData'], bytes: base64Bytes(rawData) }],
        firehoseError,
      };
    }
    case 'firehose-batch':
      return {
        envelope: 'firehose-batch',
        // The family says that records is a list.
        contents: (record.records as unknown[]).map((entry, index) => ({
          path: ['records', index, 'data'],
          bytes: isJsonObject(entry) ? base64Bytes(entry.data) : undefined,
        })),
      };
    case 'lambda-batch':
      // The family says that Records is a list.
      return { envelope: 'lambda', contents: (record.Records as unknown[]).map(batchContent) };
    default:
      return undefined;
  }
}

export { type EnvelopeContent, type OpenedEnvelope, openEnvelope };
