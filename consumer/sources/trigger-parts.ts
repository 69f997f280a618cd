import { isJsonObject, type JsonObject, jsonValue } from '../events/json-object';
import { received } from '../records/check-options';
import { SourceError } from './source-error';

/** An object in S3. */
interface ObjectPart {
  part: 'object';
  bucket: string;
  key: string;
  message?: string | undefined;
}

/** An object or a record in the input of a trigger. */
type TriggerPart =
  | ObjectPart
  /** A record, perhaps in its envelope, as JSON text. */
  | { part: 'record'; name: string; text: string; message?: string | undefined }
  /** A record of a Firehose transformation batch, in base64. */
  | { part: 'firehose'; recordId: string; data: string };

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Parses a text as a JSON object. Returns undefined for anything else; then the record is read unchanged. */
function parsedObject(json: unknown): JsonObject | undefined {
  const value = typeof json === 'string' ? jsonValue(json) : undefined;
  return isJsonObject(value) ? value : undefined;
}

/** Decodes a key in a notification of S3: percent-encoded, with `+` for a blank, as in a form. */
function decodedKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key; // not encoded; S3 reports whether such an object exists
  }
}

/** Returns the created object in a record of an S3 notification. */
function createdObject({ s3, eventName }: JsonObject): ObjectPart | undefined {
  if (!isJsonObject(s3) || !isJsonObject(s3.bucket) || !isJsonObject(s3.object)) return undefined;
  if (typeof eventName === 'string' && !eventName.includes('ObjectCreated')) return undefined;
  return { part: 'object', bucket: text(s3.bucket.name), key: decodedKey(text(s3.object.key)) };
}

/** Returns the created object in an EventBridge event of S3, which does not encode its key. */
function createdObjectOfEventBridge(event: JsonObject): ObjectPart | undefined {
  const { detail } = event;
  if (event.source !== 'aws.s3' || event['detail-type'] !== 'Object Created' || !isJsonObject(detail))
    return undefined;
  if (!isJsonObject(detail.bucket) || !isJsonObject(detail.object)) return undefined;
  return { part: 'object', bucket: text(detail.bucket.name), key: text(detail.object.key) };
}

function recordPart(name: string, value: unknown): TriggerPart {
  return { part: 'record', name, text: JSON.stringify(value) };
}

/** Returns the objects that a message names, or the message itself as a record. */
function messageParts(name: string, envelope: JsonObject, message: JsonObject | undefined): TriggerPart[] {
  if (message === undefined) return [recordPart(name, envelope)];
  const { Message: inner } = message;
  const notification = typeof inner === 'string' ? parsedObject(inner) : message;
  const parts = notification === undefined ? [] : objectParts(notification);
  return parts.length > 0 ? parts : [recordPart(name, envelope)];
}

/** Returns the objects that a notification of S3 or EventBridge names. */
function objectParts(notification: JsonObject): ObjectPart[] {
  const eventBridge = createdObjectOfEventBridge(notification);
  if (eventBridge !== undefined) return [eventBridge];
  if (!Array.isArray(notification.Records)) return [];
  const records: unknown[] = notification.Records;
  return records.flatMap((record) => (isJsonObject(record) ? (createdObject(record) ?? []) : []));
}

/** Names the content of an input for an error: its keys, since its values can be personal. */
function contentOf(input: unknown): string {
  if (!isJsonObject(input)) return received(input);
  const keys = Object.keys(input).slice(0, 5);
  return keys.length === 0
    ? 'an empty object'
    : `an object with ${keys.map((key) => received(key)).join(', ')}`;
}

/** An error for an input that is not of a trigger. A function with another trigger would otherwise succeed forever. */
function notATrigger(input: unknown): SourceError {
  return new SourceError(
    'the input is not from a supported trigger (S3, SQS, SNS, EventBridge, or a Firehose transformation): ' +
      `received ${contentOf(input)}; pass the first argument of the Lambda handler unchanged, and check the trigger`,
  );
}

function batchParts(record: unknown, index: number): TriggerPart[] {
  if (!isJsonObject(record) || !('s3' in record || 'Sns' in record || 'body' in record)) {
    throw notATrigger(record);
  }
  const object = createdObject(record);
  if (object !== undefined) return [object];
  if (isJsonObject(record.Sns))
    return messageParts(`sns:${text(record.Sns.MessageId)}`, record.Sns, record.Sns);
  const message = text(record.messageId);
  const parts = messageParts(
    message === '' ? `trigger:${index}` : `sqs:${message}`,
    record,
    parsedObject(record.body),
  );
  return message === '' ? parts : parts.map((part) => ({ ...part, message }));
}

function firehosePart(record: unknown): TriggerPart {
  if (!isJsonObject(record) || typeof record.recordId !== 'string') throw notATrigger(record);
  return { part: 'firehose', recordId: record.recordId, data: text(record.data) };
}

/**
 * Returns the objects and records in the input of a Lambda function:
 * - objects of S3 notifications (by themselves, in SNS, SQS or EventBridge, or nested);
 * - records of SNS, SQS and EventBridge;
 * - records of a Firehose transformation batch.
 *
 * @throws {SourceError} when the input is of another trigger, or of none
 */
function triggerParts(input: unknown): TriggerPart[] {
  if (!isJsonObject(input)) throw notATrigger(input);
  if (Array.isArray(input.records)) return input.records.map(firehosePart);
  if (Array.isArray(input.Records)) return input.Records.flatMap(batchParts);
  if (typeof input['detail-type'] !== 'string') throw notATrigger(input);
  return [createdObjectOfEventBridge(input) ?? recordPart(`eventbridge:${text(input.id)}`, input)];
}

export { objectParts, type TriggerPart, triggerParts };
