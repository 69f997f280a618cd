import { isJsonObject, type JsonObject, jsonValue } from '../../events/json-object';
import type { RejectReason } from '../../records/outcome';
import { objectParts } from '../trigger-parts';

/** An object that a notification names. */
interface NamedObject {
  bucket: string;
  key: string;
}

/** The reason why a message is not a notification of objects. */
interface MessageFault {
  reason: Extract<RejectReason, 'not-json' | 'not-an-email-event'>;
  /** One line, without values of the message. */
  message: string;
}

/** The content of a message. A message about deletions or a test has neither objects nor a fault. */
interface MessageContent {
  /** The created objects, without duplicates. */
  objects: NamedObject[];
  fault?: MessageFault;
}

const notJson: MessageFault = { reason: 'not-json', message: 'the message is not JSON' };
const noNotification: MessageFault = {
  reason: 'not-an-email-event',
  message: 'the message is not an S3 notification',
};
const noObject: MessageFault = {
  reason: 'not-an-email-event',
  message: 'the notification has no bucket or no key',
};

/**
 * Valid bucket names, current and older ones. Other characters, such as a slash, would form the address of
 * another object.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const bucketName = /^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/;

/** Checks whether S3 can have such a key: UTF-8 text without NUL. */
function isKey(key: string): boolean {
  return key !== '' && !key.includes('\0') && Buffer.from(key).toString() === key;
}

/** Checks whether a message is a notification of S3, of any type. */
function isNotification(value: JsonObject): boolean {
  if (value.Event === 's3:TestEvent' || value.source === 'aws.s3') return true;
  const records: unknown[] | undefined = Array.isArray(value.Records) ? value.Records : undefined;
  return (
    records?.every((record) => isJsonObject(record) && (record.eventSource === 'aws:s3' || 's3' in record)) ??
    false
  );
}

/**
 * Parses the content of a message in a queue: a notification of S3, by itself, in SNS or from EventBridge.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 *
 * @example
 * messageContent('{"Service":"Amazon S3","Event":"s3:TestEvent"}'); // { objects: [] }
 */
function messageContent(body: string): MessageContent {
  const message = jsonValue(body);
  if (message === undefined) return { objects: [], fault: notJson };
  const inner =
    isJsonObject(message) && typeof message.Message === 'string' ? jsonValue(message.Message) : message;
  if (!isJsonObject(inner)) return { objects: [], fault: noNotification };
  const objects = new Map<string, NamedObject>();
  let hasNameless = false;
  for (const { bucket, key } of objectParts(inner)) {
    if (bucketName.test(bucket) && isKey(key)) objects.set(`${bucket}/${key}`, { bucket, key });
    else hasNameless = true;
  }
  const fault = hasNameless ? noObject : isNotification(inner) ? undefined : noNotification;
  return { objects: [...objects.values()], ...(fault && { fault }) };
}

export { messageContent, type NamedObject };
