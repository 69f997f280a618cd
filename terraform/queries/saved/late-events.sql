WITH timed AS (
  SELECT
    event_type, greatest(date_diff('millisecond', event_time, delivered_at), 0) AS took,
    count(*) AS events,
    count(*) FILTER (WHERE date_trunc('day', delivered_at) > date_trunc('day', event_time)) AS next_day,
    count(*) FILTER (WHERE occurrences > 1) AS found_again
  FROM arrivals
  WHERE event_time IS NOT NULL AND delivered_at IS NOT NULL AND true
  GROUP BY event_type, greatest(date_diff('millisecond', event_time, delivered_at), 0)
),
ranked AS (
  SELECT
    *,
    sum(events) OVER (PARTITION BY event_type ORDER BY took ROWS UNBOUNDED PRECEDING) AS up_to,
    sum(events) OVER (PARTITION BY event_type) AS total
  FROM timed
)
SELECT
  event_type, CAST(sum(events) AS bigint) AS events,
  min(took) FILTER (WHERE up_to * 2 >= total) AS median,
  min(took) FILTER (WHERE up_to * 100 >= total * 99) AS p99,
  max(took) AS latest,
  CAST(sum(next_day) AS bigint) AS next_day,
  CAST(sum(found_again) AS bigint) AS found_again
FROM ranked
GROUP BY event_type
ORDER BY event_type
