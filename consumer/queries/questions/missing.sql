-- title: Is anything missing?
-- description: Days on which messages were sent of which no later event has come, counted against the newest event of all: those of the last hours may still be under way.
-- parameters: since, until, configurationSet, tag, limit
-- time: sent
-- window: when the messages were sent; what became of them counts whenever it happened
-- column: day | day | The day of sending, in UTC.
-- column: messages | count | Messages sent.
-- column: silent | count | Messages of which there is nothing but the Send.
-- column: silent_share | share | `silent` of `messages`.
-- column: silent_for_a_day | count | Those of them sent more than 24 hours before the newest event.
-- column: without_send | count | Messages with later events but no Send.

SELECT
  CAST(date_trunc('day', sent_at) AS date) AS day, count(*) AS messages,
  count(*) FILTER (WHERE sends > 0 AND events = sends) AS silent,
  CAST(count(*) FILTER (WHERE sends > 0 AND events = sends) AS double) / count(*) AS silent_share,
  count(*) FILTER (WHERE sends > 0 AND events = sends AND {milliseconds sent_at; newest_at} > 86400000) AS silent_for_a_day,
  count(*) FILTER (WHERE sends = 0 AND rejects = 0 AND rendering_failures = 0) AS without_send
FROM messages
CROSS JOIN (SELECT max(event_time) AS newest_at FROM unique_events) newest
WHERE sent_at IS NOT NULL AND {sent}
GROUP BY CAST(date_trunc('day', sent_at) AS date)
ORDER BY day DESC
LIMIT {limit}
