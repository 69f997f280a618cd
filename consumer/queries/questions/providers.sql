-- title: Rates by mailbox provider
-- description: Delivery, bounce and complaint rates of each mailbox provider, such as Gmail or Outlook.com. The domains of consumer mailboxes determine the provider. For other domains, it is the message tag `ses:recipient-isp` of SES, if the message has one recipient and the tag. A company's domain that a provider hosts, such as with Google Workspace or Microsoft 365, is otherwise `other`.
-- parameters: since, until, configurationSet, domain, tag, tenant, sourceRegion, account, limit
-- time: sent
-- window: by send time, with all later outcomes
-- column: provider | text | Mailbox provider; `other` if it is not known.
-- column: domains | count | Recipient domains in this row.
-- column: sent | count | Emails to this provider that SES accepted.
-- column: delivered | count | Emails that the provider accepted.
-- column: delivery_rate | share | `delivered` divided by `sent`; NULL if `sent` is 0.
-- column: bounced | count | Hard-bounced emails, as SES counts them: without suppressed emails.
-- column: bounce_rate | share | `bounced` divided by `sent`; NULL if `sent` is 0.
-- column: soft_bounced | count | Soft-bounced emails, for example because of a full mailbox or an out-of-office reply.
-- column: complained | count | Emails with a complaint, without `not-spam` reports and suppressed emails.
-- column: complaint_rate | share | `complained` divided by `sent`; NULL if `sent` is 0.
-- column: delayed | count | Emails with at least one delay.

WITH tagged AS (
  SELECT message_id, min({isp tags}) AS isp
  FROM unique_events
  WHERE {isp tags} IS NOT NULL AND {length destination} = 1
  GROUP BY message_id
),
counted AS (
  SELECT
    domain, isp,
    count(*) FILTER (WHERE sent) AS sent,
    count(*) FILTER (WHERE delivered) AS delivered,
    count(*) FILTER (WHERE bounced) AS bounced,
    count(*) FILTER (WHERE soft_bounced) AS soft_bounced,
    count(*) FILTER (WHERE complained) AS complained,
    count(*) FILTER (WHERE delayed) AS delayed
  FROM emails LEFT JOIN tagged ON tagged.message_id = emails.message_id
  WHERE {sentEmails}
  GROUP BY domain, isp
),
named AS (
  SELECT *, {provider domain; isp} AS provider
  FROM counted
),
summed AS (
  SELECT
    provider, count(DISTINCT domain) AS domains,
    CAST(sum(sent) AS bigint) AS sent, CAST(sum(delivered) AS bigint) AS delivered,
    CAST(sum(bounced) AS bigint) AS bounced, CAST(sum(soft_bounced) AS bigint) AS soft_bounced,
    CAST(sum(complained) AS bigint) AS complained, CAST(sum(delayed) AS bigint) AS delayed
  FROM named
  GROUP BY provider
)
SELECT
  provider, domains, sent, delivered, CAST(delivered AS double) / nullif(sent, 0) AS delivery_rate,
  bounced, CAST(bounced AS double) / nullif(sent, 0) AS bounce_rate,
  soft_bounced, complained, CAST(complained AS double) / nullif(sent, 0) AS complaint_rate, delayed
FROM summed
ORDER BY sent DESC, provider
LIMIT {limit}
