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
  WHERE true AND address IS NOT NULL AND (
    (outcome = 'bounced' AND bounce_class NOT IN ('globally-suppressed', 'not-validated', 'unsubscribed', 'mailbox-full', 'sender-address', 'content', 'policy', 'too-large'))
    OR (outcome = 'complained' AND recipients_of_event = 1)
  )
  GROUP BY address
) candidates
ORDER BY reason DESC, last_at DESC, address
LIMIT 100
