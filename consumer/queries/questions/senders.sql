-- title: Rates by sender
-- description: Bounce and complaint rates of each envelope sender (MAIL FROM).
-- parameters: since, until, configurationSet, domain, tag, tenant, sourceRegion, account, limit
-- time: sent
-- window: by send time, with all later outcomes
-- column: source | raw | Sender in the spelling of the record. Tables omit this column.
-- column: source_name | header | Display name of the sender; NULL if there is none. Tables and CSV decode MIME-encoded words.
-- column: source_address | text | Address of the sender in lower case, without the display name. If `source` has no known form, its whole text.
-- column: sent | count | Emails that SES accepted. A message to three recipients counts as three.
-- column: delivered | count | Emails that the recipient's mail server accepted.
-- column: bounced | count | Hard-bounced emails, as SES counts them: without suppressed emails.
-- column: bounce_rate | share | `bounced` divided by `sent`; NULL if `sent` is 0.
-- column: complained | count | Emails with a complaint, without `not-spam` reports and suppressed emails.
-- column: complaint_rate | share | `complained` divided by `sent`; NULL if `sent` is 0.

SELECT
  source, {sender source}, sent, delivered, bounced, CAST(bounced AS double) / nullif(sent, 0) AS bounce_rate,
  complained, CAST(complained AS double) / nullif(sent, 0) AS complaint_rate
FROM (
  SELECT
    source,
    count(*) FILTER (WHERE sent) AS sent,
    count(*) FILTER (WHERE delivered) AS delivered,
    count(*) FILTER (WHERE bounced) AS bounced,
    count(*) FILTER (WHERE complained) AS complained
  FROM emails
  WHERE {sent}
  GROUP BY source
) counted
ORDER BY sent DESC, source NULLS LAST
LIMIT {limit}
