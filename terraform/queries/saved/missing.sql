SELECT
  CAST(date_trunc('day', sent_at) AS date) AS day, count(*) AS messages,
  count(*) FILTER (WHERE sends > 0 AND events = sends) AS silent,
  CAST(count(*) FILTER (WHERE sends > 0 AND events = sends) AS double) / count(*) AS silent_share,
  count(*) FILTER (WHERE sends > 0 AND events = sends AND date_diff('millisecond', sent_at, newest_at) > 86400000) AS silent_for_a_day,
  count(*) FILTER (WHERE sends = 0 AND rejects = 0 AND rendering_failures = 0) AS without_send
FROM messages
CROSS JOIN (SELECT max(event_time) AS newest_at FROM unique_events) newest
WHERE sent_at IS NOT NULL AND true
GROUP BY CAST(date_trunc('day', sent_at) AS date)
ORDER BY day DESC
LIMIT 100
