-- title: Rates by recipient domain
-- description: Delivery, bounce and complaint rates of each recipient domain. Domains with the most bounces and complaints are first.
-- parameters: since, until, configurationSet, domain, tag, tenant, sourceRegion, account, limit
-- time: sent
-- window: by send time, with all later outcomes
-- column: domain | text | Domain of the recipient; NULL if the address has no domain.
-- column: sent | count | Emails to this domain that SES accepted.
-- column: delivered | count | Emails that the mail server of the domain accepted.
-- column: delivery_rate | share | `delivered` divided by `sent`; NULL if `sent` is 0.
-- column: bounced | count | Hard-bounced emails, as SES counts them: without suppressed emails.
-- column: bounce_rate | share | `bounced` divided by `sent`; NULL if `sent` is 0.
-- column: soft_bounced | count | Soft-bounced emails, for example because of a full mailbox or an out-of-office reply.
-- column: complained | count | Emails with a complaint, without `not-spam` reports and suppressed emails.
-- column: complaint_rate | share | `complained` divided by `sent`; NULL if `sent` is 0.
-- column: delayed | count | Emails with at least one delay.

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
