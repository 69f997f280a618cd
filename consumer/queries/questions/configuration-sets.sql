-- title: Rates by configuration set
-- description: Delivery, bounce and complaint rates of each configuration set. Messages without a configuration set publish no events.
-- parameters: since, until, configurationSet, domain, tag, tenant, sourceRegion, account, limit
-- time: sent
-- window: by send time, with all later outcomes
-- column: configuration_set | text | Configuration set; NULL if the record does not contain one.
-- column: sent | count | Emails that SES accepted. A message to three recipients counts as three.
-- column: delivered | count | Emails that the recipient's mail server accepted.
-- column: delivery_rate | share | `delivered` divided by `sent`; NULL if `sent` is 0.
-- column: bounced | count | Hard-bounced emails, as SES counts them: without suppressed emails.
-- column: bounce_rate | share | `bounced` divided by `sent`; NULL if `sent` is 0.
-- column: complained | count | Emails with a complaint, without `not-spam` reports and suppressed emails.
-- column: complaint_rate | share | `complained` divided by `sent`; NULL if `sent` is 0.
-- column: rejected | count | Emails that SES refused to send (Reject events), not unreadable records.
-- column: not_rendered | count | Emails whose template SES could not render.

SELECT
  configuration_set, sent, delivered, CAST(delivered AS double) / nullif(sent, 0) AS delivery_rate,
  bounced, CAST(bounced AS double) / nullif(sent, 0) AS bounce_rate,
  complained, CAST(complained AS double) / nullif(sent, 0) AS complaint_rate,
  rejected, not_rendered
FROM (
  SELECT
    configuration_set,
    count(*) FILTER (WHERE sent) AS sent,
    count(*) FILTER (WHERE delivered) AS delivered,
    count(*) FILTER (WHERE bounced) AS bounced,
    count(*) FILTER (WHERE complained) AS complained,
    count(*) FILTER (WHERE rejected) AS rejected,
    count(*) FILTER (WHERE not_rendered) AS not_rendered
  FROM emails
  WHERE {sent}
  GROUP BY configuration_set
) counted
ORDER BY sent DESC, configuration_set NULLS LAST
LIMIT {limit}
