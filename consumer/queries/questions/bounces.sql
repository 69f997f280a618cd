-- title: Why did emails bounce?
-- description: Bounces by what they mean (`bounce_class`, from the subtype and the receiving server's status code), SES's own labels, and the recipient's domain.
-- parameters: since, until, configurationSet, domain, tag, limit
-- time: happened
-- window: when the events happened
-- column: bounce_class | text | What it means: `no-such-address`, `mailbox-full`, `policy`, `suppressed` and so on (docs/asking.md).
-- column: bounce_type | text | SES's label.
-- column: bounce_sub_type | text | SES's finer label.
-- column: domain | text | The recipient's domain.
-- column: emails | count | Emails with such a bounce, each once, whether SES counts it or not.
-- column: share | share | `emails` of those in all rows of the answer's window.
-- column: example | text | A diagnostic code of one of them.

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
