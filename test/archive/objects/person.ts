import { ErasedBytes, type RecordChange } from '../../../consumer/archive/objects/erased-bytes';
import { addressHash, pseudonymOf, type Tombstones } from '../../../consumer/archive/store/tombstones';

const address = 'ana@example.com';
const hash = addressHash('salt', address);
const pseudonym = pseudonymOf(hash);

/** The tombstone of the person in the tests. */
function tombstonesOf(removed = false): Tombstones {
  return { salt: 'salt', people: [{ hash, pseudonym, removed }] };
}

interface Erased {
  text: string;
  bytes: Buffer;
  changes: readonly RecordChange[];
}

/** Erases the person from an object that is read in these chunks. */
function erased(chunks: readonly Buffer[], removed = false): Erased {
  const eraser = new ErasedBytes(tombstonesOf(removed));
  const left = chunks.flatMap((chunk) => [...eraser.push(chunk)]);
  const bytes = Buffer.concat([...left, ...eraser.end()]);
  return { text: bytes.toString(), bytes, changes: eraser.changes };
}

const time = '2026-03-04T05:06:07.890Z';

/** A Send event to some people. */
function send(messageId: string, destination: readonly string[], more: object = {}): string {
  return JSON.stringify({
    eventType: 'Send',
    mail: { timestamp: time, messageId, destination, ...more },
    send: {},
  });
}

/** Envelopes around a record, by name, in several spellings. */
const envelopes: Readonly<Record<string, (record: string) => string>> = {
  nothing: (record) => record,
  'an SNS notification': (record) =>
    JSON.stringify({
      Type: 'Notification',
      TopicArn: 'arn:aws:sns:eu-west-1:111122223333:t',
      Message: record,
    }),
  'an SNS notification with escapes': (record) =>
    `{"Type": "Notification", "TopicArn":"arn:aws:sns:eu-west-1:111122223333:t","Message":${JSON.stringify(
      record,
    )
      .replaceAll('/', '\\/')
      .replaceAll(':', '\\u003a')} , "n": 1.00}`,
  'an SQS message': (record) => JSON.stringify({ receiptHandle: 'r', body: record }),
  EventBridge: (record) =>
    `{"source":"aws.ses","detail-type":"Email Sent","detail": ${record} ,"version":"0"}`,
  'a Firehose error': (record) =>
    JSON.stringify({
      attemptsMade: 1,
      errorMessage: 'é',
      rawData: Buffer.from(`${record}\n`).toString('base64'),
    }),
  'a Lambda batch': (record) =>
    `{"Records":[{"Sns":{"Type":"Notification","TopicArn":"arn:aws:sns:eu-west-1:111122223333:t","Message":${JSON.stringify(record)}}}]}`,
};

export { address, envelopes, erased, pseudonym, send, time, tombstonesOf };
