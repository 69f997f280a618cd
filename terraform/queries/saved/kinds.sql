SELECT
  CASE WHEN event_type = 'Unknown' THEN 'Unknown (' || coalesce(record_type, '') || ')' ELSE event_type END AS event_type,
  count(*) AS events, count(DISTINCT message_id) AS messages, min(event_time) AS first_at, max(event_time) AS last_at
FROM unique_events
WHERE true
GROUP BY CASE WHEN event_type = 'Unknown' THEN 'Unknown (' || coalesce(record_type, '') || ')' ELSE event_type END
ORDER BY events DESC, event_type
