-- title: Which recipient domains go worst?
-- description: Recipient domains by bounces and complaints of the emails sent to them.
-- parameters: since, until, configurationSet, domain, tag, limit
-- time: sent
-- window: when the messages were sent; what became of them counts whenever it happened
-- column: domain | text | The recipient's domain.
-- column: sent | count | Emails sent to it.
-- column: delivered | count | Emails that it accepted.
-- column: delivery_rate | share | `delivered` of `sent`.
-- column: bounced | count | Emails that bounced for good, as SES counts them.
-- column: bounce_rate | share | `bounced` of `sent`.
-- column: soft_bounced | count | Emails that bounced otherwise.
-- column: complained | count | Emails complained about, without `not-spam`.
-- column: complaint_rate | share | `complained` of `sent`.
-- column: delayed | count | Emails that were delayed at least once.

SELECT
  domain, sent, delivered, CAST(delivered AS double) / nullif(sent, 0) AS delivery_rate,
  bounced, CAST(bounced AS double) / nullif(sent, 0) AS bounce_rate,
  soft_bounced, complained, CAST(complained AS double) / nullif(sent, 0) AS complaint_rate, delayed
FROM (
  SELECT
    domain,
    count(*) FILTER (WHERE event_type = 'Send') AS sent,
    count(*) FILTER (WHERE event_type = 'Delivery') AS delivered,
    {emails {is_counted_bounce}} AS bounced,
    {emails event_type = 'Bounce' AND bounce_type <> 'Permanent'} AS soft_bounced,
    {emails {is_counted_complaint}} AS complained,
    {emails event_type = 'DeliveryDelay'} AS delayed
  FROM recipients
  WHERE {sent}
  GROUP BY domain
) counted
WHERE domain IS NOT NULL
ORDER BY bounced + complained DESC, sent DESC, domain
LIMIT {limit}
