SELECT template_name, error_message, count(DISTINCT message_id || ' ' || address) AS not_rendered, min(event_time) AS first_at, max(event_time) AS last_at
FROM recipients
WHERE event_type = 'Rendering Failure' AND true
GROUP BY template_name, error_message
ORDER BY not_rendered DESC, template_name, error_message
LIMIT 100
