-- title: Whom should we stop writing to?
-- description: Addresses that bounced for good or complained, with the newest reason. Bounces for which the address is not to blame are left out: out-of-office replies, full mailboxes, delays, and what the server held against the message, its size, a policy or the sender's address; so are `not-spam` reports, complaints that name several recipients, and addresses that SES suppresses already.
-- parameters: since, until, configurationSet, domain, tag, limit
-- time: happened
-- window: when the events happened
-- column: address | text | The address.
-- column: reason | text | `COMPLAINT` or `BOUNCE`, as SES's suppression list calls it; a complaint outweighs a bounce.
-- column: bounce_events | count | Permanent bounces of the address.
-- column: complaint_events | count | Complaints that name this address alone.
-- column: last_at | time | The newest of them.
-- column: example | text | A diagnostic code of a bounce.

SELECT
  address, CASE WHEN complaint_events > 0 THEN 'COMPLAINT' ELSE 'BOUNCE' END AS reason,
  bounce_events, complaint_events, last_at, example
FROM (
  SELECT
    address,
    count(*) FILTER (WHERE event_type = 'Bounce') AS bounce_events,
    count(*) FILTER (WHERE event_type = 'Complaint') AS complaint_events,
    max(event_time) AS last_at, min(diagnostic_code) AS example
  FROM (
    SELECT *, count(*) OVER (PARTITION BY event_id) AS recipients_of_event
    FROM recipients
    WHERE event_type IN ('Bounce', 'Complaint')
  ) told
  WHERE {happened} AND address IS NOT NULL AND (
    (outcome = 'bounced' AND bounce_class NOT IN ('globally-suppressed', 'not-validated', 'unsubscribed', 'mailbox-full', 'sender-address', 'content', 'policy', 'too-large'))
    OR (outcome = 'complained' AND recipients_of_event = 1)
  )
  GROUP BY address
) candidates
ORDER BY reason DESC, last_at DESC, address
LIMIT {limit}
