SELECT
  contact_list, subscription_source, count(*) AS changes, count(DISTINCT message_id) AS messages, max(event_time) AS last_at
FROM subscriptions
WHERE true
GROUP BY contact_list, subscription_source
ORDER BY changes DESC, contact_list, subscription_source NULLS LAST
LIMIT 100
