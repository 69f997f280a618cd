-- title: How did each campaign do?
-- description: Messages by each message tag of yours and its value.
-- parameters: since, until, configurationSet, limit
-- time: sent
-- window: when the messages were sent; what became of them counts whenever it happened
-- column: tag | text | The tag's name.
-- column: value | text | The tag's value.
-- column: messages | count | Messages with it.
-- column: delivered | count | Messages that reached at least one recipient.
-- column: bounced | count | Messages with a permanent bounce.
-- column: complained | count | Messages complained about.
-- column: opened | count | Messages opened.
-- column: human_opened | count | Messages opened by what does not look like a machine.
-- column: clicked | count | Messages of which a link was followed.
-- column: human_clicked | count | The same by what does not look like a machine.
-- column: human_click_rate | share | `human_clicked` of `delivered`.

SELECT
  tagged.name AS tag, tagged.value, count(*) AS messages,
  count(*) FILTER (WHERE deliveries > 0) AS delivered,
  count(*) FILTER (WHERE permanent_bounces > 0) AS bounced,
  count(*) FILTER (WHERE complaints > 0) AS complained,
  count(*) FILTER (WHERE opens > 0) AS opened,
  count(*) FILTER (WHERE human_opens > 0) AS human_opened,
  count(*) FILTER (WHERE clicks > 0) AS clicked,
  count(*) FILTER (WHERE human_clicks > 0) AS human_clicked,
  CAST(count(*) FILTER (WHERE human_clicks > 0) AS double) / nullif(count(*) FILTER (WHERE deliveries > 0), 0) AS human_click_rate
FROM messages
JOIN (
  SELECT message_id, name, value
  FROM event_tags
  WHERE event_type = 'Send' AND name NOT LIKE 'ses:%'
  UNION
  SELECT message_id, name, value
  FROM event_tags
  WHERE event_type <> 'Send' AND name NOT LIKE 'ses:%' AND message_id NOT IN (SELECT message_id FROM sends)
) tagged ON tagged.message_id = messages.message_id
WHERE {message_sent}
GROUP BY tagged.name, tagged.value
ORDER BY messages DESC, tagged.name, tagged.value
LIMIT {limit}
