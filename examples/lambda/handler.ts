import { type BounceEvent, type EmailEvent, eventsFromTrigger } from 'ses-event-archive';

/**
 * A Lambda function for any trigger that SES events come by: S3 notifications (also through SQS, SNS or
 * EventBridge), SES events in SNS, SQS or EventBridge, or a Firehose transformation.
 *
 * It logs one line for each hard bounce, which a metric filter or a subscription can pick up, and returns
 * what the trigger expects. Addresses are personal data and stay out of the log.
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
