-- title: Rates by tenant
-- description: Delivery, bounce and complaint rates of each tenant of SES, which is the message tag `ses:tenant-name`. A message is of the tenant that any of its events names. The documentation of SES mentions the tag for bounces and complaints only: if your other events do not have it, `sent` is too low and the rates are too high.
-- parameters: since, until, configurationSet, domain, tag, tenant, sourceRegion, account, limit
-- time: sent
-- window: by send time, with all later outcomes
-- column: tenant | text | Tenant; NULL if no event of the message names one.
-- column: sent | count | Emails that SES accepted. A message to three recipients counts as three.
-- column: delivered | count | Emails that the recipient's mail server accepted.
-- column: delivery_rate | share | `delivered` divided by `sent`; NULL if `sent` is 0.
-- column: bounced | count | Hard-bounced emails, as SES counts them: without suppressed emails.
-- column: bounce_rate | share | `bounced` divided by `sent`; NULL if `sent` is 0.
-- column: suppressed | count | Emails that SES did not send because of a suppression list of the account or tenant. Includes complaint events with the subtype `OnAccountSuppressionList` or `OnTenantSuppressionList`.
-- column: complained | count | Emails with a complaint, without `not-spam` reports and suppressed emails.
-- column: complaint_rate | share | `complained` divided by `sent`; NULL if `sent` is 0.
-- column: rejected | count | Emails that SES refused to send (Reject events), not unreadable records.
-- column: not_rendered | count | Emails whose template SES could not render.

WITH tenants AS (
  SELECT message_id, min(value) AS tenant
  FROM event_tags
  WHERE name = {tenantTag}
  GROUP BY message_id
),
counted AS (
  SELECT
    tenant,
    count(*) FILTER (WHERE sent) AS sent,
    count(*) FILTER (WHERE delivered) AS delivered,
    count(*) FILTER (WHERE bounced) AS bounced,
    count(*) FILTER (WHERE suppressed) AS suppressed,
    count(*) FILTER (WHERE complained) AS complained,
    count(*) FILTER (WHERE rejected) AS rejected,
    count(*) FILTER (WHERE not_rendered) AS not_rendered
  FROM emails LEFT JOIN tenants ON tenants.message_id = emails.message_id
  WHERE {sentEmails}
  GROUP BY tenant
)
SELECT
  tenant, sent, delivered, CAST(delivered AS double) / nullif(sent, 0) AS delivery_rate,
  bounced, CAST(bounced AS double) / nullif(sent, 0) AS bounce_rate, suppressed,
  complained, CAST(complained AS double) / nullif(sent, 0) AS complaint_rate,
  rejected, not_rendered
FROM counted
ORDER BY sent DESC, tenant NULLS LAST
LIMIT {limit}
