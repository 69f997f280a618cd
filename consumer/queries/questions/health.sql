-- title: Account health
-- description: Bounce and complaint rates with a verdict, and open and click rates with and without machines. SES reviews an account at a bounce rate of 5% or a complaint rate of 0.1%. SES can pause it at 10% or 0.5%.
-- parameters: since, until, configurationSet, tag, tenant, sourceRegion, account
-- time: sent
-- window: by send time, with all later outcomes
-- column: sent | count | Emails that SES accepted. A message to three recipients counts as three.
-- column: delivered | count | Emails that the recipient's mail server accepted.
-- column: bounced | count | Hard-bounced emails, as SES counts them: without suppressed emails.
-- column: bounce_rate | share | `bounced` divided by `sent`; NULL if `sent` is 0.
-- column: bounce_verdict | verdict | `ok`, `review` (from 5%, SES reviews the account) or `danger` (from 10%, SES can pause it); NULL if `sent` is 0.
-- column: soft_bounced | count | Soft-bounced emails, for example because of a full mailbox or an out-of-office reply.
-- column: suppressed | count | Emails that SES did not send because of a suppression list of the account or tenant. Includes complaint events with the subtype `OnAccountSuppressionList` or `OnTenantSuppressionList`.
-- column: complained | count | Emails with a complaint, without `not-spam` reports and suppressed emails.
-- column: complaint_rate | share | `complained` divided by `sent`; NULL if `sent` is 0.
-- column: complaint_verdict | verdict | `ok`, `review` (from 0.1%) or `danger` (from 0.5%); NULL if `sent` is 0.
-- column: delivered_messages | count | Messages that were delivered to at least one recipient. The rates below are shares of these.
-- column: open_rate | share | Share of messages that were opened, machine opens included; NULL if `delivered_messages` is 0.
-- column: human_open_rate | share | Share of messages that were opened, machine opens excluded.
-- column: click_rate | share | Share of messages with a clicked link, machine clicks included.
-- column: human_click_rate | share | Share of messages with a clicked link, machine clicks excluded.

SELECT
  sent, delivered, bounced, bounce_rate,
  {bounce_verdict bounce_rate} AS bounce_verdict,
  soft_bounced, suppressed, complained, complaint_rate,
  {complaint_verdict complaint_rate} AS complaint_verdict,
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
