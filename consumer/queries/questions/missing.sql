-- title: Messages without later events
-- description: Sent messages without a later event, per day. Messages that were sent shortly before the newest event may still receive events.
-- parameters: since, until, configurationSet, tag, tenant, sourceRegion, account, timezone, limit
-- time: sent
-- window: by send time, with all later outcomes
-- column: day | day | Day of sending, in UTC by default.
-- column: messages | count | Messages that were sent on this day.
-- column: silent | count | Messages with Send events only.
-- column: silent_share | share | `silent` divided by `messages`.
-- column: silent_for_a_day | count | Messages in `silent` that were sent more than 24 hours before the newest event.
-- column: without_send | count | Messages with other events, but without a Send, Reject or Rendering Failure event.

SELECT
  CAST(date_trunc('day', {local sent_at}) AS date) AS day, count(*) AS messages,
  count(*) FILTER (WHERE sends > 0 AND events = sends) AS silent,
  CAST(count(*) FILTER (WHERE sends > 0 AND events = sends) AS double) / count(*) AS silent_share,
  count(*) FILTER (WHERE sends > 0 AND events = sends AND {milliseconds sent_at; newest_at} > 86400000) AS silent_for_a_day,
  count(*) FILTER (WHERE sends = 0 AND rejects = 0 AND rendering_failures = 0) AS without_send
FROM messages
CROSS JOIN (SELECT max(event_time) AS newest_at FROM unique_events) newest
WHERE sent_at IS NOT NULL AND {sent}
GROUP BY CAST(date_trunc('day', {local sent_at}) AS date)
ORDER BY day DESC
LIMIT {limit}
