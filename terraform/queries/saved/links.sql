SELECT
  split_part(split_part(link, '?', 1), '#', 1) AS link, count(DISTINCT link) AS variants,
  count(*) AS clicks, count(*) FILTER (WHERE machine_reason IS NULL) AS human_clicks,
  count(DISTINCT message_id) AS messages, min(event_time) AS first_clicked_at, max(event_time) AS last_clicked_at
FROM clicks
WHERE true
GROUP BY split_part(split_part(link, '?', 1), '#', 1)
ORDER BY count(*) DESC, split_part(split_part(link, '?', 1), '#', 1)
LIMIT 100
