import { type BounceEvent, type EmailEvent, eventsFromTrigger } from 'ses-event-archive';

/**
 * A Lambda function for any trigger with SES events: S3 notifications (also through SQS, SNS or EventBridge),
 * SES events in SNS, SQS or EventBridge, or a Firehose transformation.
 *
 * It logs a line for each hard bounce, for use in a metric filter or a subscription, and returns the result
 * that the trigger expects. It does not log addresses, because they are personal data.
 */
export async function handler(input: unknown) {
  const events = eventsFromTrigger(input, {
    onReject: ({ object, offset, reason }) =>
      console.error(JSON.stringify({ rejected: { object, offset, reason } })),
  });
  for await (const { id, event } of events) {
    if (isHardBounce(event))
      console.log(JSON.stringify({ hardBounce: { id, messageId: event.mail.messageId } }));
  }
  console.log(JSON.stringify({ counts: events.counts }));
  return events.result();
}

function isHardBounce(event: EmailEvent): event is BounceEvent {
  return event.eventType === 'Bounce' && event.bounce.bounceType === 'Permanent';
}
