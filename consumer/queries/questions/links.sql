-- title: Which links are followed?
-- description: Links by clicks, what stands behind `?` or `#` left out: it often names the recipient. Each event is one click; the same person may click again.
-- parameters: since, until, configurationSet, tag, limit
-- time: happened
-- window: when the events happened
-- column: link | text | The link up to its `?` or `#`.
-- column: variants | count | Links that differ only behind it.
-- column: clicks | count | Clicks.
-- column: human_clicks | count | Clicks of what does not look like a machine.
-- column: messages | count | Messages in which it was clicked.
-- column: first_clicked_at | time | The first click.
-- column: last_clicked_at | time | The last click.

SELECT
  split_part(split_part(link, '?', 1), '#', 1) AS link, count(DISTINCT link) AS variants,
  count(*) AS clicks, count(*) FILTER (WHERE machine_reason IS NULL) AS human_clicks,
  count(DISTINCT message_id) AS messages, min(event_time) AS first_clicked_at, max(event_time) AS last_clicked_at
FROM clicks
WHERE {happened}
GROUP BY split_part(split_part(link, '?', 1), '#', 1)
ORDER BY count(*) DESC, split_part(split_part(link, '?', 1), '#', 1)
LIMIT {limit}
