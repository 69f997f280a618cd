-- title: How long does delivery take?
-- description: From handing a message to SES to the recipient's server accepting it, by recipient domain: the nearest-rank percentiles.
-- parameters: since, until, configurationSet, domain, tag, limit
-- time: happened
-- window: when the events happened
-- column: domain | text | The recipient's domain.
-- column: delivered | count | Emails delivered to it.
-- column: p50 | milliseconds | Half of them took no longer.
-- column: p95 | milliseconds | 95 % took no longer.
-- column: p99 | milliseconds | 99 % took no longer.
-- column: longest | milliseconds | The slowest.

WITH timed AS (
  SELECT
    domain, {milliseconds mail_timestamp; event_time} AS took,
    row_number() OVER (PARTITION BY domain ORDER BY {milliseconds mail_timestamp; event_time}, event_id, address) AS place,
    count(*) OVER (PARTITION BY domain) AS delivered
  FROM recipients
  WHERE event_type = 'Delivery' AND domain IS NOT NULL AND event_time IS NOT NULL AND mail_timestamp IS NOT NULL AND {happened}
)
SELECT
  domain, max(delivered) AS delivered,
  min(took) FILTER (WHERE place * 100 >= delivered * 50) AS p50,
  min(took) FILTER (WHERE place * 100 >= delivered * 95) AS p95,
  min(took) FILTER (WHERE place * 100 >= delivered * 99) AS p99,
  max(took) AS longest
FROM timed
GROUP BY domain
ORDER BY max(delivered) DESC, domain
LIMIT {limit}
