-- title: How long does delivery take?
-- description: From handing a message to SES to the recipient's server accepting it, by recipient domain: the nearest-rank percentiles.
-- parameters: since, until, configurationSet, domain, tag, limit
-- time: happened
-- window: when the events happened
-- column: domain | text | The recipient's domain.
-- column: deliveries | count | Deliveries to it, each of one recipient, whose times can be read.
-- column: p50 | milliseconds | Half of them took no longer.
-- column: p95 | milliseconds | 95 % took no longer.
-- column: p99 | milliseconds | 99 % took no longer.
-- column: longest | milliseconds | The slowest.

WITH timed AS (
  SELECT domain, {milliseconds mail_timestamp; event_time} AS took, count(*) AS deliveries
  FROM recipients
  WHERE event_type = 'Delivery' AND {happened}
  GROUP BY domain, {milliseconds mail_timestamp; event_time}
),
ranked AS (
  SELECT
    *,
    sum(deliveries) OVER (PARTITION BY domain ORDER BY took ROWS UNBOUNDED PRECEDING) AS up_to,
    sum(deliveries) OVER (PARTITION BY domain) AS total
  FROM timed
  WHERE domain IS NOT NULL AND took IS NOT NULL
)
SELECT
  domain, CAST(sum(deliveries) AS bigint) AS deliveries,
  min(took) FILTER (WHERE up_to * 100 >= total * 50) AS p50,
  min(took) FILTER (WHERE up_to * 100 >= total * 95) AS p95,
  min(took) FILTER (WHERE up_to * 100 >= total * 99) AS p99,
  max(took) AS longest
FROM ranked
GROUP BY domain
ORDER BY deliveries DESC, domain
LIMIT {limit}
