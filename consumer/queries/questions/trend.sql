-- title: Bounce and complaint rates over time
-- description: One row per day, week or month of the send time, in UTC by default, including periods without mail. Weeks begin on Monday. Rates and verdicts are defined as in `health`. The rates of recent periods can still change.
-- parameters: since, until, configurationSet, domain, tag, tenant, sourceRegion, account, by, timezone
-- time: sent
-- window: by send time, with all later outcomes
-- column: period | day | First day of the period, in UTC by default; NULL for emails without a send time.
-- column: sent | count | Emails that SES accepted. A message to three recipients counts as three.
-- column: bounce_rate | share | `bounced` divided by `sent`; NULL if `sent` is 0.
-- column: bounce_verdict | verdict | `ok`, `review` (from 5%, SES reviews the account) or `danger` (from 10%, SES can pause it); NULL if `sent` is 0.
-- column: complaint_rate | share | `complained` divided by `sent`; NULL if `sent` is 0.
-- column: complaint_verdict | verdict | `ok`, `review` (from 0.1%) or `danger` (from 0.5%); NULL if `sent` is 0.
-- column: delivered | count | Emails that the recipient's mail server accepted.
-- column: bounced | count | Hard-bounced emails, as SES counts them: without suppressed emails.
-- column: complained | count | Emails with a complaint, without `not-spam` reports and suppressed emails.

WITH counted AS (
  SELECT
    CAST(date_trunc('{by}', {local sent_at}) AS date) AS period,
    count(*) FILTER (WHERE sent) AS sent,
    count(*) FILTER (WHERE delivered) AS delivered,
    count(*) FILTER (WHERE bounced) AS bounced,
    count(*) FILTER (WHERE complained) AS complained
  FROM emails
  WHERE {sent}
  GROUP BY 1
),
periods AS (
  SELECT CAST(moment AS date) AS period
  FROM (
    SELECT {periods first_period; last_period} AS moments
    FROM (
      SELECT CAST(min(period) AS timestamp) AS first_period, CAST(max(period) AS timestamp) AS last_period
      FROM counted
    ) span
  ) listed
  CROSS JOIN UNNEST(moments) AS spread (moment)
),
filled AS (
  SELECT
    coalesce(periods.period, counted.period) AS period,
    coalesce(sent, 0) AS sent, coalesce(delivered, 0) AS delivered,
    coalesce(bounced, 0) AS bounced, CAST(bounced AS double) / nullif(sent, 0) AS bounce_rate,
    coalesce(complained, 0) AS complained, CAST(complained AS double) / nullif(sent, 0) AS complaint_rate
  FROM periods FULL JOIN counted ON counted.period = periods.period
)
SELECT
  period, sent, bounce_rate,
  {bounce_verdict bounce_rate} AS bounce_verdict,
  complaint_rate,
  {complaint_verdict complaint_rate} AS complaint_verdict,
  delivered, bounced, complained
FROM filled
ORDER BY period NULLS LAST
