import { isJsonObject, type JsonObject } from '../events/json-object';
import { isLegacyNotification, isPinpointEmail } from '../events/parse-event';

/** The family of a record, determined by its keys. */
type RecordFamily =
  | 'event'
  | 'legacy-notification'
  | 'pinpoint-email'
  | 'sns'
  | 'sns-set-up'
  | 'sqs'
  | 'lambda-batch'
  | 'notification-of-objects'
  | 'eventbridge-email'
  | 'eventbridge-other'
  | 'firehose-error'
  | 'firehose-batch'
  | 'inbound-mail'
  | 'set-up-message'
  | 'pinpoint-other'
  | 'end-user-messaging';

function snsFamily(record: JsonObject): RecordFamily | undefined {
  if (typeof record.TopicArn !== 'string') return undefined;
  if (record.Type === 'Notification') return 'sns';
  if (record.Type === 'SubscriptionConfirmation' || record.Type === 'UnsubscribeConfirmation') {
    return 'sns-set-up';
  }
  return undefined;
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

/**
 * Returns the family of an object, valid or not. Returns undefined for objects of unknown origin. Legacy
 * notifications and events require a `mail` block, because other AWS services use the same discriminators.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html
 */
function recordFamily(record: object): RecordFamily | undefined {
  if (!isJsonObject(record)) return undefined;
  if (isString(record.eventType)) {
    if (isJsonObject(record.mail)) return 'event';
    return isString(record.eventVersion) ? 'end-user-messaging' : undefined;
  }
  const sns = snsFamily(record);
  if (sns !== undefined) return sns;
  if (record.source === 'aws.ses' && isString(record['detail-type'])) {
    return record['detail-type'].startsWith('Email ') ? 'eventbridge-email' : 'eventbridge-other';
  }
  if (isString(record.rawData) && record.attemptsMade !== undefined) return 'firehose-error';
  if (isString(record.event_type) && (record.event_timestamp ?? record.arrival_timestamp) !== undefined) {
    return isPinpointEmail(record) ? 'pinpoint-email' : 'pinpoint-other';
  }
  if (isLegacyNotification(record)) return isJsonObject(record.mail) ? 'legacy-notification' : undefined;
  if (record.notificationType === 'Received') return 'inbound-mail';
  if (record.notificationType === 'AmazonSnsSubscriptionSucceeded') return 'set-up-message';
  if (record.Event === 's3:TestEvent') return 'set-up-message';
  if (isString(record.body ?? record.Body) && isString(record.receiptHandle ?? record.ReceiptHandle)) {
    return 'sqs';
  }
  if (isString(record.invocationId) && Array.isArray(record.records)) return 'firehose-batch';
  if (isJsonObject(record.s3) && isJsonObject(record.s3.object)) return 'notification-of-objects';
  if (Array.isArray(record.Records)) return 'lambda-batch';
  return undefined;
}

export { type RecordFamily, recordFamily };
