-- title: Which recipient domains go worst?
-- description: Recipient domains by bounces and complaints of the emails sent to them.
-- parameters: since, until, configurationSet, domain, tag, limit
-- time: sent
-- window: when the messages were sent; what became of them counts whenever it happened
-- column: domain | text | The recipient's domain; NULL where the address has none.
-- column: sent | count | Emails to it that SES accepted.
-- column: delivered | count | Emails that it accepted.
-- column: delivery_rate | share | `delivered` of `sent`.
-- column: bounced | count | Emails that bounced for good, as SES counts them: without suppressed ones.
-- column: bounce_rate | share | `bounced` of `sent`.
-- column: soft_bounced | count | Emails with another bounce: a full mailbox, an out-of-office reply.
-- column: complained | count | Emails complained about: without `not-spam`, and without suppressed ones.
-- column: complaint_rate | share | `complained` of `sent`.
-- column: delayed | count | Emails delayed at least once.

SELECT
  domain, sent, delivered, CAST(delivered AS double) / nullif(sent, 0) AS delivery_rate,
  bounced, CAST(bounced AS double) / nullif(sent, 0) AS bounce_rate,
  soft_bounced, complained, CAST(complained AS double) / nullif(sent, 0) AS complaint_rate, delayed
FROM (
  SELECT
    domain,
    count(*) FILTER (WHERE sent) AS sent,
    count(*) FILTER (WHERE delivered) AS delivered,
    count(*) FILTER (WHERE bounced) AS bounced,
    count(*) FILTER (WHERE soft_bounced) AS soft_bounced,
    count(*) FILTER (WHERE complained) AS complained,
    count(*) FILTER (WHERE delayed) AS delayed
  FROM emails
  WHERE {sent}
  GROUP BY domain
) counted
ORDER BY bounced + complained DESC, sent DESC, domain NULLS LAST
LIMIT {limit}
