-- title: Bounces by cause and recipient domain
-- description: Bounced emails by cause (`bounce_class`), SES's type and subtype, and recipient domain. The cause is based on the subtype and on the status code of the receiving server.
-- parameters: since, until, configurationSet, domain, tag, tenant, sourceRegion, account, limit
-- time: happened
-- window: by event time
-- column: bounce_class | text | Cause of the bounce, such as `no-such-address`, `mailbox-full`, `policy` or `suppressed`.
-- column: bounce_type | text | Bounce type of SES: `Permanent`, `Transient` or `Undetermined`.
-- column: bounce_sub_type | text | Bounce subtype of SES, such as `NoEmail`.
-- column: domain | text | Domain of the recipient; NULL if the address has no domain.
-- column: emails | count | Emails with this bounce, each counted once, including bounces that SES does not count.
-- column: share | share | `emails` divided by the sum of `emails` in all rows. Rows beyond the limit are included.
-- column: example | text | Diagnostic code of one of these bounces; NULL if there is none.

SELECT
  bounce_class, bounce_type, bounce_sub_type, domain,
  {emails} AS emails,
  CAST({emails} AS double) / sum({emails}) OVER () AS share,
  min(diagnostic_code) AS example
FROM recipients
WHERE event_type = 'Bounce' AND {happened}
GROUP BY bounce_class, bounce_type, bounce_sub_type, domain
ORDER BY emails DESC, bounce_class, bounce_type, bounce_sub_type, domain
LIMIT {limit}
