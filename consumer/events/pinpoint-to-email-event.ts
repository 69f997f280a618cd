import type { EmailEvent } from './email-event';
import { isKnownEvent } from './known-event';
import type { PinpointEmail } from './pinpoint-email';

type MailEvent = PinpointEmail['facets']['email_channel']['mail_event'];

/** Returns a copy without undefined fields, so that absent fields remain absent. */
function defined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Converts epoch milliseconds to ISO 8601. Returns undefined outside the range of dates. */
function isoTime(epochMillis: number): string | undefined {
  const date = new Date(epochMillis);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function mailBlock({ mail }: MailEvent, record: PinpointEmail) {
  const common = mail.common_headers;
  return defined({
    timestamp: isoTime(mail.message_send_timestamp),
    messageId: mail.message_id,
    source: mail.from_address,
    sendingAccountId: record.awsAccountId,
    destination: mail.destination,
    headersTruncated: mail.headers_truncated,
    headers: mail.headers,
    commonHeaders:
      common &&
      defined({
        ...common,
        from: typeof common.from === 'string' ? [common.from] : common.from,
      }),
  });
}

/**
 * Returns the block of the event with the name and keys of event publishing. Returns undefined for types
 * without a documented Pinpoint form.
 */
function eventBlock(record: PinpointEmail, event: MailEvent): Record<string, unknown> | undefined {
  const timestamp = isoTime(record.arrival_timestamp);
  const { send, delivery, open, click, reject, complaint, bounce } = event;
  switch (record.event_type) {
    case '_email.send':
      return { eventType: 'Send', send: send ?? {} };
    case '_email.delivered':
      return {
        eventType: 'Delivery',
        delivery: defined({
          timestamp,
          recipients: delivery?.recipients,
          processingTimeMillis: delivery?.processing_time_millis,
          smtpResponse: delivery?.smtp_response,
          reportingMTA: delivery?.reporting_mta,
        }),
      };
    case '_email.open':
      return {
        eventType: 'Open',
        open: defined({ timestamp, ipAddress: open?.ip_address, userAgent: open?.user_agent }),
      };
    case '_email.click':
      return {
        eventType: 'Click',
        click: defined({
          timestamp,
          ipAddress: click?.ip_address,
          userAgent: click?.user_agent,
          link: click?.link ?? record.attributes?.feedback,
          linkTags: click?.link_tags,
        }),
      };
    case '_email.rejected':
      return { eventType: 'Reject', reject: defined({ reason: reject?.reason }) };
    case '_email.complaint':
      return {
        eventType: 'Complaint',
        complaint: defined({
          timestamp,
          complainedRecipients: complaint?.complained_recipients?.map(({ email_address, ...rest }) => ({
            emailAddress: email_address,
            ...rest,
          })),
          feedbackId: complaint?.feedback_id,
          userAgent: complaint?.user_agent,
          complaintFeedbackType: complaint?.complaint_feedback_type,
        }),
      };
    case '_email.hardbounce':
    case '_email.softbounce':
      return {
        eventType: 'Bounce',
        bounce: defined({
          timestamp,
          // The event type determines hard or soft. A label in the block takes precedence.
          bounceType:
            bounce?.bounce_type ?? (record.event_type === '_email.hardbounce' ? 'Permanent' : 'Transient'),
          bounceSubType: bounce?.bounce_sub_type ?? 'Undetermined',
          bouncedRecipients: bounce?.bounced_recipients?.map(({ email_address, diagnostic_code, ...rest }) =>
            defined({ emailAddress: email_address, diagnosticCode: diagnostic_code, ...rest }),
          ),
          feedbackId: bounce?.feedback_id,
          reportingMTA: bounce?.reporting_mta,
        }),
      };
    default:
      return undefined;
  }
}

/**
 * Converts a Pinpoint email record to an email event if the AWS documentation defines the mapping. Otherwise,
 * the result is an `UnknownEvent`: for `_email.unsubscribe`, `_email.rendering_failure`, and a block without
 * its required fields. The whole record remains available, as `pinpoint` or as the `record` of the unknown
 * event.
 *
 * The time of the event is `arrival_timestamp`, the only timestamp that is not the send time.
 */
function pinpointToEmailEvent(record: PinpointEmail): EmailEvent {
  const mailEvent = record.facets.email_channel.mail_event;
  const block = eventBlock(record, mailEvent);
  const event = { ...block, mail: mailBlock(mailEvent, record), pinpoint: record };
  if (isKnownEvent(event)) return event;
  return { eventType: 'Unknown', recordType: record.event_type, record: { ...record } };
}

export { pinpointToEmailEvent };
