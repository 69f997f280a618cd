-- title: Delivery times by recipient domain
-- description: Time from acceptance by SES to acceptance by the recipient's mail server, as nearest-rank percentiles per recipient domain.
-- parameters: since, until, configurationSet, domain, tag, tenant, sourceRegion, account, limit
-- time: happened
-- window: by event time
-- column: domain | text | Domain of the recipient; NULL if the address has no domain.
-- column: deliveries | count | Deliveries with a valid duration, each to one recipient.
-- column: p50 | milliseconds | Median delivery time.
-- column: p95 | milliseconds | 95th percentile of the delivery time.
-- column: p99 | milliseconds | 99th percentile of the delivery time.
-- column: longest | milliseconds | Maximum delivery time.

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
