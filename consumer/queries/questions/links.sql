-- title: Clicks by link
-- description: Clicks by link. The part from `?` or `#` is cut, because it often identifies the recipient. Repeated clicks by the same person count separately.
-- parameters: since, until, configurationSet, tag, tenant, sourceRegion, account, limit
-- time: happened
-- window: by event time
-- column: link | text | Link up to its `?` or `#`.
-- column: variants | count | Distinct links that differ only from their `?` or `#` on.
-- column: clicks | count | Click events.
-- column: human_clicks | count | Click events, machine clicks excluded.
-- column: messages | count | Messages with a click on this link.
-- column: first_clicked_at | time | Time of the first click.
-- column: last_clicked_at | time | Time of the last click.

SELECT
  split_part(split_part(link, '?', 1), '#', 1) AS link, count(DISTINCT link) AS variants,
  count(*) AS clicks, count(*) FILTER (WHERE machine_reason IS NULL) AS human_clicks,
  count(DISTINCT message_id) AS messages, min(event_time) AS first_clicked_at, max(event_time) AS last_clicked_at
FROM clicks
WHERE {happened}
GROUP BY split_part(split_part(link, '?', 1), '#', 1)
ORDER BY count(*) DESC, split_part(split_part(link, '?', 1), '#', 1)
LIMIT {limit}
