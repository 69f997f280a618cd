-- title: How do the senders compare?
-- description: The rates of each sender (the envelope sender, MAIL FROM).
-- parameters: since, until, configurationSet, domain, tag, limit
-- time: sent
-- window: when the messages were sent; what became of them counts whenever it happened
-- column: source | raw | The sender as the record has it; a table leaves it out.
-- column: source_name | header | The sender's display name; MIME-encoded words are decoded in a table and in CSV.
-- column: source_address | text | The sender's address, in lower case.
-- column: sent | count | Emails that SES accepted: a message to three recipients is three.
-- column: delivered | count | Emails that the recipient's server accepted.
-- column: bounced | count | Emails that bounced for good, as SES counts them: without suppressed ones.
-- column: bounce_rate | share | `bounced` of `sent`.
-- column: complained | count | Emails complained about: without `not-spam`, and without suppressed ones.
-- column: complaint_rate | share | `complained` of `sent`.

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
