import { type EmailEvent, eventRecipients } from '../../consumer/events';

/** The names of the counts of emails in questions. */
const countNames = [
  'sent',
  'delivered',
  'bounced',
  'soft_bounced',
  'suppressed',
  'complained',
  'delayed',
  'rejected',
  'not_rendered',
] as const;

type CountName = (typeof countNames)[number];

const ownLists = ['OnAccountSuppressionList', 'OnTenantSuppressionList'];

/** The outcome of an event for its emails; undefined if it has none. */
function countName(event: EmailEvent): CountName | 'not_spam' | undefined {
  switch (event.eventType) {
    case 'Send':
      return 'sent';
    case 'Delivery':
      return 'delivered';
    case 'DeliveryDelay':
      return 'delayed';
    case 'Reject':
      return 'rejected';
    case 'Rendering Failure':
      return 'not_rendered';
    case 'Bounce': {
      const { bounceType, bounceSubType } = event.bounce;
      if (ownLists.includes(bounceSubType)) return 'suppressed';
      return bounceType === 'Permanent' ? 'bounced' : 'soft_bounced';
    }
    case 'Complaint': {
      const { complaintSubType, complaintFeedbackType } = event.complaint;
      if (ownLists.includes(complaintSubType ?? '')) return 'suppressed';
      return complaintFeedbackType === 'not-spam' ? 'not_spam' : 'complained';
    }
    default:
      return undefined;
  }
}

const bare = (recipient: string) => (/<([^<>]+)> *$/.exec(recipient)?.[1] ?? recipient).trim().toLowerCase();

/** Counts the emails of each name, directly from events. */
function countedEmails(events: Iterable<EmailEvent>): Record<CountName, number> {
  const emails = new Map<string, Set<string>>(countNames.map((name) => [name, new Set()]));
  for (const event of events) {
    const found = emails.get(countName(event) ?? '');
    if (event.eventType === 'Unknown' || found === undefined) continue;
    for (const address of eventRecipients(event).addresses)
      found.add(`${event.mail.messageId} ${bare(address)}`);
  }
  const count = (name: CountName) => emails.get(name)?.size ?? 0;
  return {
    sent: count('sent'),
    delivered: count('delivered'),
    bounced: count('bounced'),
    soft_bounced: count('soft_bounced'),
    suppressed: count('suppressed'),
    complained: count('complained'),
    delayed: count('delayed'),
    rejected: count('rejected'),
    not_rendered: count('not_rendered'),
  };
}

/** The statuses, in order of precedence. */
const ladder = [
  'sent',
  'delayed',
  'not_rendered',
  'rejected',
  'soft_bounced',
  'delivered',
  'opened',
  'clicked',
  'suppressed',
  'bounced',
  'complained',
];

/** Counts the messages of each status, directly from events. */
function countedStatuses(events: Iterable<EmailEvent>): Record<string, number> {
  const furthest = new Map<string, number>();
  for (const event of events) {
    if (event.eventType === 'Unknown') continue;
    const name =
      event.eventType === 'Open' ? 'opened' : event.eventType === 'Click' ? 'clicked' : countName(event);
    const { messageId } = event.mail;
    const rank = Math.max(0, ladder.indexOf(name ?? 'sent'));
    furthest.set(messageId, Math.max(furthest.get(messageId) ?? 0, rank));
  }
  const counts: Record<string, number> = {};
  for (const rank of furthest.values()) {
    const status = ladder[rank] ?? '';
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

export { type CountName, countedEmails, countedStatuses, countNames };
