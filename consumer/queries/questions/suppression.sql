-- title: Addresses to suppress
-- description: Addresses with a hard bounce or a complaint. Excludes hard bounces because of a full mailbox, the message size or content, a policy or the sender's address. Also excludes soft bounces, `not-spam` reports, complaints that name several recipients, and bounces of emails that SES did not try to deliver.
-- parameters: since, until, configurationSet, domain, tag, tenant, sourceRegion, account, limit
-- time: happened
-- window: by event time
-- column: address | text | Address to suppress, in lower case.
-- column: reason | text | `COMPLAINT` or `BOUNCE`, as in the suppression list of SES. A complaint takes precedence.
-- column: bounce_events | count | Hard bounces of the address that this question includes.
-- column: complaint_events | count | Complaints that name only this address.
-- column: last_at | time | Time of the newest of these events.
-- column: example | text | Diagnostic code of one of these bounces; NULL if there is none.

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
  ) feedback
  WHERE {happened} AND address IS NOT NULL AND (
    (outcome = 'bounced' AND bounce_class NOT IN ('globally-suppressed', 'not-validated', 'unsubscribed', 'mailbox-full', 'sender-address', 'content', 'policy', 'too-large'))
    OR (outcome = 'complained' AND recipients_of_event = 1)
  )
  GROUP BY address
) candidates
ORDER BY reason DESC, last_at DESC, address
LIMIT {limit}
