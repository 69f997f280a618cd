import type { EventKind } from '../../events';
import { isoTime } from '../messages/identifiers';
import type { Random } from '../seed/random';
import type { SampleRecord } from './sample-object';

const account = '111122223333';

/** Wraps a record as SNS delivers it to a subscribed Firehose stream: as text. */
function inSns(message: string, arrival: number, random: Random): string {
  const topicArn = `arn:aws:sns:us-east-1:${account}:ses-events`;
  return JSON.stringify({
    Type: 'Notification',
    MessageId: random.uuid(),
    TopicArn: topicArn,
    Subject: 'Amazon SES Email Event Notification',
    Message: message,
    Timestamp: isoTime(arrival),
    SignatureVersion: '1',
    Signature: 'EXAMPLE==',
    SigningCertURL: 'https://sns.us-east-1.example.com/SimpleNotificationService-example.pem',
    UnsubscribeURL: `https://sns.us-east-1.example.com/?Action=Unsubscribe&SubscriptionArn=${topicArn}:${random.uuid()}`,
  });
}

const detailTypes: Readonly<Record<EventKind, string>> = {
  Send: 'Email Sent',
  Delivery: 'Email Delivered',
  Bounce: 'Email Bounced',
  Complaint: 'Email Complaint Received',
  Reject: 'Email Rejected',
  Open: 'Email Opened',
  Click: 'Email Clicked',
  'Rendering Failure': 'Email Rendering Failed',
  DeliveryDelay: 'Email Delivery Delayed',
  Subscription: 'Email Subscribed',
};

/** Wraps a record as an EventBridge rule delivers it: as `detail`, with the record unchanged. */
function inEventBridge({ event, arrival, text }: SampleRecord, random: Random): string {
  const envelope = JSON.stringify({
    version: '0',
    id: random.uuid(),
    'detail-type': detailTypes[event.eventType],
    source: 'aws.ses',
    account,
    time: `${isoTime(arrival).slice(0, 19)}Z`,
    region: 'us-east-1',
    resources: [],
  });
  return `${envelope.slice(0, -1)},"detail":${text}}`;
}

/** Wraps a record as Firehose stores it after a failed transformation. */
function inFirehoseError({ arrival, text }: SampleRecord): string {
  return JSON.stringify({
    attemptsMade: 4,
    arrivalTimestamp: arrival,
    errorCode: 'Lambda.FunctionError',
    errorMessage: 'The Lambda function was successfully invoked but it returned an error result.',
    attemptEndingTimestamp: arrival + 61_000,
    rawData: Buffer.from(`${text}\n`).toString('base64'),
    lambdaArn: `arn:aws:lambda:us-east-1:${account}:function:transform:$LATEST`,
  });
}

export { inEventBridge, inFirehoseError, inSns };
