-- title: How do the configuration sets compare?
-- description: The rates of each configuration set; messages sent without one publish no events.
-- parameters: since, until, configurationSet, domain, tag, limit
-- time: sent
-- window: when the messages were sent; what became of them counts whenever it happened
-- column: configuration_set | text | The configuration set; NULL where the record does not say.
-- column: sent | count | Emails that SES accepted: a message to three recipients is three.
-- column: delivered | count | Emails that the recipient's server accepted.
-- column: delivery_rate | share | `delivered` of `sent`.
-- column: bounced | count | Emails that bounced for good, as SES counts them: without suppressed ones.
-- column: bounce_rate | share | `bounced` of `sent`.
-- column: complained | count | Emails complained about: without `not-spam`, and without suppressed ones.
-- column: complaint_rate | share | `complained` of `sent`.
-- column: rejected | count | Emails that SES refused.
-- column: not_rendered | count | Emails whose template could not be rendered.

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
