-- title: How do the configuration sets compare?
-- description: The rates of each configuration set; messages sent without one publish no events.
-- parameters: since, until, configurationSet, domain, tag, limit
-- time: sent
-- window: when the messages were sent; what became of them counts whenever it happened
-- column: configuration_set | text | The configuration set; NULL where the record does not say.
-- column: sent | count | Emails that SES accepted.
-- column: delivered | count | Emails delivered.
-- column: delivery_rate | share | `delivered` of `sent`.
-- column: bounced | count | Emails that bounced for good, as SES counts them.
-- column: bounce_rate | share | `bounced` of `sent`.
-- column: complained | count | Emails complained about, without `not-spam`.
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
    count(*) FILTER (WHERE event_type = 'Send') AS sent,
    count(*) FILTER (WHERE event_type = 'Delivery') AS delivered,
    {emails {is_counted_bounce}} AS bounced,
    {emails {is_counted_complaint}} AS complained,
    count(*) FILTER (WHERE event_type = 'Reject') AS rejected,
    count(*) FILTER (WHERE event_type = 'Rendering Failure') AS not_rendered
  FROM recipients
  WHERE {sent}
  GROUP BY configuration_set
) counted
ORDER BY sent DESC, configuration_set NULLS LAST
LIMIT {limit}
