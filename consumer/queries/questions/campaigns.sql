-- title: Campaign results by message tag
-- description: One row per message tag and value, without the automatic tags of SES. `sent`, `delivered`, `bounced` and `complained` count emails. The other counts are of messages, because opens and clicks do not identify a recipient.
-- parameters: since, until, configurationSet, tenant, sourceRegion, account, tagName, limit
-- time: sent
-- window: by send time, with all later outcomes
-- column: tag | text | Name of the tag.
-- column: value | text | Value of the tag.
-- column: sent | count | Emails that SES accepted. A message to three recipients counts as three.
-- column: bounce_rate | share | `bounced` divided by `sent`; NULL if `sent` is 0.
-- column: complaint_rate | share | `complained` divided by `sent`; NULL if `sent` is 0.
-- column: human_open_rate | share | `human_opened` divided by `delivered_messages`; NULL if `delivered_messages` is 0.
-- column: human_click_rate | share | `human_clicked` divided by `delivered_messages`; NULL if `delivered_messages` is 0.
-- column: messages | count | Messages with this tag and value.
-- column: delivered | count | Emails that the recipient's mail server accepted.
-- column: bounced | count | Hard-bounced emails, as SES counts them: without suppressed emails.
-- column: complained | count | Emails with a complaint, without `not-spam` reports and suppressed emails.
-- column: delivered_messages | count | Messages that were delivered to at least one recipient.
-- column: opened | count | Messages that were opened, machine opens included.
-- column: human_opened | count | Messages that were opened, machine opens excluded.
-- column: clicked | count | Messages with a clicked link, machine clicks included.
-- column: human_clicked | count | Messages with a clicked link, machine clicks excluded.

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
  WHERE {sentMessages}
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
WHERE {tagName}
GROUP BY tag, value
ORDER BY messages DESC, tag, value
LIMIT {limit}
