-- title: How did each campaign do?
-- description: Each message tag of yours and its value: `sent` to `complained` count emails, each a message to one recipient; the columns from `delivered_messages` on count messages, because an open or a click does not say which recipient it was.
-- parameters: since, until, configurationSet, limit
-- time: sent
-- window: when the messages were sent; what became of them counts whenever it happened
-- column: tag | text | The tag's name.
-- column: value | text | The tag's value.
-- column: messages | count | Messages with it.
-- column: sent | count | Emails that SES accepted: a message to three recipients is three.
-- column: delivered | count | Emails that the recipient's server accepted.
-- column: bounced | count | Emails that bounced for good, as SES counts them: without suppressed ones.
-- column: complained | count | Emails complained about: without `not-spam`, and without suppressed ones.
-- column: delivered_messages | count | Messages that reached at least one recipient.
-- column: opened | count | Messages opened.
-- column: human_opened | count | Messages opened by what does not look like a machine.
-- column: clicked | count | Messages of which a link was followed.
-- column: human_clicked | count | Messages of which a link was followed by what does not look like a machine.
-- column: human_click_rate | share | `human_clicked` of `delivered_messages`.

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
  WHERE {sent}
)
SELECT
  tag, value, count(*) AS messages,
  CAST(coalesce(sum(sent), 0) AS bigint) AS sent,
  CAST(coalesce(sum(delivered), 0) AS bigint) AS delivered,
  CAST(coalesce(sum(bounced), 0) AS bigint) AS bounced,
  CAST(coalesce(sum(complained), 0) AS bigint) AS complained,
  count(*) FILTER (WHERE deliveries > 0) AS delivered_messages,
  count(*) FILTER (WHERE opens > 0) AS opened,
  count(*) FILTER (WHERE human_opens > 0) AS human_opened,
  count(*) FILTER (WHERE clicks > 0) AS clicked,
  count(*) FILTER (WHERE human_clicks > 0) AS human_clicked,
  CAST(count(*) FILTER (WHERE human_clicks > 0) AS double) / nullif(count(*) FILTER (WHERE deliveries > 0), 0) AS human_click_rate
FROM sent_messages JOIN tagged ON tagged.message_id = sent_messages.message_id
GROUP BY tag, value
ORDER BY messages DESC, tag, value
LIMIT {limit}
