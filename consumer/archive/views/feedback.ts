/** A bounce for good, as SES labels it. */
const isHardBounce = "event_type = 'Bounce' AND bounce_type = 'Permanent'";

/** A complaint; `not-spam` is a report that takes one back. */
const isComplaint = "event_type = 'Complaint' AND coalesce(complaint_feedback_type, '') <> 'not-spam'";

/** Subtypes of what SES did not even send, because the address is on a suppression list of the sender's own. */
const ownLists = "('OnAccountSuppressionList', 'OnTenantSuppressionList')";

/**
 * A bounce that SES counts for the bounce rate: one for good, unless the address is on the account's or the tenant's
 * suppression list. One of the global list (`Suppressed`) counts.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/sending-email-suppression-list.html
 */
const isCountedBounce = `${isHardBounce} AND coalesce(bounce_sub_type, '') NOT IN ${ownLists}`;

/** A complaint of somebody: of what was not sent, because of a complaint before, nobody complained again. */
const isCountedComplaint = `${isComplaint} AND coalesce(complaint_sub_type, '') NOT IN ${ownLists}`;

/** How many emails, each a message to one address, had an event of a kind; over the view `recipients`. */
function countEmails(condition: string): string {
  return `count(DISTINCT CASE WHEN ${condition} THEN message_id || ' ' || address END)`;
}

export { countEmails, isComplaint, isCountedBounce, isCountedComplaint, isHardBounce };
