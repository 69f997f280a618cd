SELECT
  event_type, machine_reason, count(*) AS events,
  CAST(count(*) AS double) / sum(count(*)) OVER (PARTITION BY event_type) AS share,
  count(DISTINCT message_id) AS messages
FROM (
  SELECT event_type, machine_reason, message_id, event_time, configuration_set FROM opens
  UNION ALL
  SELECT event_type, machine_reason, message_id, event_time, configuration_set FROM clicks
) engaged
WHERE true
GROUP BY event_type, machine_reason
ORDER BY event_type DESC, machine_reason NULLS LAST
