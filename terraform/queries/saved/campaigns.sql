WITH tagged AS (
  SELECT message_id, name AS tag, value
  FROM event_tags
  WHERE event_type = 'Send' AND name NOT LIKE 'ses:%'
  UNION
  SELECT message_id, name AS tag, value
  FROM event_tags
  WHERE event_type <> 'Send' AND name NOT LIKE 'ses:%' AND message_id NOT IN (SELECT message_id FROM sends)
),
counted AS (
  SELECT
    message_id,
    count(*) FILTER (WHERE sent) AS sent,
    count(*) FILTER (WHERE delivered) AS delivered,
    count(*) FILTER (WHERE bounced) AS bounced,
    count(*) FILTER (WHERE complained) AS complained
  FROM emails
  GROUP BY message_id
),
sent_messages AS (
  SELECT messages.message_id, deliveries, opens, human_opens, clicks, human_clicks, sent, delivered, bounced, complained
  FROM messages LEFT JOIN counted ON counted.message_id = messages.message_id
  WHERE true
)
SELECT
  tag, value,
  CAST(coalesce(sum(sent), 0) AS bigint) AS sent,
  CAST(sum(bounced) AS double) / nullif(sum(sent), 0) AS bounce_rate,
  CAST(sum(complained) AS double) / nullif(sum(sent), 0) AS complaint_rate,
  CAST(count(*) FILTER (WHERE human_opens > 0) AS double) / nullif(count(*) FILTER (WHERE deliveries > 0), 0) AS human_open_rate,
  CAST(count(*) FILTER (WHERE human_clicks > 0) AS double) / nullif(count(*) FILTER (WHERE deliveries > 0), 0) AS human_click_rate,
  count(*) AS messages,
  CAST(coalesce(sum(delivered), 0) AS bigint) AS delivered,
  CAST(coalesce(sum(bounced), 0) AS bigint) AS bounced,
  CAST(coalesce(sum(complained), 0) AS bigint) AS complained,
  count(*) FILTER (WHERE deliveries > 0) AS delivered_messages,
  count(*) FILTER (WHERE opens > 0) AS opened,
  count(*) FILTER (WHERE human_opens > 0) AS human_opened,
  count(*) FILTER (WHERE clicks > 0) AS clicked,
  count(*) FILTER (WHERE human_clicks > 0) AS human_clicked
FROM sent_messages JOIN tagged ON tagged.message_id = sent_messages.message_id
WHERE true
GROUP BY tag, value
ORDER BY messages DESC, tag, value
LIMIT 100
