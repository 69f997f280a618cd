import type { BounceEvent } from '../../events';
import { sesId } from '../messages/identifiers';
import { recipientAt } from '../profiles/recipients';
import type { Random } from '../seed/random';

/** Returns the legacy twin of a bounce: the older, identity-level notification with the same `feedbackId`. */
function legacyTwin({ bounce, mail }: BounceEvent): string {
  const { tags: _, ...rest } = mail;
  const sender = { sourceIp: '192.0.2.10', callerIdentity: 'newsletter-service' };
  return JSON.stringify({ notificationType: 'Bounce', bounce, mail: { ...rest, ...sender } });
}

/** Returns the common fields of records in a Pinpoint event stream. */
function pinpointRecord(eventType: string, arrival: number, random: Random) {
  const projectId = random.hex(4);
  return {
    event_type: eventType,
    event_timestamp: arrival - 3_600_000,
    arrival_timestamp: arrival,
    event_version: '3.1',
    application: { app_id: projectId, sdk: {} },
    client: { client_id: random.hex(4) },
    device: { platform: {} },
    session: {},
    client_context: { custom: { legacy_identifier: projectId } },
    awsAccountId: '111122223333',
  };
}

/** Returns an open of a Pinpoint campaign's message. */
function pinpointOpen(arrival: number, random: Random): string {
  const record = pinpointRecord('_email.open', arrival, random);
  const { address, mailbox, visitor } = recipientAt(random.integer(0, 9_999));
  const from = 'News <news@shop.example>';
  const mail = {
    message_id: sesId(random, 'us-east-1', record.event_timestamp),
    message_send_timestamp: record.event_timestamp,
    from_address: from,
    destination: [address],
    headers_truncated: false,
    headers: [
      { name: 'From', value: from },
      { name: 'To', value: mailbox },
      { name: 'Subject', value: 'Your week at the shop' },
      { name: 'Message-ID', value: 'null' },
    ],
    common_headers: { from, to: [address], subject: 'Your week at the shop' },
  };
  const open = { ip_address: visitor.ipAddress, user_agent: visitor.userAgent };
  return JSON.stringify({
    ...record,
    attributes: { feedback: 'opened', treatment_id: '0', campaign_id: random.hex(4) },
    facets: { email_channel: { mail_event: { mail, open } } },
  });
}

/** Returns a record of a Pinpoint campaign that is not an email event. */
function pinpointCampaignSend(arrival: number, random: Random): string {
  return JSON.stringify({
    ...pinpointRecord('_campaign.send', arrival, random),
    attributes: {
      treatment_id: '0',
      campaign_id: random.hex(4),
      campaign_type: null,
      delivery_type: 'EMAIL',
      campaign_send_status: 'SUCCESS',
    },
  });
}

/** The plain text that SES publishes to a topic when the topic becomes an event destination. */
const setUpMessage = 'Successfully validated SNS topic for Amazon SES event publishing.';

export { legacyTwin, pinpointCampaignSend, pinpointOpen, setUpMessage };
