WITH moments AS (
  SELECT delivered_at, count(*) AS objects
  FROM event_objects
  WHERE delivered_at IS NOT NULL
  GROUP BY delivered_at
),
steps AS (
  SELECT delivered_at, objects, lead(delivered_at) OVER (ORDER BY delivered_at) AS next_at
  FROM moments
)
SELECT
  delivered_at AS gap_from, next_at AS gap_to,
  CAST(date_diff('millisecond', delivered_at, coalesce(next_at, greatest(delivered_at, newest_at))) AS double) / 3600000 AS hours, objects
FROM steps
CROSS JOIN (SELECT max(event_time) AS newest_at FROM unique_events) newest
WHERE true
ORDER BY hours DESC, gap_from
LIMIT 100
