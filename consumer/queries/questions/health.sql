-- title: Are we healthy?
-- description: Bounce and complaint rates against the rates at which SES reviews (5 % and 0.1 %) and may pause (10 % and 0.5 %) an account, and how many messages were opened and clicked, with and without machines.
-- parameters: since, until, configurationSet, tag
-- time: sent
-- window: when the messages were sent; what became of them counts whenever it happened
-- column: sent | count | Emails that SES accepted: a message to three recipients is three.
-- column: delivered | count | Emails that the recipient's server accepted.
-- column: bounced | count | Emails that bounced for good, as SES counts them: without those in `suppressed`.
-- column: bounce_rate | share | `bounced` of `sent`.
-- column: bounce_verdict | text | `ok`, `review` (SES reviews at 5 %) or `danger` (SES may pause at 10 %); NULL where nothing was sent.
-- column: soft_bounced | count | Emails with another bounce: a full mailbox, an out-of-office reply.
-- column: suppressed | count | Emails that SES did not send because the address is on the account's or the tenant's suppression list.
-- column: complained | count | Emails complained about: without `not-spam`, and without those in `suppressed`.
-- column: complaint_rate | share | `complained` of `sent`.
-- column: complaint_verdict | text | `ok`, `review` (0.1 %) or `danger` (0.5 %); NULL where nothing was sent.
-- column: delivered_messages | count | Messages that reached at least one recipient: what the rates below are of.
-- column: open_rate | share | Messages that were opened, by whoever.
-- column: human_open_rate | share | Messages that were opened by what does not look like a machine.
-- column: click_rate | share | Messages of which a link was followed, by whoever.
-- column: human_click_rate | share | Messages of which a link was followed by what does not look like a machine.

SELECT
  sent, delivered, bounced, bounce_rate,
  CASE WHEN bounce_rate >= 0.1 THEN 'danger' WHEN bounce_rate >= 0.05 THEN 'review' WHEN bounce_rate < 0.05 THEN 'ok' END AS bounce_verdict,
  soft_bounced, suppressed, complained, complaint_rate,
  CASE WHEN complaint_rate >= 0.005 THEN 'danger' WHEN complaint_rate >= 0.001 THEN 'review' WHEN complaint_rate < 0.001 THEN 'ok' END AS complaint_verdict,
  delivered_messages,
  CAST(opened AS double) / nullif(delivered_messages, 0) AS open_rate,
  CAST(human_opened AS double) / nullif(delivered_messages, 0) AS human_open_rate,
  CAST(clicked AS double) / nullif(delivered_messages, 0) AS click_rate,
  CAST(human_clicked AS double) / nullif(delivered_messages, 0) AS human_click_rate
FROM (
  SELECT
    *, CAST(bounced AS double) / nullif(sent, 0) AS bounce_rate,
    CAST(complained AS double) / nullif(sent, 0) AS complaint_rate
  FROM (
    SELECT
      count(*) FILTER (WHERE sent) AS sent,
      count(*) FILTER (WHERE delivered) AS delivered,
      count(*) FILTER (WHERE bounced) AS bounced,
      count(*) FILTER (WHERE soft_bounced) AS soft_bounced,
      count(*) FILTER (WHERE suppressed) AS suppressed,
      count(*) FILTER (WHERE complained) AS complained
    FROM emails
    WHERE {sent}
  ) counted
) rated
CROSS JOIN (
  SELECT
    count(*) FILTER (WHERE deliveries > 0) AS delivered_messages,
    count(*) FILTER (WHERE opens > 0) AS opened,
    count(*) FILTER (WHERE human_opens > 0) AS human_opened,
    count(*) FILTER (WHERE clicks > 0) AS clicked,
    count(*) FILTER (WHERE human_clicks > 0) AS human_clicked
  FROM messages
  WHERE {sent}
) read
ORDER BY sent
