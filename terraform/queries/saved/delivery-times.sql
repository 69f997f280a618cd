WITH timed AS (
  SELECT domain, date_diff('millisecond', mail_timestamp, event_time) AS took, count(*) AS deliveries
  FROM recipients
  WHERE event_type = 'Delivery' AND true
  GROUP BY domain, date_diff('millisecond', mail_timestamp, event_time)
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
LIMIT 100
