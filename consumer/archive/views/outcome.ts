import type { EventKind } from '../../events';

/**
 * Subtypes of an email that SES did not send because its address is on a suppression list of the sender: the account's
 * or the tenant's. SES counts it neither as a bounce nor as a complaint. The global list (`Suppressed`) counts as a
 * bounce.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/sending-email-suppression-list.html
 */
const ownLists = "('OnAccountSuppressionList', 'OnTenantSuppressionList')";

/**
 * The names of the counts of emails, each a message to one address. The view `emails` has a column for each. A question
 * that has a column of one of these names counts that column.
 */
const countedOutcomes = [
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

/** The outcome of an event for its emails by kind, as SQL: one of the names above, or `not_spam`. Never NULL. */
const outcomeOfKind: Readonly<Partial<Record<EventKind, string>>> = {
  Send: "'sent'",
  Delivery: "'delivered'",
  Bounce: `CASE
      WHEN bounce_sub_type IN ${ownLists} THEN 'suppressed'
      WHEN bounce_type = 'Permanent' THEN 'bounced'
      ELSE 'soft_bounced' END`,
  Complaint: `CASE
      WHEN complaint_sub_type IN ${ownLists} THEN 'suppressed'
      WHEN complaint_feedback_type = 'not-spam' THEN 'not_spam'
      ELSE 'complained' END`,
  DeliveryDelay: "'delayed'",
  Reject: "'rejected'",
  'Rendering Failure': "'not_rendered'",
};

/**
 * The outcome of an event for its emails, as SQL over columns of the event. NULL for an open, a click, a change of a
 * subscription and an unknown kind.
 */
const outcome = `CASE event_type
${Object.entries(outcomeOfKind)
  .map(([kind, sql]) => `    WHEN '${kind}' THEN ${sql}`)
  .join('\n')}
  END`;

/** Whether an event has an outcome. It names kinds, so that an engine can skip the files of other kinds. */
const hasOutcome = `event_type IN (${Object.keys(outcomeOfKind)
  .map((kind) => `'${kind}'`)
  .join(', ')})`;

/** The number of emails in rows of the view `recipients`. */
const countEmails = "count(DISTINCT message_id || ' ' || address)";

/** The names of an email's outcomes, as one text. */
const listOutcomes = `concat_ws(', ', ${countedOutcomes.map((name) => `CASE WHEN ${name} THEN '${name}' END`).join(', ')})`;

export { countEmails, countedOutcomes, hasOutcome, listOutcomes, outcome };
