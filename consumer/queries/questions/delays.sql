-- title: Delayed emails and their outcomes
-- description: Delayed emails by delay type and recipient domain, with their later outcomes.
-- parameters: since, until, configurationSet, domain, tag, tenant, sourceRegion, account, limit
-- time: happened
-- window: by event time
-- column: delay_type | text | Delay type of SES for the first delay of the email, such as `MailboxFull`.
-- column: domain | text | Domain of the recipient; NULL if the address has no domain.
-- column: delayed | count | Emails with at least one delay.
-- column: delay_events | count | Delay events of these emails. SES can report several per email.
-- column: then_delivered | count | Emails that were delivered later.
-- column: then_failed | count | Emails that bounced later, with any bounce type, and were not delivered.
-- column: waiting | count | Emails without a later delivery or bounce.
-- column: example | text | Diagnostic code of one of these delays; NULL if there is none.

WITH delayed AS (
  SELECT
    min_by(coalesce(delay_type, 'Undetermined'), event_time) AS delay_type, domain, message_id, address,
    count(DISTINCT event_id) AS delay_events, min(diagnostic_code) AS example
  FROM recipients
  WHERE event_type = 'DeliveryDelay' AND {happened}
  GROUP BY domain, message_id, address
),
ended AS (
  SELECT
    message_id, address,
    max(event_time) FILTER (WHERE event_type = 'Delivery') AS delivered_at,
    max(event_time) FILTER (WHERE event_type = 'Bounce') AS bounced_at
  FROM recipients
  WHERE event_type IN ('Delivery', 'Bounce') AND message_id IN (SELECT message_id FROM delayed)
  GROUP BY message_id, address
)
SELECT
  delay_type, domain, count(*) AS delayed, CAST(sum(delay_events) AS bigint) AS delay_events,
  count(*) FILTER (WHERE delivered_at IS NOT NULL) AS then_delivered,
  count(*) FILTER (WHERE delivered_at IS NULL AND bounced_at IS NOT NULL) AS then_failed,
  count(*) FILTER (WHERE delivered_at IS NULL AND bounced_at IS NULL) AS waiting,
  min(example) AS example
FROM delayed LEFT JOIN ended ON ended.message_id = delayed.message_id AND ended.address = delayed.address
GROUP BY delay_type, domain
ORDER BY delayed DESC, delay_type, domain
LIMIT {limit}
