/** A bounce for good, as SES counts it for the bounce rate. */
const isHardBounce = "event_type = 'Bounce' AND bounce_type = 'Permanent'";

/** A complaint; `not-spam` is a report that takes one back. */
const isComplaint = "event_type = 'Complaint' AND coalesce(complaint_feedback_type, '') <> 'not-spam'";

/** How many emails, each a message to one address, had an event of a kind; over the view `recipients`. */
function countEmails(condition: string): string {
  return `count(DISTINCT CASE WHEN ${condition} THEN message_id || ' ' || address END)`;
}

export { countEmails, isComplaint, isHardBounce };
