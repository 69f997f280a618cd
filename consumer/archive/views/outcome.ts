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

/**
 * The outcome of an event for its emails, as SQL over columns of the event: one of the names above, or `not_spam`. NULL
 * for an open, a click, a change of a subscription and an unknown kind.
 */
const outcome = `CASE event_type
    WHEN 'Send' THEN 'sent'
    WHEN 'Delivery' THEN 'delivered'
    WHEN 'Bounce' THEN CASE
      WHEN bounce_sub_type IN ${ownLists} THEN 'suppressed'
      WHEN bounce_type = 'Permanent' THEN 'bounced'
      ELSE 'soft_bounced' END
    WHEN 'Complaint' THEN CASE
      WHEN complaint_sub_type IN ${ownLists} THEN 'suppressed'
      WHEN complaint_feedback_type = 'not-spam' THEN 'not_spam'
      ELSE 'complained' END
    WHEN 'DeliveryDelay' THEN 'delayed'
    WHEN 'Reject' THEN 'rejected'
    WHEN 'Rendering Failure' THEN 'not_rendered'
  END`;

/** The number of emails in rows of the view `recipients`. */
const countEmails = "count(DISTINCT message_id || ' ' || address)";

/** The names of an email's outcomes, as one text. */
const listOutcomes = `concat_ws(', ', ${countedOutcomes.map((name) => `CASE WHEN ${name} THEN '${name}' END`).join(', ')})`;

export { countEmails, countedOutcomes, listOutcomes, outcome };
