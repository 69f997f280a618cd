import { z } from 'zod';
import type { Exact } from './schema';

/** The `_email.*` event types of the AWS documentation. The last two have no documented block. */
const pinpointEmailTypes = [
  '_email.send',
  '_email.delivered',
  '_email.rejected',
  '_email.hardbounce',
  '_email.softbounce',
  '_email.complaint',
  '_email.open',
  '_email.click',
  '_email.unsubscribe',
  '_email.rendering_failure',
] as const;

const text = z.string().nullish();

const PinpointMail = z.looseObject({
  message_id: z.string(),
  /** Epoch milliseconds, although the AWS documentation shows RFC 822. */
  message_send_timestamp: z.number(),
  from_address: text,
  destination: z.array(z.string()).nullish(),
  headers_truncated: z.boolean().nullish(),
  headers: z.array(z.looseObject({ name: z.string(), value: z.string() })).nullish(),
  common_headers: z
    .looseObject({
      /** A string; event publishing has a list. */
      from: z.union([z.string(), z.array(z.string())]).nullish(),
      to: z.array(z.string()).nullish(),
      subject: text,
      date: text,
    })
    .nullish(),
});

const MailEvent = z.looseObject({
  mail: PinpointMail,
  send: z.looseObject({}).nullish(),
  delivery: z
    .looseObject({
      smtp_response: text,
      reporting_mta: text,
      recipients: z.array(z.string()).nullish(),
      processing_time_millis: z.number().nullish(),
    })
    .nullish(),
  open: z.looseObject({ ip_address: text, user_agent: text }).nullish(),
  click: z
    .looseObject({
      ip_address: text,
      user_agent: text,
      link: text,
      link_tags: z.record(z.string(), z.array(z.string())).nullish(),
    })
    .nullish(),
  reject: z.looseObject({ reason: text }).nullish(),
  complaint: z
    .looseObject({
      complained_recipients: z.array(z.looseObject({ email_address: z.string() })).nullish(),
      feedback_id: text,
      user_agent: text,
      complaint_feedback_type: text,
    })
    .nullish(),
  bounce: z
    .looseObject({
      bounce_type: text,
      bounce_sub_type: text,
      bounced_recipients: z
        .array(
          z.looseObject({ email_address: z.string(), action: text, status: text, diagnostic_code: text }),
        )
        .nullish(),
      feedback_id: text,
      reporting_mta: text,
    })
    .nullish(),
});

/**
 * Schema of an email record from the event stream of an Amazon Pinpoint project. Pinpoint ended on
 * 2026-10-30, but archives contain its records. Keys are snake_case and times are epoch milliseconds.
 *
 * `event_timestamp` is the send time in every event of a message. Only `arrival_timestamp` is the time of the
 * event.
 *
 * @example
 * ```json
 * {
 *   "event_type": "_email.open",
 *   "event_timestamp": 1577836800000,
 *   "arrival_timestamp": 1577840400000,
 *   "event_version": "3.1",
 *   "application": { "app_id": "a1b2…", "sdk": {} },
 *   "client": { "client_id": "c3d4…" },
 *   "attributes": { "feedback": "opened", "campaign_id": "e5f6…" },
 *   "awsAccountId": "111122223333",
 *   "facets": { "email_channel": { "mail_event": {
 *     "mail": { "message_id": "0100…", "message_send_timestamp": 1577836800000,
 *               "from_address": "news@shop.example", "destination": ["ana@example.com"] },
 *     "open": { "ip_address": "192.0.2.1", "user_agent": "Mozilla/5.0" }
 *   } } }
 * }
 * ```
 * @see https://docs.aws.amazon.com/pinpoint/latest/developerguide/event-streams-data-email.html
 */
const PinpointEmailSchema = z.looseObject({
  event_type: z.string().startsWith('_email.'),
  event_timestamp: z.number(),
  /** Epoch milliseconds; the only time of an open or a click. */
  arrival_timestamp: z.number(),
  event_version: text,
  awsAccountId: text,
  /** Campaign and journey ids, and attributes of the sender. In a click, `feedback` is the link. */
  attributes: z.record(z.string(), z.string().nullable()).nullish(),
  facets: z.looseObject({ email_channel: z.looseObject({ mail_event: MailEvent }) }),
});

/** A Pinpoint email record: see {@link PinpointEmailSchema}. */
type PinpointEmail = Exact<z.infer<typeof PinpointEmailSchema>>;

export { type PinpointEmail, PinpointEmailSchema, pinpointEmailTypes };
